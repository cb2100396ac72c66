import ArrowBack from '@mui/icons-material/ArrowBack';
import { Box, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { useRedirect, useTranslate } from 'react-admin';
import type { AgentFile, AppliedAgentFile } from '../../../server/agents/agent-files.schema.ts';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { uploadFile } from '../requestFile.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { FileField } from '../shared/FileField.tsx';
import { Page, Panel } from '../shared/Page.tsx';
import { useAct } from '../shared/useAct.ts';
import { useMay } from '../shared/useMe.ts';
import { AgentFilePreview } from './AgentFilePreview.tsx';
import { AppliedLinks } from './AppliedLinks.tsx';
import { ApplyFileDialog } from './ApplyFileDialog.tsx';
import { ModelFile } from './ModelFile.tsx';

/** Accounts by a file: read, shown line by line, then applied whole or not at all. */
export const AgentFileScreen = () => (useMay('agent.manage') ? <AgentFileSteps /> : <NoSuchPage />);

const AgentFileSteps = () => {
  const translate = useTranslate();
  const [chosen, setChosen] = useState<File | null>(null);
  const [isApplying, setApplying] = useState(false);
  const [applied, setApplied] = useState<AppliedAgentFile | null>(null);
  const read = useAct((file: File) => uploadFile<AgentFile>('/agent-files', file));
  const choose = (file: File | null) => {
    setChosen(file);
    setApplied(null);
    read.reset();
  };
  return (
    <Page title={translate('agents.file.title')} heading={<Heading />}>
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        <Panel title={translate('agents.file.field')}>
          <Box
            component="form"
            sx={{ display: 'grid', gap: 1.5, maxWidth: 860 }}
            onSubmit={(event) => {
              event.preventDefault();
              if (chosen) read.mutate(chosen);
            }}
          >
            <Help />
            <FileField
              label={translate('agents.file.field')}
              empty={translate('agents.file.noFile')}
              file={chosen}
              disabled={read.isPending}
              onChange={choose}
            />
            <ErrorText error={read.error} />
            <Box>
              <Button
                type="submit"
                variant={read.data ? 'outlined' : 'contained'}
                disabled={!chosen || read.isPending}
              >
                {translate(read.isPending ? 'act.pending' : 'agents.file.read')}
              </Button>
            </Box>
          </Box>
        </Panel>
        {read.data && !applied && <AgentFilePreview file={read.data} onApply={() => setApplying(true)} />}
        {applied && <AppliedLinks applied={applied} />}
      </Box>
      {isApplying && read.data && (
        <ApplyFileDialog
          file={read.data}
          onClose={() => setApplying(false)}
          onDone={(answer) => {
            setApplying(false);
            setApplied(answer);
          }}
        />
      )}
    </Page>
  );
};

const Heading = () => {
  const translate = useTranslate();
  const redirect = useRedirect();
  return (
    <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, mb: 1.5 }}>
      <Typography variant="h1">{translate('agents.file.title')}</Typography>
      <Button size="small" startIcon={<ArrowBack />} onClick={() => redirect('/agents')}>
        {translate('agents.back')}
      </Button>
    </Box>
  );
};

const Help = () => {
  const translate = useTranslate();
  return (
    <Box sx={{ color: 'var(--ink-soft)' }}>
      <Box>{translate('agents.file.lead')}</Box>
      <Box>
        {translate('agents.file.columns')} : <code>{translate('agents.file.columnsHelp')}</code>
      </Box>
      <Box>{translate('agents.file.cells')}</Box>
      <Box>{translate('agents.file.roles')}</Box>
      <Box sx={{ mt: 0.5, display: 'flex', gap: 1, alignItems: 'center' }}>
        <ModelFile />
        {translate('agents.file.modelLeft')}
      </Box>
    </Box>
  );
};
