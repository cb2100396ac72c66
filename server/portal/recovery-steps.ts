import type { z } from 'zod';
import type { Visit } from '../core/ctx.ts';
import type { Channel } from '../core/vocabulary.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { ruleInWords } from './password-words.ts';
import type { RecoveryStep } from './portal.schema.ts';
import { messageWays, waysOf, type Way } from './recovery-ways.ts';
import { letterNotes, lifeInWords, promiseOf, sayer, type Say } from './recovery-words.ts';

export type Step = z.input<typeof RecoveryStep>;

/** Where a recovery stands. Before a proof nothing of it comes from a member. */
export type Standing = {
  step: Step['step'];
  /** A proof was given: what is said then may follow from the member's file. */
  proved: boolean;
  /** From what one may choose, or choose otherwise; see `offeredWays`. */
  offered: Way[];
  /** After a proof: what reaches this member; null before one. */
  usable: ReadonlySet<Channel> | null;
  /** After a proof: channels on file that this organisation's messages do not reach. */
  outOfReach: ReadonlySet<Channel>;
  /** What was used; null where nothing was, or nobody chose. */
  way: Way | null;
  /** True once a code was typed right: what the way brings has been sent, not its code. */
  codeDone: boolean;
  letterAsked: boolean;
};

// Constant, the same for everybody, and as long for every address (DOMAIN, "The gate").
const masks: Record<Channel, string | null> = { email: '•••••@•••••', sms: '•• •• •• •• ••', letter: null };

/** Everything a page needs to show this step, in words. */
export const stepInWords = (
  at: Pick<Visit, 'house' | 'language'> & { now: Date },
  policy: Policy,
  standing: Standing,
): Step => {
  const say = sayer(at, policy);
  const { step, way, letterAsked } = standing;
  const isCode = step === 'enter-code';
  const said = words(say, at, policy, standing);
  return {
    step,
    ...said,
    channels: channelsIn(say, standing),
    channel: way?.channel ?? null,
    code: isCode
      ? {
          name: policy.code.name[at.language],
          digits: policy.code.digits,
          minutes: policy.code.lifetimeMinutes,
        }
      : null,
    mayCancelLetter: letterAsked,
    passwordRule: step === 'choose-password' ? ruleInWords(at, policy) : [],
  };
};

type Words = Pick<Step, 'title' | 'message' | 'notes'>;
type At = Pick<Visit, 'house' | 'language'> & { now: Date };

const words = (say: Say, at: At, policy: Policy, standing: Standing): Words => {
  switch (standing.step) {
    case 'choose-channel':
      return choose(say, at, policy, standing);
    case 'enter-code':
      return enterCode(say, policy, standing);
    case 'sent':
      return sent(say, at, policy, standing);
    case 'choose-password':
      return { title: say('title.choose-password'), message: say('link.opened'), notes: [] };
    case 'not-locked': {
      const title = policy.memberUnblock.notLocked?.[at.language] ?? '';
      return { title, message: say('not-locked'), notes: [] };
    }
    default:
      return { title: say('title.refused'), message: say('refused'), notes: [] };
  }
};

const choose = (say: Say, at: At, policy: Policy, { offered, proved }: Standing): Words => {
  const messages = messageWays(offered);
  const [first] = messages;
  const brings = messages.some((way) => way.brings === 'temporary') ? 'temporary' : first?.brings;
  const title = say(`title.choose-${brings ?? 'link'}`);
  if (proved) return { title, message: say('choose.proved'), notes: scopeNotes(say, messages) };

  const both = messages.length > 1;
  const contacts = say(`contacts.${both ? 'both' : (first?.channel ?? 'email')}`);
  const hasLetter = offered.some(({ channel }) => channel === 'letter');
  const letter = hasLetter ? [say('choose.orLetter', { promise: promiseOf(at, policy) })] : [];
  return {
    title,
    message: [say('choose.message', { contacts }), ...letter].join(' '),
    notes: [
      ...scopeNotes(say, messages),
      ...(policy.recovery.singleChannelIsAutomatic && both ? [say('choose.onlyOne')] : []),
      ...(hasLetter ? letterNotes(at, policy) : []),
    ],
  };
};

const enterCode = (say: Say, policy: Policy, { way, offered }: Standing): Words => ({
  title: say('title.enter-code'),
  message: say(`enter-code.${way?.channel ?? 'email'}`),
  notes: [
    ...(policy.recovery.codeOnSamePage ? [say('enter-code.samePage')] : []),
    say('enter-code.life', { digits: policy.code.digits, minutes: policy.code.lifetimeMinutes }),
    ...(way?.channel === 'email' ? [say('note.spam')] : scopeNotes(say, way ? [way] : [])),
    ...(offered.length > 1 ? [say('note.otherChannel')] : []),
  ],
});

const sent = (say: Say, at: At, policy: Policy, standing: Standing): Words => {
  const { way } = standing;
  if (!way) return automatic(say, at, policy);
  if (way.channel === 'letter') {
    const message = say('sent-before.letter-letter', { promise: promiseOf(at, policy) });
    return { title: say('title.sent'), message, notes: letterNotes(at, policy) };
  }

  const kind = `${way.channel}-${way.brings}`;
  const isKnown = standing.proved || standing.codeDone;
  const isOnlyOne = standing.usable?.size === 1 && policy.recovery.singleChannelIsAutomatic;
  const message = isKnown ? say(`sent-after.${kind}`) : say(`sent-before.${kind}`);
  const life = lifeInWords(at, way.lifetimeMinutes ?? 0);
  return {
    title: say(isKnown ? `title.${way.brings}-sent` : 'title.sent'),
    message: isOnlyOne ? `${say(`sent-after.onlyOne-${way.channel}`)} ${message}` : message,
    notes: [
      ...(way.channel === 'sms' || standing.outOfReach.has('sms')
        ? scopeNotes(say, [...standing.offered, way])
        : []),
      say(way.brings === 'link' ? 'note.linkLife' : 'note.temporaryLife', { life }),
      ...(way.channel === 'email' ? [say('note.spam')] : []),
      ...(isKnown && way.brings === 'temporary' ? [say('note.noPassword')] : []),
      ...(!isKnown && standing.offered.length > 1 ? [say('note.otherChannel')] : []),
      ...(!isKnown && policy.recovery.singleChannelIsAutomatic && messageWays(standing.offered).length > 1
        ? [say('choose.onlyOne')]
        : []),
    ],
  };
};

/** No choice: the message if we can, else the letter; one answer names both. */
const automatic = (say: Say, at: At, policy: Policy): Words => {
  const [way] = messageWays(waysOf(policy));
  const hasLetter = policy.channels.some(({ kind }) => kind === 'letter');
  const letter = hasLetter ? [say('sent-before.automaticLetter', { promise: promiseOf(at, policy) })] : [];
  const isLink = way?.brings === 'link';
  const first = say(isLink ? 'sent-before.automatic' : `sent-before.${way?.channel}-${way?.brings}`);
  const life = lifeInWords(at, way?.lifetimeMinutes ?? 0);
  return {
    title: say('title.sent'),
    message: [first, ...letter].join(' '),
    notes: [
      ...(isLink ? [say('note.linkLife', { life })] : []),
      ...(way?.channel === 'email' ? [say('note.spam')] : scopeNotes(say, way ? [way] : [])),
      say(hasLetter ? 'note.noEmailLetter' : 'note.noEmail'),
      ...letterNotes(at, policy),
    ],
  };
};

const channelsIn = (say: Say, standing: Standing): Step['channels'] => {
  const { step, offered, usable, outOfReach } = standing;
  if (!['choose-channel', 'enter-code', 'sent'].includes(step)) return [];
  return offered
    .filter(({ channel }) => usable === null || usable.has(channel) || outOfReach.has(channel))
    .map(({ channel, brings, scope }) => ({
      kind: channel,
      label: say(`label.${channel}-${brings}`),
      mask: masks[channel],
      usable: usable === null || usable.has(channel),
      note: outOfReach.has(channel) && scope !== 'any' ? say(`note.${scope}`) : null,
    }));
};

// Whom the organisation's SMS do not reach must know before choosing them.
const scopeNotes = (say: Say, ways: Way[]): string[] => {
  const sms = ways.find(({ channel }) => channel === 'sms');
  return sms && sms.scope !== 'any' ? [say(`note.${sms.scope}`)] : [];
};
