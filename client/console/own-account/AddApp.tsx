import { Box, TextField } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import type { ConfirmTotp, FactorAdded, TotpOffer } from '../../../server/agents/factors.schema.ts';
import { sendJson } from '../request.ts';
import { ActionDialog } from '../shared/ActionDialog.tsx';
import { fieldErrorOf } from '../shared/ErrorText.tsx';
import { useAct } from '../shared/useAct.ts';
import { ProveFirst, type AddProps } from './ProveFirst.tsx';

/** An authenticator app: who asks, then its secret as a QR code, then a code of it. */
export const AddApp = (props: AddProps) => {
  const translate = useTranslate();
  const [offer, setOffer] = useState<TotpOffer | null>(null);
  const begin = (proof: OwnProof) => sendJson<TotpOffer>('POST', '/own-account/totp', proof);
  if (offer) return <ConfirmApp {...props} offer={offer} />;
  return (
    <ProveFirst {...props} title={translate('ownAccount.app.title')} begin={begin} onBegun={setOffer}>
      {translate('ownAccount.app.before')}
    </ProveFirst>
  );
};

const ConfirmApp = ({ offer, onAdded, onClose }: AddProps & { offer: TotpOffer }) => {
  const translate = useTranslate();
  const [name, setName] = useState(translate('ownAccount.app.usualName'));
  const [code, setCode] = useState('');
  const confirm = useAct(
    (input: ConfirmTotp) => sendJson<FactorAdded>('POST', '/own-account/totp/confirm', input),
    onAdded,
  );
  const codeError = fieldErrorOf(confirm.error, 'code');
  return (
    <ActionDialog
      title={translate('ownAccount.app.title')}
      confirm={translate('ownAccount.app.confirm')}
      canConfirm={name.trim() !== '' && code.trim() !== ''}
      isPending={confirm.isPending}
      error={codeError ? null : confirm.error}
      onConfirm={() => confirm.mutate({ enrolment: offer.enrolment, name, code })}
      onClose={onClose}
    >
      <Box sx={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: 2.5, alignItems: 'start' }}>
        <Box
          component="img"
          alt={translate('ownAccount.app.qr')}
          src={`data:image/svg+xml;base64,${btoa(offer.qr)}`}
          sx={{ width: 190, height: 190, backgroundColor: '#fff', borderRadius: 1 }}
        />
        <Box sx={{ display: 'grid', gap: 1.5 }}>
          <Box>{translate('ownAccount.app.scan')}</Box>
          <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
            {translate('ownAccount.app.byHand')}
            <Box data-testid="totp-secret" sx={{ fontFamily: 'monospace', overflowWrap: 'anywhere' }}>
              {offer.secret.replace(/(.{4})/g, '$1 ').trim()}
            </Box>
          </Box>
          <TextField
            autoFocus
            label={translate('ownAccount.app.code')}
            value={code}
            error={codeError !== undefined}
            helperText={codeError}
            autoComplete="one-time-code"
            slotProps={{ htmlInput: { inputMode: 'numeric', maxLength: 10 } }}
            onChange={(event) => setCode(event.target.value)}
          />
          <FactorName value={name} onChange={setName} />
        </Box>
      </Box>
    </ActionDialog>
  );
};

export const FactorName = ({ value, onChange }: { value: string; onChange: (name: string) => void }) => {
  const translate = useTranslate();
  return (
    <TextField
      label={translate('ownAccount.name')}
      value={value}
      autoComplete="off"
      slotProps={{ htmlInput: { maxLength: 50 } }}
      onChange={(event) => onChange(event.target.value)}
    />
  );
};
