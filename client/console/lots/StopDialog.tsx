import { useDataProvider, useTranslate } from 'react-admin';
import type { Lot } from '../../../server/letters/lots.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { useAct } from '../shared/useAct.ts';
import type { LotDialogProps } from './lotDialog.ts';

/** Stops an attempt, and says first what that costs. */
export const StopDialog = ({ lot, onDone, ...dialog }: LotDialogProps) => {
  const translate = useTranslate();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const stop = useAct(
    (input: object, key) => dataProvider.act<Lot>('lots', lot.id, 'stop', input, key),
    onDone,
  );
  return (
    <ActionDialog
      {...dialog}
      title={translate('printing.stop.title', { number: lot.number })}
      confirm={translate('printing.stop.confirm')}
      cancel={translate('printing.stop.keep')}
      canConfirm
      isPending={stop.isPending}
      error={stop.error}
      onConfirm={() => stop.mutate({})}
    >
      <WhatHappens>
        {translate(lot.target === 'browser' ? 'printing.stop.browser' : 'printing.stop.bundles')}
      </WhatHappens>
    </ActionDialog>
  );
};
