import CheckCircle from '@mui/icons-material/CheckCircle';
import WarningAmber from '@mui/icons-material/WarningAmber';
import { Box, TextField } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useTranslate } from 'react-admin';
import type { CountLot, Lot } from '../../../server/letters/lots.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { useAct } from '../shared/useAct.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import { forgetPrint } from './printJob.ts';
import type { LotDialogProps } from './PlainLotDialog.tsx';
import { readSheets } from './sheets.ts';

/** Good and spoiled sheets; the sum is shown as it is typed, and the server checks it again. */
export const CountDialog = ({ lot, onDone, ...dialog }: LotDialogProps) => {
  const translate = useTranslate();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const [good, setGood] = useState('');
  const [spoiled, setSpoiled] = useState('');
  const sheets = readSheets(spoiled, lot.letters);
  const count = useAct(
    (input: CountLot, key) => dataProvider.act<Lot>('lots', lot.id, 'count', input, key),
    (counted) => {
      forgetPrint(lot.id);
      onDone(counted);
    },
  );
  const numbers = sheets.ok ? sheets.sheets : [];
  const isNumber = /^\d{1,5}$/.test(good);
  const sum = (isNumber ? Number(good) : 0) + numbers.length;
  return (
    <ActionDialog
      {...dialog}
      title={translate('lots.count.title', { number: lot.number })}
      confirm={translate('lots.count.confirm')}
      canConfirm={isNumber && sheets.ok && sum === lot.printed}
      isPending={count.isPending}
      error={count.error}
      onConfirm={() => count.mutate({ good: Number(good), spoiled: numbers, version: lot.version })}
    >
      <WhatHappens>{translate('lots.count.what')}</WhatHappens>
      <TextField
        fullWidth
        autoFocus
        margin="dense"
        label={translate('lots.count.good')}
        value={good}
        error={good !== '' && !isNumber}
        slotProps={{ htmlInput: { inputMode: 'numeric', maxLength: 5, autoComplete: 'off' } }}
        onChange={(event) => setGood(event.target.value.trim())}
      />
      <TextField
        fullWidth
        margin="dense"
        label={translate('lots.count.spoiled')}
        helperText={
          sheets.ok
            ? translate('lots.count.spoiledHelp')
            : translate('lots.count.badPart', { part: sheets.part })
        }
        error={!sheets.ok}
        value={spoiled}
        slotProps={{ htmlInput: { autoComplete: 'off', maxLength: 2_000 } }}
        onChange={(event) => setSpoiled(event.target.value)}
      />
      <Sum good={isNumber ? Number(good) : 0} spoiled={numbers.length} printed={lot.printed} />
    </ActionDialog>
  );
};

const Sum = ({ good, spoiled, printed }: { good: number; spoiled: number; printed: number }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const isRight = good + spoiled === printed;
  const tone = isRight ? 'open' : 'locked';
  const Icon = isRight ? CheckCircle : WarningAmber;
  return (
    <Box
      role="status"
      aria-live="polite"
      sx={{
        mt: 1.5,
        px: 1.5,
        py: 1,
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        borderRadius: 1,
        fontSize: 17,
        color: `var(--${tone}-ink)`,
        backgroundColor: `var(--${tone}-soft)`,
      }}
    >
      <Icon aria-hidden />
      {translate(isRight ? 'lots.count.sumRight' : 'lots.count.sumWrong', {
        good: format(good),
        spoiled: format(spoiled),
        sum: format(good + spoiled),
        printed: format(printed),
      })}
    </Box>
  );
};
