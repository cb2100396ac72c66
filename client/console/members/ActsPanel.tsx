import AcUnit from '@mui/icons-material/AcUnit';
import AlternateEmail from '@mui/icons-material/AlternateEmail';
import LockOpen from '@mui/icons-material/LockOpen';
import Mail from '@mui/icons-material/MailOutlined';
import Sms from '@mui/icons-material/SmsOutlined';
import { Box } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import { Panel } from '../shared/Page.tsx';
import { useMay } from '../shared/useMe.ts';
import { Act } from './Act.tsx';
import { LetterDialog } from './LetterDialog.tsx';
import { MessageDialog } from './MessageDialog.tsx';
import type { Done } from './OutcomePanel.tsx';
import { UnblockDialog } from './UnblockDialog.tsx';
import { UnfreezeDialog } from './UnfreezeDialog.tsx';
import { usePreviews } from './usePreviews.ts';

type Props = { member: MemberPage; onDone: (done: Done) => void; onReload: () => void };
type Opened = 'unfreeze' | 'unblock' | 'sms' | 'email' | 'letter';

/** The acts in the order one tries them, the fastest first; each says what it will do, or why it cannot. */
export const ActsPanel = ({ member, onDone, onReload }: Props) => {
  const translate = useTranslate();
  const [opened, setOpened] = useState<Opened | null>(null);
  const tells = usePreviews(member);
  const mayUnfreeze = useMay('account.unfreeze') && member.headline.state === 'frozen';
  const mayUnblock = useMay('account.unblock');
  const maySend = useMay('letter.request');
  const { can, messagePreview } = member;
  const close = () => setOpened(null);
  const dialog = {
    member,
    onClose: close,
    onDone: (done: Done) => {
      close();
      onDone(done);
    },
    onReload: () => {
      close();
      onReload();
    },
  };
  // What the organisation's file sends by a channel: a link here, a temporary password there.
  const labelOf = (channel: 'sms' | 'email', by: 'bySms' | 'byEmail') => {
    const what = messagePreview[channel]?.what;
    return what ? translate(`members.acts.${by}`, { what }) : translate(`members.acts.${channel}`);
  };
  return (
    <Panel title={translate('members.acts.title')}>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
        {mayUnfreeze && (
          <Act
            label={translate('members.acts.unfreeze')}
            verdict={can.unfreeze}
            icon={<AcUnit />}
            onOpen={() => setOpened('unfreeze')}
          />
        )}
        {mayUnblock && (
          <Act
            label={translate('members.acts.unblock')}
            verdict={can.unblock}
            icon={<LockOpen />}
            onOpen={() => setOpened('unblock')}
          />
        )}
        {maySend && (
          <>
            <Act
              label={labelOf('sms', 'bySms')}
              verdict={can.sms}
              tells={tells.sms}
              icon={<Sms />}
              onOpen={() => setOpened('sms')}
            />
            <Act
              label={labelOf('email', 'byEmail')}
              verdict={can.email}
              tells={tells.email}
              icon={<AlternateEmail />}
              onOpen={() => setOpened('email')}
            />
            <Act
              label={translate('members.acts.letter')}
              verdict={can.letter}
              tells={tells.letter}
              icon={<Mail />}
              onOpen={() => setOpened('letter')}
            />
          </>
        )}
      </Box>
      {opened === 'unfreeze' && <UnfreezeDialog {...dialog} />}
      {opened === 'unblock' && <UnblockDialog {...dialog} />}
      {(opened === 'sms' || opened === 'email') && <MessageDialog {...dialog} channel={opened} />}
      {opened === 'letter' && <LetterDialog {...dialog} />}
    </Panel>
  );
};
