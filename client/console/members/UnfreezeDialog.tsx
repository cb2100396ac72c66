import { useDataProvider, useTranslate } from 'react-admin';
import type { Outcome } from '../../../server/accounts/accounts.schema.ts';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { useAct } from '../shared/useAct.ts';
import type { Done } from './OutcomePanel.tsx';

type Props = { member: MemberPage; onDone: (done: Done) => void; onClose: () => void; onReload: () => void };

/** A supervisor's word that the account is its member's again, or that a suspicion was none. */
export const UnfreezeDialog = ({ member, onDone, ...dialog }: Props) => {
  const translate = useTranslate();
  const words = `members.${member.suspicion ? 'suspicion.lift' : 'unfreeze'}`;
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const unfreeze = useAct(
    (input: { version: number }, key) =>
      dataProvider.act<Outcome>('members', member.id, 'unfreeze', input, key),
    onDone,
  );
  return (
    <ActionDialog
      {...dialog}
      title={translate(`${words}.title`)}
      confirm={translate(`${words}.confirm`)}
      canConfirm
      isPending={unfreeze.isPending}
      error={unfreeze.error}
      onConfirm={() => unfreeze.mutate({ version: member.version })}
    >
      <WhatHappens>{translate(`${words}.what`)}</WhatHappens>
    </ActionDialog>
  );
};
