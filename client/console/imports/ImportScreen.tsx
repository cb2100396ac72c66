import ArrowBack from '@mui/icons-material/ArrowBack';
import { Box, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { useRedirect, useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import type { Import } from '../../../server/imports/imports.schema.ts';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import { OrganisationName } from '../shared/OrganisationField.tsx';
import { Page } from '../shared/Page.tsx';
import { Moment } from '../shared/PromiseDate.tsx';
import { useMay } from '../shared/useMe.ts';
import { useMoving } from '../shared/useMoving.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import { ApproveDialog } from './ApproveDialog.tsx';
import { ImportReport } from './ImportReport.tsx';
import { ImportStateChip } from './ImportStateChip.tsx';
import { Rejections } from './Rejections.tsx';

/** One file: where it stands, its report, its rejections. */
export const ImportScreen = () => (useMay('import.list') ? <ReadImport /> : <NoSuchPage />);

const ReadImport = () => {
  const translate = useTranslate();
  const redirect = useRedirect();
  const { id = '' } = useParams();
  const { record, error, reload, put } = useMoving<Import>(
    `/imports/${encodeURIComponent(id)}`,
    ({ state }) => state === 'reading' || state === 'applying',
  );
  return (
    <Page
      title={translate('imports.one')}
      heading={
        <Box
          sx={{ display: 'flex', alignItems: 'flex-start', justifyContent: 'space-between', gap: 2, mb: 1.5 }}
        >
          {record ? (
            <ImportName one={record} />
          ) : (
            <Typography variant="h1">{translate('imports.one')}</Typography>
          )}
          <Button
            size="small"
            startIcon={<ArrowBack />}
            onClick={() => redirect('/imports')}
            sx={{ flexShrink: 0 }}
          >
            {translate('imports.back')}
          </Button>
        </Box>
      }
    >
      <ErrorText error={error} />
      {record && (
        <Box sx={{ display: 'grid', gap: 1.5 }}>
          {record.problem && <Problem text={record.problem} />}
          {record.state === 'held' && <Held one={record} onApproved={put} onReload={reload} />}
          <ImportReport one={record} />
          <Rejections one={record} />
        </Box>
      )}
    </Page>
  );
};

const ImportName = ({ one }: { one: Import }) => {
  const translate = useTranslate();
  return (
    <Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
        <Typography variant="h1">
          {translate(`imports.content.${one.content}`)} · <OrganisationName id={one.organisationId} />
        </Typography>
        <ImportStateChip state={one.state} />
      </Box>
      <Box sx={{ color: 'var(--ink-soft)' }}>
        {translate(`imports.extent.${one.extent}`)} · <Moment at={one.startedAt} />
        {one.startedByName && ` · ${one.startedByName}`}
      </Box>
    </Box>
  );
};

const Problem = ({ text }: { text: string }) => (
  <Box
    role="alert"
    sx={{
      px: 2,
      py: 1.25,
      borderRadius: 1.5,
      color: 'var(--danger-ink)',
      backgroundColor: 'var(--danger-soft)',
    }}
  >
    {text}
  </Box>
);

type HeldProps = { one: Import; onApproved: (one: Import) => void; onReload: () => void };

const Held = ({ one, onApproved, onReload }: HeldProps) => {
  const translate = useTranslate();
  const format = useNumbers();
  const mayApprove = useMay('import.run');
  const [isAsking, setAsking] = useState(false);
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 2,
        px: 2,
        py: 1.5,
        borderRadius: 1.5,
        backgroundColor: 'var(--locked-soft)',
        border: '1px solid var(--locked-ink)',
      }}
    >
      <Box sx={{ flex: 1 }}>
        <Box sx={{ fontSize: 17, fontWeight: 700, color: 'var(--locked-ink)' }}>
          {translate('imports.held.title')}
        </Box>
        {translate('imports.held.text', { count: format(one.touched) })}
      </Box>
      {mayApprove && (
        <Button variant="contained" onClick={() => setAsking(true)} sx={{ flexShrink: 0 }}>
          {translate('imports.approve.button')}
        </Button>
      )}
      {isAsking && (
        <ApproveDialog
          one={one}
          onDone={(approved) => {
            setAsking(false);
            onApproved(approved);
          }}
          onClose={() => setAsking(false)}
          onReload={() => {
            setAsking(false);
            onReload();
          }}
        />
      )}
    </Box>
  );
};
