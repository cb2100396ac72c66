import { useTranslate } from 'react-admin';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { useMe } from '../shared/useMe.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import { startPrint } from './printJob.ts';
import type { LotDialogProps } from './PlainLotDialog.tsx';

/** Starts the print, which goes on outside this dialog: it carries no Idempotency-Key, since it must never repeat. */
export const PrintDialog = ({ lot, onClose, onReload }: LotDialogProps) => {
  const translate = useTranslate();
  const format = useNumbers();
  const me = useMe();
  return (
    <ActionDialog
      title={translate('lots.print.title', { number: lot.number })}
      confirm={translate('lots.print.confirm')}
      canConfirm={me !== null}
      isPending={false}
      error={null}
      onClose={onClose}
      onConfirm={() => {
        void startPrint(lot.id, me?.id ?? '', onReload);
        onClose();
      }}
    >
      <WhatHappens>
        {translate('lots.print.what', { smart_count: lot.letters, count: format(lot.letters) })}
      </WhatHappens>
      {translate(lot.attempt > 0 ? 'lots.print.again' : 'lots.print.prepare')}
    </ActionDialog>
  );
};
