import { Box } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useTranslate } from 'react-admin';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import type { Invited, ListedAgent } from '../../../server/agents/roster.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { errorBesideProof, isProved, ProofField } from '../shared/ProofField.tsx';
import { useAct } from '../shared/useAct.ts';

const paths = {
  endSessions: 'end-sessions',
  requirePassword: 'require-password',
  invitation: 'invitation',
  withdraw: 'withdraw-invitation',
  close: 'close',
  reopen: 'reopen',
} as const;
export type OnAgentAct = keyof typeof paths;

type Props = {
  act: OnAgentAct;
  agent: Pick<ListedAgent, 'id' | 'name' | 'version'>;
  onClose: () => void;
  onDone: (said: string | null, params?: object) => void;
  onInvited: (invited: Invited) => void;
};

/** One act on an account: what happens, the proof where one is asked, one button. */
export const OnAgentDialog = ({ act, agent, onClose, onDone, onInvited }: Props) => {
  const translate = useTranslate();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const [proof, setProof] = useState<OwnProof>({});
  const asksProof = act === 'invitation' || act === 'reopen';
  const run = useAct(
    (input: object, key) =>
      dataProvider.act<Invited | { ended: number }>('agents', agent.id, paths[act], input, key),
    (answer) => {
      if ('link' in answer) return onInvited(answer);
      return onDone(`agents.${act}.done`, { smart_count: 'ended' in answer ? answer.ended : 0 });
    },
  );
  const version = act === 'endSessions' ? {} : { version: agent.version };
  return (
    <ActionDialog
      title={translate(`agents.${act}.title`)}
      confirm={translate(`agents.${act}.confirm`)}
      canConfirm={!asksProof || isProved(proof)}
      isPending={run.isPending}
      error={errorBesideProof(run.error)}
      onClose={onClose}
      onReload={() => onDone(null)}
      reload={translate('agents.change.reload')}
      onConfirm={() => run.mutate({ ...version, ...(asksProof && proof) })}
    >
      <Box sx={{ mb: 1.5, fontWeight: 700 }}>{agent.name}</Box>
      <WhatHappens>{translate(`agents.${act}.what`)}</WhatHappens>
      {asksProof && (
        <ProofField
          autoFocus
          label={translate('agents.form.proof')}
          proof={proof}
          onChange={setProof}
          error={run.error}
        />
      )}
    </ActionDialog>
  );
};
