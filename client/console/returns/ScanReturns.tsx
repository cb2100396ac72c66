import { Box, FormControl, FormControlLabel, FormLabel, Radio, RadioGroup } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { ReturnReason } from '../../../server/letters/returns.schema.ts';
import { Panel } from '../shared/Page.tsx';
import { ScanField } from '../shared/ScanField.tsx';
import { ReturnedLines } from './ReturnedLines.tsx';
import { useReturns } from './useReturns.ts';

const reasons: ReturnReason[] = ['unknown-addressee', 'access-or-address', 'refused', 'unclaimed'];

/** Made for many in a row: the reason is chosen once, the scanner does the rest, each letter answers on its line. */
export const ScanReturns = () => {
  const translate = useTranslate();
  const [reason, setReason] = useState<ReturnReason | ''>('');
  const { lines, take, taken } = useReturns();
  return (
    <Panel
      title={translate('returns.scan.title')}
      aside={taken > 0 ? <b>{translate('returns.scan.taken', { smart_count: taken })}</b> : undefined}
    >
      <Box sx={{ mb: 1.5, maxWidth: 860, color: 'var(--ink-soft)' }}>{translate('returns.scan.what')}</Box>
      <Box sx={{ display: 'grid', gridTemplateColumns: '340px 1fr', gap: 3, alignItems: 'start' }}>
        <FormControl margin="none">
          <FormLabel id="return-reason" sx={{ fontWeight: 700, fontSize: 15 }}>
            {translate('returns.scan.reason')}
          </FormLabel>
          <RadioGroup
            aria-labelledby="return-reason"
            value={reason}
            onChange={(event) => setReason(event.target.value as ReturnReason)}
          >
            {reasons.map((id) => (
              <FormControlLabel
                key={id}
                value={id}
                label={translate(`returns.reasons.${id}`)}
                control={<Radio size="small" sx={{ py: 0.5 }} />}
              />
            ))}
          </RadioGroup>
        </FormControl>
        <Box>
          <ScanField
            // The first reason opens the field and puts the scanner into it.
            key={reason === '' ? 'closed' : 'open'}
            autoFocus={reason !== ''}
            label={translate('returns.scan.field')}
            help={translate(reason === '' ? 'returns.scan.reasonFirst' : 'returns.scan.help')}
            disabled={reason === ''}
            onScan={(text) => reason !== '' && take(text, reason)}
          />
          <ReturnedLines lines={lines} />
        </Box>
      </Box>
    </Panel>
  );
};
