import { Box } from '@mui/material';
import { useDataProvider, useTranslate } from 'react-admin';
import type { Outcome } from '../../../server/accounts/accounts.schema.ts';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { Fact, Facts } from '../shared/Facts.tsx';
import { MaskedField } from '../shared/MaskedField.tsx';
import { ReasonDialog } from '../shared/ReasonDialog.tsx';
import type { Done } from './OutcomePanel.tsx';
import { useLifetime } from './useLifetime.ts';

type Props = {
  member: MemberPage;
  channel: 'sms' | 'email';
  onDone: (done: Done) => void;
  onClose: () => void;
  onReload: () => void;
};

/** A temporary password or a link to what is on file: where it goes and how long it lives, before it is sent. */
export const MessageDialog = ({ member, channel, onDone, ...dialog }: Props) => {
  const translate = useTranslate();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const preview = member.messagePreview[channel];
  const send = (reason: string, key: string) =>
    dataProvider.act<Outcome>(
      'members',
      member.id,
      'temporary-passwords',
      { channel, reason, version: member.version },
      key,
    );
  return (
    <ReasonDialog<Outcome>
      {...dialog}
      title={translate(`members.message.title.${channel}`)}
      confirm={translate(`members.message.confirm.${channel}`)}
      what={
        <>
          <Box sx={{ mb: 1 }}>{translate('members.message.what')}</Box>
          {preview && <Preview preview={preview} />}
        </>
      }
      reasons={member.reasons.message}
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
