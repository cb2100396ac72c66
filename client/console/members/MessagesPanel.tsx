import HowToReg from '@mui/icons-material/HowToRegOutlined';
import { Box } from '@mui/material';
import { useLocale, useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import type { MemberProgress } from '../../../server/desk/progress.schema.ts';
import type { Message } from '../../../server/messages/messages.schema.ts';
import { formatMoment } from '../shared/dates.ts';
import { MaskedField } from '../shared/MaskedField.tsx';
import { MessageStateChip } from '../shared/MessageStateChip.tsx';
import { Panel } from '../shared/Page.tsx';
import { gotInSince } from './useProgress.ts';

/** A notice, and a code read out to the agent, lead nowhere. */
const waysIn: ReadonlySet<Message['template']> = new Set(['reset-link', 'code', 'temporary-password']);

type Props = { messages: MemberPage['messages']; progress: MemberProgress | undefined };

/** E-mails and SMS, the latest first, each leaving under the agent's eyes; then the member getting in. */
export const MessagesPanel = ({ messages: read, progress }: Props) => {
  const translate = useTranslate();
  const messages = progress?.messages ?? read;
  return (
    <Panel title={translate('members.messages.title')}>
      {messages.length === 0 && translate('members.messages.none')}
      <Box aria-live="polite">
        {progress && <GotIn progress={progress} />}
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
          {messages.map((message) => (
            <MessageLine key={message.id} message={message} />
          ))}
        </Box>
      </Box>
    </Panel>
  );
};

const MessageLine = ({ message }: { message: Message }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const at = (moment: string) => formatMoment(moment, locale, translate);
  const facts = [
    translate('members.messages.asked', { moment: at(message.askedAt) }),
    ...(message.sentAt ? [translate('members.messages.sent', { moment: at(message.sentAt) })] : []),
    ...(['delivered', 'failed'].includes(message.state)
      ? [translate(`members.messages.${message.state}`, { moment: at(message.stateAt) })]
      : []),
    ...(message.attempt > 1 ? [translate('members.messages.attempt', { attempt: message.attempt })] : []),
  ];
  return (
    <li>
      <Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 1 }}>
        <MessageStateChip state={message.state} />
        <span>
          {message.what} · {translate(`messageChannel.${message.channel}`)}
        </span>
        <MaskedField text={message.masked} />
      </Box>
      {message.problem && <Box sx={{ fontWeight: 700 }}>{message.problem}</Box>}
      <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{facts.join(' · ')}</Box>
    </li>
  );
};

/** The end of a good call: the member is in, after the last message that leads there. */
const GotIn = ({ progress }: { progress: MemberProgress }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const latest = progress.messages.find(({ template }) => waysIn.has(template));
  if (!latest || !gotInSince(progress, latest.askedAt)) return null;
  const { lastSignedInAt, passwordSetAt } = progress;
  const signedIn = lastSignedInAt !== null && lastSignedInAt > latest.askedAt;
  const moment = (signedIn ? lastSignedInAt : passwordSetAt) ?? '';
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        mb: 1,
        px: 1.5,
        py: 0.75,
        borderRadius: 1,
        fontWeight: 700,
        color: 'var(--open-ink)',
        backgroundColor: 'var(--open-soft)',
      }}
    >
      <HowToReg aria-hidden />
      {translate(`members.messages.${signedIn ? 'signedIn' : 'passwordSet'}`, {
        moment: formatMoment(moment, locale, translate),
      })}
    </Box>
  );
};
