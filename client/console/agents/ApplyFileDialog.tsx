import { Box } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useTranslate } from 'react-admin';
import type { AgentFile, AppliedAgentFile } from '../../../server/agents/agent-files.schema.ts';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog } from '../shared/ActionDialog.tsx';
import { Fact, Facts } from '../shared/Facts.tsx';
import { errorBesideProof, isProved, ProofField } from '../shared/ProofField.tsx';
import { useAct } from '../shared/useAct.ts';

type Props = { file: AgentFile; onClose: () => void; onDone: (applied: AppliedAgentFile) => void };

/** The whole file, once whoever sits there has proved who they are. */
export const ApplyFileDialog = ({ file, onClose, onDone }: Props) => {
  const translate = useTranslate();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const [proof, setProof] = useState<OwnProof>({});
  const apply = useAct(
    (input: object, key) => dataProvider.act<AppliedAgentFile>('agent-files', file.id, 'apply', input, key),
    onDone,
  );
  return (
    <ActionDialog
      title={translate('agents.file.applyTitle')}
      confirm={translate('agents.file.apply')}
      canConfirm={isProved(proof)}
      isPending={apply.isPending}
      error={errorBesideProof(apply.error)}
      onClose={onClose}
      onConfirm={() => apply.mutate({ version: file.version, ...proof })}
    >
      <Facts>
        <Fact name={translate('agents.file.makes')}>{file.makes}</Fact>
        <Fact name={translate('agents.file.changes')}>{file.changes}</Fact>
      </Facts>
      <Box sx={{ mt: 2, mb: 1 }}>{translate('agents.form.proofWhy')}</Box>
      <ProofField
        autoFocus
        label={translate('agents.form.proof')}
        proof={proof}
        onChange={setProof}
        error={apply.error}
      />
    </ActionDialog>
  );
};
