import type { AuditRow } from '../audit/audit.schema.ts';
import type { EventType } from '../audit/vocabulary.schema.ts';
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

const frozenWords: Record<string, string> = { 'death-reported': 'frozen-death', review: 'frozen-review' };

const lines: Partial<Record<string, (data: Data) => Line | undefined>> = {
  'account.sign-in-failed': ({ secret, why }) => member(failedWords(String(secret), String(why))),
  'account.signed-in': ({ secret }) => member(`signed-in-${String(secret)}`),
  'account.locked': () => member('locked'),
  'account.password-changed': ({ result }) =>
    member(result === 'refused' ? 'password-too-often' : 'password-changed'),
  'account.unblocked': () => desk('unblocked'),
  'account.unblocked-together': () => system('unblocked-together'),
  'account.secrets-killed': () => system('secrets-killed'),
  'account.frozen': ({ why }) =>
    why === 'repudiated' ? member('frozen') : desk(frozenWords[String(why)] ?? ''),
  'account.locked-again': () => desk('locked-again'),
  'account.secrets-ended': () => desk('secrets-ended'),
  'account.unfrozen': () => desk('unfrozen'),
  'account.suspected': () => desk('suspected'),
  'account.suspicion-lifted': () => desk('suspicion-lifted'),
  'member.death-reported': () => desk('death-reported'),
  'member.closure-disputed': () => desk('closure-disputed'),
  'member.corrected': () => desk('corrected'),

  'verification.answered': ({ right }) => desk(right ? 'answer-right' : 'answer-wrong'),
  // What was sent is told by the message itself.
  'verification.code-tried': ({ outcome }) =>
    desk(outcome === 'right' ? 'caller-code-right' : 'caller-code-wrong'),
  'verification.number-shown': () => desk('number-shown'),
  'verification.called-back': ({ reached }) => desk(reached ? 'called-back' : 'called-back-nobody'),
  'verification.document-kept': ({ state }) => desk(`document-${String(state)}`),
  'verification.document-checked': ({ accepted }) => desk(accepted ? 'document-checked' : 'document-refused'),

  'approval.requested': ({ act }) => (act === 'document' ? undefined : desk('approval-requested')),
  'approval.granted': ({ act, outcome }) => {
    if (act === 'document') return undefined;
    return desk(outcome === 'done' ? 'approval-granted' : 'approval-overtaken');
  },
  'approval.refused': ({ act }) => (act === 'document' ? undefined : desk('approval-refused')),
  'approval.expired': () => system('approval-expired'),
  'approval.withdrawn': () => desk('approval-withdrawn'),

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
  // What else is owed follows from what stands here already.
  'callback.owed': ({ kind }) => (kind === 'promised-call' ? desk('call-promised') : undefined),
  'callback.tried': () => desk('called-back-in-vain'),
  'callback.done': ({ outcome }) => (outcome === 'reached' ? desk('called-back-reached') : undefined),
};

/** The events that a timeline tells. */
export const toldTypes = Object.keys(lines) as EventType[];

const isNotice = (template: unknown): boolean => String(template).startsWith('notice-');

const recognised = ['not-yet-valid', 'used', 'replaced', 'expired'];

const failedWords = (secret: string, why: string): string => {
  if (secret === 'france-connect') return 'federation-refused';
  if (why === 'over-limit') return 'refused-locked';
  if (why === 'address-block') return 'refused-slowed';
  if (secret === 'temporary') return recognised.includes(why) ? `temporary-${why}` : 'wrong-temporary';
  return 'wrong-password';
};
