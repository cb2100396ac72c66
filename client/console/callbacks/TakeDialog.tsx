import { useDataProvider, useNotify, useTranslate } from 'react-admin';
import type { Callback } from '../../../server/calls/callbacks.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { useAct } from '../shared/useAct.ts';

export type CallbackDialogProps = {
  callback: Callback;
  onDone: () => void;
  onClose: () => void;
  onReload: () => void;
};

/** Says whose it is before it becomes the agent's. */
export const TakeDialog = ({ callback, onDone, ...dialog }: CallbackDialogProps) => {
  const translate = useTranslate();
  const notify = useNotify();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const { id, version, ownerName } = callback;
  const take = useAct(
    (input: { version: number }, key) => dataProvider.act<Callback>('callbacks', id, 'take', input, key),
    () => {
      notify('callbacks.take.done');
      onDone();
    },
  );
  return (
    <ActionDialog
      {...dialog}
      title={translate('callbacks.take.title')}
      confirm={translate('callbacks.take.confirm')}
      reload={translate('callbacks.reload')}
      canConfirm
      isPending={take.isPending}
      error={take.error}
      onConfirm={() => take.mutate({ version })}
    >
      <WhatHappens>
        {ownerName ? translate('callbacks.take.from', { name: ownerName }) : translate('callbacks.take.what')}
      </WhatHappens>
    </ActionDialog>
  );
};
