import { Box } from '@mui/material';
import { useState } from 'react';
import { useRefresh, useTranslate } from 'react-admin';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import type { Invited } from '../../../server/agents/roster.schema.ts';
import { sendJson } from '../request.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { errorBesideProof, isProved, ProofField } from '../shared/ProofField.tsx';
import { useAct } from '../shared/useAct.ts';
import { useOrganisations } from '../shared/useMe.ts';
import { AgentFields } from './AgentFields.tsx';
import { bodyOf, emptyForm } from './agentForm.ts';
import { InvitedDialog } from './InvitedDialog.tsx';

/** A new account, then the link that its agent chooses a password by. */
export const MakeAgentDialog = ({ onClose }: { onClose: () => void }) => {
  const translate = useTranslate();
  const refresh = useRefresh();
  const organisations = useOrganisations();
  const [form, setForm] = useState(emptyForm);
  const [proof, setProof] = useState<OwnProof>({});
  const make = useAct((input: object) => sendJson<Invited>('POST', '/agents', input), refresh);
  if (make.data) return <InvitedDialog invited={make.data} onClose={onClose} />;
  // Where there is one to choose from, it is chosen.
  const [only] = organisations.length === 1 ? organisations : [];
  const whole = only && form.organisations.length === 0 ? { ...form, organisations: [only.id] } : form;
  const isReady = whole.username !== '' && whole.name !== '' && whole.organisations.length > 0;
  return (
    <ActionDialog
      title={translate('agents.make.title')}
      confirm={translate('agents.make.confirm')}
      canConfirm={isReady && isProved(proof)}
      isPending={make.isPending}
      error={errorBesideProof(make.error)}
      onClose={onClose}
      onConfirm={() => make.mutate({ ...bodyOf(whole), ...proof })}
    >
      <WhatHappens>{translate('agents.make.what')}</WhatHappens>
      <AgentFields isNew form={whole} onChange={setForm} error={make.error} />
      <Box sx={{ mt: 2, mb: 1 }}>{translate('agents.form.proofWhy')}</Box>
      <ProofField
        label={translate('agents.form.proof')}
        proof={proof}
        onChange={setProof}
        error={make.error}
      />
    </ActionDialog>
  );
};
