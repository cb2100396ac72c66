import { Box } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import type { FactorAdded, KeyOffer } from '../../../server/agents/factors.schema.ts';
import { sendJson } from '../request.ts';
import { makeKey } from '../secondFactor.ts';
import { FactorName } from './AddApp.tsx';
import { ProveFirst, type AddProps } from './ProveFirst.tsx';

/** A security key: who asks, then the browser has the key touched. */
export const AddKey = ({ onAdded, onClose }: AddProps) => {
  const translate = useTranslate();
  const [name, setName] = useState(translate('ownAccount.key.usualName'));
  const begin = async (proof: OwnProof) => {
    const { options } = await sendJson<KeyOffer>('POST', '/own-account/security-keys', proof);
    const response = await makeKey(options);
    return sendJson<FactorAdded>('POST', '/own-account/security-keys/confirm', { name, response });
  };
  return (
    <ProveFirst title={translate('ownAccount.key.title')} begin={begin} onBegun={onAdded} onClose={onClose}>
      <Box sx={{ display: 'grid', gap: 2 }}>
        <Box>{translate('ownAccount.key.before')}</Box>
        <FactorName value={name} onChange={setName} />
      </Box>
    </ProveFirst>
  );
};
