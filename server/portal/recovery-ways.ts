import type { Channel, SpaceType } from '../core/vocabulary.ts';
import type { ChannelKind, ChannelPolicy } from '../organisations/policy-parts.schema.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { RecoveryPath } from './portal.schema.ts';

/** What leaves by a channel: a link, a temporary password, a code that is typed back, or a letter. */
export type Form = 'link' | 'temporary' | 'code' | 'letter';

/** One channel of an organisation's file, as a way back in takes it. */
export type Way = {
  channel: Channel;
  /** What the channel brings in the end. */
  brings: Form;
  /** What leaves first: a code where the file says so. */
  first: Form;
  /** How long what it brings lives; null for the letter, whose dates are its own. */
  lifetimeMinutes: number | null;
  scope: 'metropolitan' | 'france' | 'any';
};

/** Every channel of the file, a kind once and in its order. */
export const waysOf = (policy: Policy): Way[] => {
  const ways = policy.channels.map((channel) => wayOf(policy, channel));
  return ways.filter(({ channel }, at) => ways.findIndex((way) => way.channel === channel) === at);
};

/** True where the member chooses nothing: the one kind of message the organisation sends is used, else the letter. */
export const isAutomatic = (policy: Policy): boolean =>
  policy.recovery.singleChannelIsAutomatic && messageWays(waysOf(policy)).length === 1;

/** The ways that a recovery may choose from: without a proof those of the file, the same for everybody. */
export const offeredWays = (
  policy: Policy,
  { path, proved }: { path: RecoveryPath; proved: boolean },
  spaceType: SpaceType | null = null,
): Way[] => {
  if (path === 'forgotten') return isAutomatic(policy) ? [] : waysOf(policy);
  if (!proved) return [];
  if (path === 'unblock') return messageWays(waysOf(policy));
  const groups = policy.proofs.filter(({ spaceTypes }) => !spaceType || spaceTypes.includes(spaceType));
  const right = new Set<ChannelKind>(groups.flatMap((group) => group.right));
  const kept = { ...policy, channels: policy.channels.filter(({ kind }) => right.has(kind)) };
  // The proof stands in the place of the code.
  return waysOf(kept).map((way) => ({ ...way, first: way.brings }));
};

export const messageWays = (ways: Way[]): Way[] => ways.filter(({ channel }) => channel !== 'letter');

const forms: Record<ChannelKind, Form> = {
  'email-link': 'link',
  'email-code': 'code',
  'email-temporary': 'temporary',
  'sms-code': 'code',
  'sms-temporary': 'temporary',
  letter: 'letter',
};

const wayOf = (policy: Policy, channel: ChannelPolicy): Way => {
  const brings = forms[channel.kind];
  const needsCode = policy.recovery.codeFirst && brings === 'temporary';
  return {
    channel: channel.kind.split('-')[0] as Channel,
    brings,
    first: needsCode ? 'code' : brings,
    lifetimeMinutes: lifetimeOf(policy, channel),
    scope: 'scope' in channel ? channel.scope : 'any',
  };
};

const lifetimeOf = ({ code }: Policy, channel: ChannelPolicy): number | null => {
  if ('lifetimeMinutes' in channel) return channel.lifetimeMinutes;
  return channel.kind === 'letter' ? null : code.lifetimeMinutes;
};
