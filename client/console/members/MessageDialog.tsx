import { Box } from '@mui/material';
import { useDataProvider, useTranslate } from 'react-admin';
import type { Outcome } from '../../../server/accounts/accounts.schema.ts';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { Fact, Facts } from '../shared/Facts.tsx';
import { MaskedField } from '../shared/MaskedField.tsx';
import { ReasonDialog } from '../shared/ReasonDialog.tsx';
import type { Done } from './OutcomePanel.tsx';
import { useLetterToCancel } from './useLetterToCancel.tsx';
import { useLifetime } from './useLifetime.ts';

type Props = {
  member: MemberPage;
  channel: 'sms' | 'email';
  /** Zeroes the failures in the same act. */
  withUnblock: boolean;
  onDone: (done: Done) => void;
  onClose: () => void;
  onReload: () => void;
};

/** A temporary password or a link to what is on file: where it goes and how long it lives, before it is sent. */
export const MessageDialog = ({ member, channel, withUnblock, onDone, ...dialog }: Props) => {
  const translate = useTranslate();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const preview = member.messagePreview[channel];
  const letter = useLetterToCancel(member);
  const send = (reason: string, key: string) =>
    dataProvider.act<Outcome>(
      'members',
      member.id,
      'temporary-passwords',
      {
        channel,
        reason,
        ...(withUnblock && { unblock: true }),
        ...letter.idFor(reason),
        version: member.version,
      },
      key,
    );
  return (
    <ReasonDialog<Outcome>
      {...dialog}
      title={translate(withUnblock ? `members.acts.together.${channel}` : `members.message.title.${channel}`)}
      confirm={translate(`members.message.${withUnblock ? 'confirmTogether' : 'confirm'}.${channel}`)}
      what={
        <>
          {withUnblock && <Box>{translate('members.message.unblocks')}</Box>}
          <Box sx={{ mb: 1 }}>{translate('members.message.what')}</Box>
          {preview && <Preview preview={preview} />}
        </>
      }
      reasons={member.reasons.message}
      more={letter.field}
      chosen={letter.chosen}
      run={send}
      onDone={onDone}
    />
  );
};

const Preview = ({ preview }: { preview: NonNullable<MemberPage['messagePreview']['sms']> }) => {
  const translate = useTranslate();
  const lifetime = useLifetime();
  return (
    <Facts>
      <Fact name={translate('members.message.to')}>
        <MaskedField text={preview.masked} />
      </Fact>
      <Fact name={translate('members.message.carries')}>{preview.what}</Fact>
      <Fact name={translate('members.message.lives')}>
        <b>{lifetime(preview.minutes)}</b> {translate('members.message.fromSending')}
      </Fact>
    </Facts>
  );
};
