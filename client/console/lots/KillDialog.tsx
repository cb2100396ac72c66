import { useDataProvider, useTranslate } from 'react-admin';
import type { Lot, LotVersion } from '../../../server/letters/lots.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { useAct } from '../shared/useAct.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import type { LotDialogProps } from './lotDialog.ts';

/** Gives a lot up that is too late to post. */
export const KillDialog = ({ lot, onDone, ...dialog }: LotDialogProps) => {
  const translate = useTranslate();
  const format = useNumbers();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const kill = useAct(
    (input: LotVersion, key) => dataProvider.act<Lot>('lots', lot.id, 'kill', input, key),
    onDone,
  );
  return (
    <ActionDialog
      {...dialog}
      title={translate('lots.kill.title', { number: lot.number })}
      confirm={translate('lots.kill.confirm')}
      canConfirm
      isPending={kill.isPending}
      error={kill.error}
      onConfirm={() => kill.mutate({ version: lot.version })}
    >
      <WhatHappens>
        {translate('lots.kill.what', { smart_count: lot.letters, count: format(lot.letters) })}
      </WhatHappens>
    </ActionDialog>
  );
};
