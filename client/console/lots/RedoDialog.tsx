import { useDataProvider, useTranslate } from 'react-admin';
import type { Lot, LotVersion } from '../../../server/letters/lots.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { useAct } from '../shared/useAct.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import type { LotDialogProps } from './lotDialog.ts';

/** The document did not arrive: what doing it again costs, in sheets, before it is done. */
export const RedoDialog = ({ lot, onDone, ...dialog }: LotDialogProps) => {
  const translate = useTranslate();
  const format = useNumbers();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const redo = useAct(
    (input: LotVersion, key) => dataProvider.act<Lot>('lots', lot.id, 'redo', input, key),
    onDone,
  );
  return (
    <ActionDialog
      {...dialog}
      title={translate('printing.redo.title', { number: lot.number })}
      confirm={translate('printing.redo.confirm')}
      canConfirm
      isPending={redo.isPending}
      error={redo.error}
      onConfirm={() => redo.mutate({ version: lot.version })}
    >
      <WhatHappens>
        {translate('printing.redo.what', { smart_count: lot.printed, count: format(lot.printed) })}
      </WhatHappens>
    </ActionDialog>
  );
};
