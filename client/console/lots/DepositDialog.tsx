import { Box, FormControl, FormControlLabel, FormLabel, Radio, RadioGroup, TextField } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useLocale, useTranslate } from 'react-admin';
import type { DepositLot, Lot } from '../../../server/letters/lots.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { formatMoment } from '../shared/dates.ts';
import { fromParisField, toParisField } from '../shared/parisClock.ts';
import { useAct } from '../shared/useAct.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import { DepositSlip } from './DepositSlip.tsx';
import type { LotDialogProps } from './lotDialog.ts';

/** The moment it really was: now, or earlier, in Paris time whatever this computer's zone. */
export const DepositDialog = ({ lot, onDone, ...dialog }: LotDialogProps) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const format = useNumbers();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const [when, setWhen] = useState<'now' | 'earlier'>('now');
  const [typed, setTyped] = useState(() => toParisField(new Date()));
  const deposit = useAct(
    (input: DepositLot, key) => dataProvider.act<Lot>('lots', lot.id, 'deposit', input, key),
    onDone,
  );
  const at = when === 'earlier' ? fromParisField(typed) : undefined;
  const good = lot.printed - lot.spoiled;
  return (
    <ActionDialog
      {...dialog}
      title={translate('lots.deposit.title', { number: lot.number })}
      confirm={translate('lots.deposit.confirm')}
      canConfirm={when === 'now' || at !== undefined}
      isPending={deposit.isPending}
      error={deposit.error}
      onConfirm={() => deposit.mutate({ version: lot.version, ...(at ? { at: at.toISOString() } : {}) })}
    >
      <WhatHappens>{translate('lots.deposit.what', { smart_count: good, count: format(good) })}</WhatHappens>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, mb: 2 }}>
        <DepositSlip lot={lot} />
        <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{translate('lots.deposit.slipHelp')}</Box>
      </Box>
      <FormControl margin="none">
        <FormLabel id="deposit-when" sx={{ fontWeight: 700, fontSize: 15 }}>
          {translate('lots.deposit.when')}
        </FormLabel>
        <RadioGroup
          aria-labelledby="deposit-when"
          value={when}
          onChange={(event) => setWhen(event.target.value as 'now' | 'earlier')}
        >
          <FormControlLabel
            value="now"
            label={translate('lots.deposit.now')}
            control={<Radio size="small" />}
          />
          <FormControlLabel
            value="earlier"
            label={translate('lots.deposit.earlier')}
            control={<Radio size="small" />}
          />
        </RadioGroup>
      </FormControl>
      {when === 'earlier' && (
        <TextField
          fullWidth
          type="datetime-local"
          margin="dense"
          label={translate('lots.deposit.at')}
          helperText={
            lot.countedAt &&
            translate('lots.deposit.atHelp', { moment: formatMoment(lot.countedAt, locale, translate) })
          }
          value={typed}
          slotProps={{ inputLabel: { shrink: true } }}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
    </ActionDialog>
  );
};
