import { Box, FormControl, FormControlLabel, FormLabel, Radio, RadioGroup } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useTranslate } from 'react-admin';
import type { Lot, PrintTarget, PrintTargetsKnown, SendLot } from '../../../server/letters/lots.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { useAct } from '../shared/useAct.ts';
import { useMe } from '../shared/useMe.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import type { LotDialogProps } from './lotDialog.ts';
import { startPrint } from './printJob.ts';
import { usePrintTargets } from './usePrintTargets.ts';

/** Starts the print, which goes on outside this dialog: here as one document, or by the server, bundle by bundle. */
export const PrintDialog = ({ lot, onDone, onClose, onReload }: LotDialogProps) => {
  const translate = useTranslate();
  const format = useNumbers();
  const me = useMe();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const { data: targets, isLoading } = usePrintTargets();
  const [chosen, choose] = useState<PrintTarget | null>(null);
  const choices = choicesOf(targets);
  const target = chosen ?? choices[0]?.target ?? 'browser';
  const send = useAct(
    (input: SendLot, key) => dataProvider.act<Lot>('lots', lot.id, 'send', input, key),
    onDone,
  );
  const start = () => {
    if (target !== 'browser') return send.mutate({ target, version: lot.version });
    // Without an Idempotency-Key: it must never repeat.
    void startPrint(lot.id, me?.id ?? '', onReload);
    return onClose();
  };
  const left = lot.letters - lot.refused - deliveredIn(lot);
  const isPaper = target === 'printer' && targets?.printer?.kind === 'ipp';
  const prepare = target === 'browser' ? 'browser' : isPaper ? 'printer' : 'files';
  return (
    <ActionDialog
      title={translate('printing.title', { number: lot.number })}
      confirm={translate('printing.confirm')}
      canConfirm={me !== null && !isLoading}
      isPending={send.isPending}
      error={send.error}
      onClose={onClose}
      onReload={onReload}
      onConfirm={start}
    >
      <WhatHappens>{translate('printing.what', { smart_count: left, count: format(left) })}</WhatHappens>
      {choices.length > 1 && <TargetChoice choices={choices} value={target} onChange={choose} />}
      {lot.attempt > 0 && <Box sx={{ mb: 1, fontWeight: 700 }}>{translate('printing.again')}</Box>}
      {translate(`printing.prepare.${prepare}`)}
    </ActionDialog>
  );
};

/** What an earlier attempt delivered stays good and is not made again. */
const deliveredIn = ({ bundles }: Lot): number =>
  bundles.reduce((sum, { deliveredAt, sheets }) => sum + (deliveredAt === null ? 0 : sheets), 0);

type Choice = { target: PrintTarget; words: string };

/** The room's own printer first, where it has one. */
const choicesOf = (targets: PrintTargetsKnown | undefined): Choice[] => {
  const { printer, mailHouse } = targets ?? { printer: null, mailHouse: null };
  const folder = printer?.isEncrypted ? 'encryptedDirectory' : 'directory';
  return [
    ...(printer ? [{ target: 'printer' as const, words: printer.kind === 'ipp' ? 'printer' : folder }] : []),
    { target: 'browser', words: 'browser' },
    ...(mailHouse ? [{ target: 'mail-house' as const, words: 'mail-house' }] : []),
  ];
};

type ChoiceProps = { choices: Choice[]; value: PrintTarget; onChange: (target: PrintTarget) => void };

const TargetChoice = ({ choices, value, onChange }: ChoiceProps) => {
  const translate = useTranslate();
  return (
    <FormControl margin="none" sx={{ width: '100%', mb: 1 }}>
      <FormLabel id="print-target" sx={{ fontWeight: 700, fontSize: 15 }}>
        {translate('printing.where')}
      </FormLabel>
      <RadioGroup
        aria-labelledby="print-target"
        value={value}
        onChange={(event) => onChange(event.target.value as PrintTarget)}
      >
        {choices.map(({ target, words }) => (
          <FormControlLabel
            key={target}
            value={target}
            label={translate(`printing.target.${words}`)}
            control={<Radio size="small" sx={{ py: 0.5 }} />}
          />
        ))}
      </RadioGroup>
    </FormControl>
  );
};
