import type { AuditRow } from '../audit/audit.schema.ts';
import type { MemberPage } from './desk.schema.ts';

type Entry = MemberPage['timeline'][number];
type Data = Record<string, unknown>;

/** A line of the timeline: from whose side, the key of its words, and what they need besides the common values. */
export type Line = { side: Entry['side']; words: string; params?: Record<string, string> };

/** An event in words' keys; undefined for those that say nothing of the member's way in: looks and searches. */
export const lineOf = (event: AuditRow): Line | undefined => {
  const line = lines[event.type]?.({ ...event.data, result: event.result });
  // What a desk's word stands for may also be done by the member's own recovery, in the server's name.
  return line?.side === 'desk' && event.actorKind === 'system' ? { ...line, side: 'system' } : line;
};

const member = (words: string, params = {}): Line => ({ side: 'member', words, params });
const desk = (words: string): Line => ({ side: 'desk', words });
const system = (words: string, params = {}): Line => ({ side: 'system', words, params });
const printRoom = (words: string): Line => ({ side: 'print-room', words });

const lines: Partial<Record<string, (data: Data) => Line | undefined>> = {
  'account.sign-in-failed': ({ secret, why }) => member(failedWords(String(secret), String(why))),
  'account.signed-in': ({ secret }) => member(`signed-in-${String(secret)}`),
  'account.locked': () => member('locked'),
  'account.password-changed': ({ result }) =>
    member(result === 'refused' ? 'password-too-often' : 'password-changed'),
  'account.unblocked': () => desk('unblocked'),
  'account.frozen': () => member('frozen'),
  'account.unfrozen': () => desk('unfrozen'),
  'account.terms-accepted': () => member('terms-accepted'),
  'account.contacts-confirmed': ({ changed }) =>
    member(Array.isArray(changed) && changed.length > 0 ? 'contacts-changed' : 'contacts-confirmed'),
  'account.contact-confirmation': ({ outcome }) => {
    if (outcome === 'confirmed') return member('contact-change-confirmed');
    return member(outcome === 'code-asked' ? 'contact-change-asked' : 'contact-change-refused');
  },
  'account.identity-linked': () => member('identity-linked'),

  'recovery.asked': ({ path, within }) => member(within ? `asked-${String(path)}` : 'asked-too-often'),
  'recovery.proof-checked': ({ right }) => member(right ? 'proof-right' : 'proof-wrong'),
  'recovery.channel-chosen': ({ channel, within }) =>
    member(within ? 'channel-chosen' : 'asked-too-often', { channel: String(channel) }),
  // What was sent is told by the message or the letter itself.
  'recovery.resolved': ({ outcome }) =>
    outcome === 'sent' ? undefined : system('not-sent', { unsent: String(outcome) }),
  'recovery.code-tried': ({ outcome }) => member(outcome === 'right' ? 'code-right' : 'code-wrong'),
  'recovery.link-opened': ({ outcome }) => member(outcome === 'live' ? 'link-opened' : 'link-refused'),

  'message.asked': ({ template }) => (isNotice(template) ? undefined : desk('message-asked')),
  'message.sent': () => system('message-sent'),
  'message.delivered': () => system('message-delivered'),
  'message.failed': () => system('message-failed'),

  'letter.requested': () => desk('letter-requested'),
  'letter.cancelled': () => desk('letter-cancelled'),
  'letter.refused': () => printRoom('letter-refused'),
  'letter.spoiled': () => printRoom('letter-spoiled'),
  'member.nir-revealed': () => desk('nir-revealed'),
};

const isNotice = (template: unknown): boolean => String(template).startsWith('notice-');

const recognised = ['not-yet-valid', 'used', 'replaced', 'expired'];

const failedWords = (secret: string, why: string): string => {
  if (secret === 'france-connect') return 'federation-refused';
  if (why === 'over-limit') return 'refused-locked';
  if (why === 'address-block') return 'refused-slowed';
  if (secret === 'temporary') return recognised.includes(why) ? `temporary-${why}` : 'wrong-temporary';
  return 'wrong-password';
};
