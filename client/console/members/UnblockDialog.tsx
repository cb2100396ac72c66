import { useDataProvider, useTranslate } from 'react-admin';
import type { Outcome } from '../../../server/accounts/accounts.schema.ts';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ReasonDialog } from '../shared/ReasonDialog.tsx';
import type { Done } from './OutcomePanel.tsx';

type Props = { member: MemberPage; onDone: (done: Done) => void; onClose: () => void; onReload: () => void };

export const UnblockDialog = ({ member, onDone, ...dialog }: Props) => {
  const translate = useTranslate();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  return (
    <ReasonDialog<Outcome>
      {...dialog}
      title={translate('members.unblock.title')}
      confirm={translate('members.unblock.confirm')}
      what={translate('members.unblock.what')}
      reasons={member.reasons.unblock}
      run={(reason, key) =>
        dataProvider.act<Outcome>('members', member.id, 'unblock', { reason, version: member.version }, key)
      }
      onDone={onDone}
    />
  );
};
