import { useDataProvider, useTranslate } from 'react-admin';
import type { Lot } from '../../../server/letters/lots.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { useAct } from '../shared/useAct.ts';
import { useNumbers } from '../shared/useNumbers.ts';

export type LotDialogProps = {
  lot: Lot;
  onDone: (lot: Lot) => void;
  onClose: () => void;
  onReload: () => void;
};

type Props = LotDialogProps & { act: 'release' | 'kill' };

/** An act on the whole lot that asks for nothing but the word. */
export const PlainLotDialog = ({ act, lot, onDone, ...dialog }: Props) => {
  const translate = useTranslate();
  const format = useNumbers();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const run = useAct(
    (input: { version: number }, key) => dataProvider.act<Lot>('lots', lot.id, act, input, key),
    onDone,
  );
  return (
    <ActionDialog
      {...dialog}
      title={translate(`lots.${act}.title`, { number: lot.number })}
      confirm={translate(`lots.${act}.confirm`)}
      canConfirm
      isPending={run.isPending}
      error={run.error}
      onConfirm={() => run.mutate({ version: lot.version })}
    >
      <WhatHappens>
        {translate(`lots.${act}.what`, { smart_count: lot.letters, count: format(lot.letters) })}
      </WhatHappens>
    </ActionDialog>
  );
};
