import type { StoredEvent } from '../audit/stories.service.ts';
import type { ReviewSettings } from './review-settings.schema.ts';
import { findingOn } from './signals-of-act.ts';
import { agentOf, isSending, type CallStories, type Finding } from './signals.ts';

type Member = { events: readonly StoredEvent[]; calls: CallStories };

/**
 * What a row of the chain shows together with what was done to its member before it.
 *
 * `events`: the member's unblocks, corrections and sendings up to then, in order.
 */
export const findingsOfMember = (
  event: StoredEvent,
  member: Member,
  { signals }: Pick<ReviewSettings, 'signals'>,
): Finding[] =>
  [
    wayIn(event, within(member, event, signals['way-in'].days)),
    changedThenUsed(event, within(member, event, signals['changed-then-used'].days)),
  ].flatMap((finding) => finding ?? []);

const within = ({ events, calls }: Member, { at, seq }: StoredEvent, days: number): Member => {
  const since = new Date(Date.parse(at) - days * 86_400_000).toISOString();
  return { calls, events: events.filter((one) => one.seq <= seq && one.at >= since) };
};

/** One agent unblocks, changes a contact and sends a way in: the measure is how many of the three. */
const wayIn = (event: StoredEvent, { events, calls }: Member): Finding | null => {
  const agentId = kindOf(event) && agentOf(event, calls);
  if (!agentId) return null;
  const own = events.filter((one) => kindOf(one) && agentOf(one, calls) === agentId);
  const measure = new Set(own.map(kindOf)).size;
  return measure < 2 ? null : findingOn(event, agentId, { signal: 'way-in', measure, acts: own });
};

const kindOf = (event: StoredEvent): 'unblock' | 'change' | 'send' | null => {
  if (event.type === 'account.unblocked') return 'unblock';
  if (event.type === 'member.corrected') return 'change';
  return isSending(event) ? 'send' : null;
};

/**
 * A way in goes, whoever asks for it, to what an agent changed shortly before: a finding about whoever changed it;
 * the measure is how many went there.
 */
const changedThenUsed = (event: StoredEvent, { events, calls }: Member): Finding | null => {
  const what = destinationOf(event);
  const change = what && events.findLast((one) => one.seq < event.seq && changes(one, what));
  const agentId = change && agentOf(change, calls);
  if (!change || !agentId) return null;
  const used = events.filter((one) => one.seq > change.seq && destinationOf(one) === what);
  return findingOn(event, agentId, {
    signal: 'changed-then-used',
    measure: used.length,
    acts: [change, ...used],
  });
};

const destinationOf = (event: StoredEvent): string | null => {
  if (!isSending(event)) return null;
  if (event.type === 'letter.requested') return 'address';
  return event.data?.channel === 'sms' ? 'mobile' : 'email';
};

const changes = ({ type, data }: StoredEvent, what: string): boolean =>
  type === 'member.corrected' && Array.isArray(data?.what) && data.what.includes(what);
