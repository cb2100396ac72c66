import type { StoredEvent } from '../audit/stories.service.ts';
import { parisDay, type Day } from '../core/calendar.ts';
import type { EventType } from '../audit/vocabulary.schema.ts';
import type { SignalName } from './review-settings.schema.ts';

/** What a signal measured about one agent, and for some about one member; whether it fires is the threshold's affair. */
export type Finding = {
  signal: SignalName;
  agentId: string;
  organisationId: string | null;
  /** Null where it is the agent's day that counts. */
  memberId: string | null;
  lotId: string | null;
  day: Day;
  measure: number;
  /** What several agents would share if it had one cause: a site, a rule; '' where the signal says all. */
  cause: string;
  /** Rows of the chain that show it. */
  acts: StoredEvent[];
};

/** A call as the chain tells it: who opened it, and everything in it. */
export type CallStory = { agentId: string | null; events: StoredEvent[] };
export type CallStories = ReadonlyMap<string, CallStory>;

/** What an agent does about a member's way in; the sample is drawn from these, and rates count them. */
export const actTypes = [
  'account.unblocked',
  'account.unfrozen',
  'account.suspected',
  'account.suspicion-lifted',
  'letter.requested',
  'letter.cancelled',
  'message.asked',
  'member.corrected',
  'member.death-reported',
  'member.closure-disputed',
  'member.nir-revealed',
  'approval.granted',
  'lot.released',
] as const satisfies EventType[];
const acts: ReadonlySet<string> = new Set(actTypes);
const waysIn: ReadonlySet<unknown> = new Set(['reset-link', 'code', 'temporary-password']);

/** Notices say what was done; only what leads into an account is an act of its own. */
export const isAct = ({ type, result, data, actorKind }: StoredEvent): boolean =>
  actorKind === 'agent' &&
  result === 'done' &&
  acts.has(type) &&
  (type !== 'message.asked' || waysIn.has(data?.template));

/** A way in that leaves, whoever asked for it. */
export const isSending = ({ type, result, data }: StoredEvent): boolean =>
  result === 'done' &&
  (type === 'letter.requested' || (type === 'message.asked' && waysIn.has(data?.template)));

/**
 * Whose act it is: an approved one runs under the name of whoever granted it, but belongs to whoever asked, whose
 * call it is.
 */
export const agentOf = (event: StoredEvent, calls: CallStories): string | null =>
  calls.get(event.callId ?? '')?.agentId ?? (event.actorKind === 'agent' ? event.actorId : null);

export const dayOf = ({ at }: StoredEvent): Day => parisDay(new Date(at));

/** Adds to a group of a map, in order. */
export const gather = <Key, Value>(into: Map<Key, Value[]>, key: Key, value: Value): void => {
  const found = into.get(key);
  if (found) found.push(value);
  else into.set(key, [value]);
};

export const groupBy = <Value, Key>(
  values: readonly Value[],
  keyOf: (value: Value) => Key,
): Map<Key, Value[]> => {
  const groups = new Map<Key, Value[]>();
  for (const value of values) gather(groups, keyOf(value), value);
  return groups;
};
