import AlternateEmail from '@mui/icons-material/AlternateEmail';
import LockOpen from '@mui/icons-material/LockOpen';
import Mail from '@mui/icons-material/MailOutlined';
import Sms from '@mui/icons-material/SmsOutlined';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import { useMay } from '../shared/useMe.ts';
import type { Verdict } from './Act.tsx';
import { usePreviews } from './usePreviews.ts';

export type ActName = 'unblock' | 'sms' | 'email' | 'letter';
export type OneAct = {
  act: ActName;
  /** Zeroes the failures in the same act. */
  withUnblock: boolean;
  /** Stands back behind a better one. */
  isQuiet: boolean;
  label: string;
  verdict: Verdict;
  tells: string | undefined;
  icon: ReactNode;
};

const senders = ['sms', 'email', 'letter'] as const;
const icons = { unblock: <LockOpen />, sms: <Sms />, email: <AlternateEmail />, letter: <Mail /> };

/**
 * The acts in the order one tries them, the fastest first. Where a way in may be sent to a locked account, unblocking
 * and sending are one act; the unblock alone then stands last, as it does where nothing is locked.
 */
export const useActs = (member: MemberPage): OneAct[] => {
  const translate = useTranslate();
  const tells = usePreviews(member);
  const mayUnblock = useMay('account.unblock');
  const maySend = useMay('letter.request');
  const { can, messagePreview } = member;

  // What the organisation's file sends by a channel: a link here, a temporary password there.
  const labelOf = (channel: (typeof senders)[number]): string => {
    const what = channel === 'letter' ? undefined : messagePreview[channel]?.what;
    return what
      ? translate(`members.acts.${channel === 'sms' ? 'bySms' : 'byEmail'}`, { what })
      : translate(`members.acts.${channel}`);
  };
  const isTogether = mayUnblock && maySend && can.unblock.allowed;
  const together = isTogether ? senders.find((channel) => can[channel].allowed) : undefined;
  const sending = senders.map((act): OneAct => {
    const withUnblock = act === together;
    const label = withUnblock ? translate(`members.acts.together.${act}`) : labelOf(act);
    return {
      act,
      withUnblock,
      isQuiet: false,
      label,
      verdict: can[act],
      tells: tells[act],
      icon: icons[act],
    };
  });
  const unblock: OneAct = {
    act: 'unblock',
    withUnblock: false,
    isQuiet: together !== undefined,
    label: translate('members.acts.unblock'),
    verdict: can.unblock,
    tells: can.unblock.allowed ? translate('members.acts.tellsUnblock') : undefined,
    icon: icons.unblock,
  };
  const [first, others] = [
    sending.filter(({ withUnblock }) => withUnblock),
    sending.filter(({ withUnblock }) => !withUnblock),
  ];
  const isLast = together !== undefined || can.unblock.rule === 'not-locked';
  return [
    ...(mayUnblock && !isLast ? [unblock] : []),
    ...(maySend ? [...first, ...others] : []),
    ...(mayUnblock && isLast ? [unblock] : []),
  ];
};
