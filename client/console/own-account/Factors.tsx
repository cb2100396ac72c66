import Key from '@mui/icons-material/KeyOutlined';
import Smartphone from '@mui/icons-material/SmartphoneOutlined';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import type { Factor, OwnFactors } from '../../../server/agents/factors.schema.ts';
import { sendJson } from '../request.ts';
import { formatMoment } from '../shared/dates.ts';
import { AddApp } from './AddApp.tsx';
import { AddKey } from './AddKey.tsx';
import { ProveFirst } from './ProveFirst.tsx';
import { RecoveryCodesDialog } from './RecoveryCodes.tsx';
import { useFactorsChanged } from './useFactors.ts';

type Doing = 'app' | 'key' | 'codes' | Factor | null;

/** One's own second factors, and what may be done with them. */
export const Factors = ({ own }: { own: OwnFactors }) => {
  const translate = useTranslate();
  const changed = useFactorsChanged();
  const [doing, setDoing] = useState<Doing>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const close = () => setDoing(null);
  // Codes are read before anything else changes on the screen.
  const done = (made: string[] | null) => {
    close();
    if (made) setCodes(made);
    else void changed();
  };
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      {own.factors.map((factor) => (
        <FactorLine key={factor.id} factor={factor} onRemove={() => setDoing(factor)} />
      ))}
      <Box sx={{ display: 'flex', gap: 1.5, flexWrap: 'wrap' }}>
        <Button variant="outlined" startIcon={<Smartphone />} onClick={() => setDoing('app')}>
          {translate('ownAccount.app.add')}
        </Button>
        <Button variant="outlined" startIcon={<Key />} onClick={() => setDoing('key')}>
          {translate('ownAccount.key.add')}
        </Button>
      </Box>
      {own.factors.length > 0 && (
        <Box>
          {translate('ownAccount.codes.left', { smart_count: own.recoveryCodesLeft })}{' '}
          <Button size="small" onClick={() => setDoing('codes')}>
            {translate('ownAccount.codes.renew')}
          </Button>
        </Box>
      )}
      {doing === 'app' && <AddApp onAdded={(added) => done(added.recoveryCodes)} onClose={close} />}
      {doing === 'key' && <AddKey onAdded={(added) => done(added.recoveryCodes)} onClose={close} />}
      {doing === 'codes' && <RenewCodes onDone={done} onClose={close} />}
      {doing !== null && typeof doing === 'object' && (
        <RemoveFactor factor={doing} onDone={() => done(null)} onClose={close} />
      )}
      {codes && (
        <RecoveryCodesDialog
          codes={codes}
          onClose={() => {
            setCodes(null);
            void changed();
          }}
        />
      )}
    </Box>
  );
};

const FactorLine = ({ factor, onRemove }: { factor: Factor; onRemove: () => void }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const Icon = factor.kind === 'totp' ? Smartphone : Key;
  const used = factor.lastUsedAt
    ? translate('ownAccount.lastUsed', { at: formatMoment(factor.lastUsedAt, locale, translate) })
    : translate('ownAccount.neverUsed');
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
      <Icon aria-hidden sx={{ color: 'var(--ink-soft)' }} />
      <Box sx={{ flex: 1 }}>
        <Box sx={{ fontWeight: 700 }}>{factor.name}</Box>
        <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
          {translate(`ownAccount.kind.${factor.kind}`)} · {used}
        </Box>
      </Box>
      <Button size="small" color="error" onClick={onRemove}>
        {translate('ownAccount.remove.button')}
      </Button>
    </Box>
  );
};

type Ending = { onClose: () => void };

const RemoveFactor = ({ factor, onDone, onClose }: Ending & { factor: Factor; onDone: () => void }) => {
  const translate = useTranslate();
  const remove = (proof: OwnProof) => sendJson('POST', `/own-account/factors/${factor.id}/remove`, proof);
  const title = translate('ownAccount.remove.title', { name: factor.name });
  return (
    <ProveFirst title={title} begin={remove} onBegun={onDone} onClose={onClose}>
      {translate('ownAccount.remove.text')}
    </ProveFirst>
  );
};

const RenewCodes = ({ onDone, onClose }: Ending & { onDone: (codes: string[]) => void }) => {
  const translate = useTranslate();
  const renew = (proof: OwnProof) =>
    sendJson<{ recoveryCodes: string[] }>('POST', '/own-account/recovery-codes', proof);
  return (
    <ProveFirst
      title={translate('ownAccount.codes.renew')}
      begin={renew}
      onBegun={({ recoveryCodes }) => onDone(recoveryCodes)}
      onClose={onClose}
    >
      {translate('ownAccount.codes.renewText')}
    </ProveFirst>
  );
};
