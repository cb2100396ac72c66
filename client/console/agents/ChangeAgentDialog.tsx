import { Box } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import type { AgentPage } from '../../../server/agents/roster.schema.ts';
import { sendJson } from '../request.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { errorBesideProof, isProved, ProofField } from '../shared/ProofField.tsx';
import { useAct } from '../shared/useAct.ts';
import { AgentFields } from './AgentFields.tsx';
import { bodyOf, formOf, givesRights } from './agentForm.ts';

type Props = { agent: AgentPage; onClose: () => void; onDone: () => void };

/** Changes an account; only what was changed is sent, and who sits there is asked when it gives rights. */
export const ChangeAgentDialog = ({ agent, onClose, onDone }: Props) => {
  const translate = useTranslate();
  const [form, setForm] = useState(() => formOf(agent));
  const [proof, setProof] = useState<OwnProof>({});
  const change = useAct(
    (input: object, key) =>
      sendJson<AgentPage>('PATCH', `/agents/${encodeURIComponent(agent.id)}`, input, key),
    onDone,
  );
  const body = bodyOf(form, formOf(agent));
  const asksProof = givesRights(body);
  const isChanged = Object.keys(body).length > 0;
  const ownRights = !agent.can.changeRights.allowed;
  return (
    <ActionDialog
      title={translate('agents.change.title')}
      confirm={translate('agents.change.confirm')}
      canConfirm={isChanged && (!asksProof || isProved(proof))}
      isPending={change.isPending}
      error={errorBesideProof(change.error)}
      onClose={onClose}
      onReload={onDone}
      reload={translate('agents.change.reload')}
      onConfirm={() => change.mutate({ version: agent.version, ...body, ...(asksProof && proof) })}
    >
      <WhatHappens>{translate(ownRights ? 'agents.change.ownRights' : 'agents.change.ends')}</WhatHappens>
      <AgentFields form={form} onChange={setForm} error={change.error} areRightsShut={ownRights} />
      {asksProof && (
        <Box sx={{ mt: 2, display: 'grid', gap: 1 }}>
          {translate('agents.form.proofWhy')}
          <ProofField
            label={translate('agents.form.proof')}
            proof={proof}
            onChange={setProof}
            error={change.error}
          />
        </Box>
      )}
    </ActionDialog>
  );
};
