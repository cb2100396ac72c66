import { useDataProvider, useTranslate } from 'react-admin';
import type { Import } from '../../../server/imports/imports.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { useAct } from '../shared/useAct.ts';
import { useNumbers } from '../shared/useNumbers.ts';

type Props = { one: Import; onDone: (approved: Import) => void; onClose: () => void; onReload: () => void };

export const ApproveDialog = ({ one, onDone, ...dialog }: Props) => {
  const translate = useTranslate();
  const format = useNumbers();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const approve = useAct(
    (input: { version: number }, key) => dataProvider.act<Import>('imports', one.id, 'approve', input, key),
    onDone,
  );
  return (
    <ActionDialog
      {...dialog}
      title={translate('imports.approve.title')}
      confirm={translate('imports.approve.confirm')}
      canConfirm
      isPending={approve.isPending}
      error={approve.error}
      onConfirm={() => approve.mutate({ version: one.version })}
    >
      <WhatHappens>
        {translate('imports.approve.what', { smart_count: one.linesRead, lines: format(one.linesRead) })}
      </WhatHappens>
    </ActionDialog>
  );
};
