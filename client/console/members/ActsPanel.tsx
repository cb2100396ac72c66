import LockOpen from '@mui/icons-material/LockOpen';
import Mail from '@mui/icons-material/MailOutlined';
import AlternateEmail from '@mui/icons-material/AlternateEmail';
import Sms from '@mui/icons-material/SmsOutlined';
import { Box, Button } from '@mui/material';
import { useId, useState, type ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import { Panel } from '../shared/Page.tsx';
import { useMay } from '../shared/useMe.ts';
import { LetterDialog } from './LetterDialog.tsx';
import type { Done } from './OutcomePanel.tsx';
import { UnblockDialog } from './UnblockDialog.tsx';

type Verdict = MemberPage['can']['unblock'];
type Props = { member: MemberPage; onDone: (done: Done) => void; onReload: () => void };

/** The acts in the order one tries them; each that is refused says why and what to do instead. */
export const ActsPanel = ({ member, onDone, onReload }: Props) => {
  const translate = useTranslate();
  const [opened, setOpened] = useState<'unblock' | 'letter' | null>(null);
  const mayUnblock = useMay('account.unblock');
  const mayAsk = useMay('letter.request');
  const { can } = member;
  const dialog = {
    member,
    onClose: () => setOpened(null),
    onDone: (done: Done) => {
      setOpened(null);
      onDone(done);
    },
    onReload: () => {
      setOpened(null);
      onReload();
    },
  };
  return (
    <Panel title={translate('members.acts.title')}>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
        {mayUnblock && (
          <Act name="unblock" verdict={can.unblock} icon={<LockOpen />} onOpen={() => setOpened('unblock')} />
        )}
        {mayAsk && (
          <Act name="letter" verdict={can.letter} icon={<Mail />} onOpen={() => setOpened('letter')} />
        )}
        {mayAsk && <Act name="email" verdict={can.email} icon={<AlternateEmail />} />}
        {mayAsk && <Act name="sms" verdict={can.sms} icon={<Sms />} />}
      </Box>
      {opened === 'unblock' && <UnblockDialog {...dialog} />}
      {opened === 'letter' && <LetterDialog {...dialog} />}
    </Panel>
  );
};

type ActProps = {
  name: 'unblock' | 'letter' | 'email' | 'sms';
  verdict: Verdict;
  icon: ReactNode;
  onOpen?: () => void;
};

const Act = ({ name, verdict, icon, onOpen }: ActProps) => {
  const translate = useTranslate();
  const whyId = useId();
  const isLive = verdict.allowed && onOpen !== undefined;
  return (
    <Box
      component="li"
      sx={{ display: 'grid', gridTemplateColumns: '260px 1fr', alignItems: 'center', columnGap: 2 }}
    >
      <Button
        variant={isLive ? 'contained' : 'outlined'}
        startIcon={icon}
        disabled={!isLive}
        onClick={onOpen}
        aria-describedby={isLive ? undefined : whyId}
        sx={{
          justifyContent: 'flex-start',
          '&.Mui-disabled': { color: 'var(--ink-soft)', borderColor: 'var(--line)' },
        }}
      >
        {translate(`members.acts.${name}`)}
      </Button>
      {!isLive && (
        <Box id={whyId} sx={{ fontSize: 13 }}>
          {verdict.why}
          {verdict.instead && <Box sx={{ color: 'var(--ink-soft)' }}>{verdict.instead}</Box>}
        </Box>
      )}
    </Box>
  );
};
