import { Box, MenuItem, TextField } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useTranslate } from 'react-admin';
import type { Bundle, CountToSend, Lot } from '../../../server/letters/lots.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { useAct } from '../shared/useAct.ts';
import { BundleFields } from './BundleFields.tsx';
import { bundlesOf, isCounted, keyOf, nothingTyped, readSpoiled, type AllTyped } from './counting.ts';
import type { LotDialogProps } from './lotDialog.ts';
import { forgetPrint } from './printJob.ts';
import { ScanSheets } from './ScanSheets.tsx';
import { runsOf } from './sheets.ts';

type Props = LotDialogProps & { onStep: (lot: Lot) => void };

/** Good and spoiled sheets, bundle by bundle; the dialog stays open until the last one has come out. */
export const CountDialog = ({ lot, onDone, onStep, ...dialog }: Props) => {
  const translate = useTranslate();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const [typed, setTyped] = useState<AllTyped>({});
  const [chosen, choose] = useState('');
  const count = useAct(
    (input: CountToSend, key) => dataProvider.act<Lot>('lots', lot.id, 'count', input, key),
    (counted) => {
      forgetPrint(lot.id);
      choose('');
      if (counted.state === 'printed') onStep(counted);
      else onDone(counted);
    },
  );
  const bundles = bundlesOf(lot);
  const waiting = bundles.filter((bundle) => !isCounted(bundle));
  const bundle = waiting.find((one) => keyOf(one) === chosen) ?? waiting[0];
  if (!bundle) return null;
  const { good, spoiled } = typed[keyOf(bundle)] ?? nothingTyped;
  const read = readSpoiled(typed, bundle);
  const numbers = read.ok ? read.sheets : [];
  const comesOut = /^\d{1,5}$/.test(good) && read.ok && Number(good) + numbers.length === bundle.sheets;
  const isOne = bundles.length === 1;
  return (
    <ActionDialog
      {...dialog}
      title={translate('counting.title', { number: lot.number })}
      confirm={translate(isOne ? 'counting.confirm' : 'counting.confirmBundle', { number: bundle.number })}
      canConfirm={comesOut}
      isPending={count.isPending}
      error={count.error}
      onConfirm={() =>
        count.mutate({
          good: Number(good),
          spoiled: runsOf(numbers),
          version: lot.version,
          ...(bundle.number > 0 && { bundle: { attempt: bundle.attempt, number: bundle.number } }),
        })
      }
    >
      <WhatHappens>{translate('counting.what')}</WhatHappens>
      {!isOne && (
        <BundleChoice bundles={waiting} value={bundle} disabled={count.isPending} onChange={choose} />
      )}
      <BundleFields
        key={keyOf(bundle)}
        bundle={bundle}
        typed={{ good, spoiled }}
        read={read}
        disabled={count.isPending}
        onChange={(part) => setTyped({ ...typed, [keyOf(bundle)]: part })}
      />
      <ScanSheets lot={lot} typed={typed} onTyped={setTyped} />
    </ActionDialog>
  );
};

type ChoiceProps = { bundles: Bundle[]; value: Bundle; disabled: boolean; onChange: (key: string) => void };

const BundleChoice = ({ bundles, value, disabled, onChange }: ChoiceProps) => {
  const translate = useTranslate();
  return (
    <Box>
      <TextField
        select
        fullWidth
        margin="dense"
        label={translate('counting.bundle')}
        helperText={translate('counting.left', { smart_count: bundles.length })}
        value={keyOf(value)}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
      >
        {bundles.map((bundle) => (
          <MenuItem key={keyOf(bundle)} value={keyOf(bundle)}>
            {translate('counting.oneBundle', {
              number: bundle.number,
              from: bundle.fromSheet,
              to: bundle.toSheet,
            })}
          </MenuItem>
        ))}
      </TextField>
    </Box>
  );
};
