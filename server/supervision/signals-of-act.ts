import type { StoredEvent } from '../audit/stories.service.ts';
import {
  agentOf,
  dayOf,
  isAct,
  isSending,
  type CallStories,
  type CallStory,
  type Finding,
} from './signals.ts';

type About = { event: StoredEvent; calls: CallStories };

/** What one row of the chain shows by itself, in its call. */
export const findingsOfAct = (event: StoredEvent, calls: CallStories): Finding[] =>
  [backOffice, channelLate, ownLot].flatMap((signal) => signal({ event, calls }) ?? []);

/** A finding about an act and its member. */
export const findingOn = (
  event: StoredEvent,
  agentId: string,
  more: Pick<Finding, 'signal'> & Partial<Finding>,
): Finding => ({
  agentId,
  organisationId: event.organisationId,
  memberId: event.memberId,
  lotId: null,
  day: dayOf(event),
  measure: 1,
  cause: '',
  acts: [event],
  ...more,
});

/** The measure is how many acts on the member the call holds so far. */
const backOffice = ({ event, calls }: About): Finding | null => {
  const call = calls.get(event.callId ?? '');
  const agentId = agentOf(event, calls);
  if (!call || !agentId || !event.memberId || !isAct(event)) return null;
  if (channelAt(call, event.seq) !== 'back-office') return null;
  const acts = call.events.filter(
    (one) => one.seq <= event.seq && one.memberId === event.memberId && isAct(one),
  );
  return findingOn(event, agentId, { signal: 'back-office', measure: acts.length, acts });
};

const channelAt = ({ events }: CallStory, seq: number): unknown => {
  let channel: unknown = null;
  for (const { type, data, seq: at } of events) {
    if (at > seq) break;
    if (type === 'call.opened') channel = data?.channel;
    const turned = type === 'call.changed' && (data?.channel as { to: string } | undefined);
    if (turned) channel = turned.to;
  }
  return channel;
};

/** Who calls, and how, decides what may be done: changed after acts or proofs, it was not so when they were done. */
const channelLate = ({ event, calls }: About): Finding | null => {
  const call = calls.get(event.callId ?? '');
  const changed = event.type === 'call.changed' && (event.data?.channel ?? event.data?.caller);
  const agentId = agentOf(event, calls);
  if (!call || !changed || !agentId) return null;
  const before = call.events.filter((one) => one.seq < event.seq && decides(one));
  if (before.length === 0) return null;
  return findingOn(event, agentId, {
    signal: 'channel-late',
    measure: before.length,
    acts: [...before, event],
  });
};

const decides = (event: StoredEvent): boolean =>
  isAct(event) ||
  isSending(event) ||
  ['verification.answered', 'verification.code-tried', 'verification.called-back'].includes(event.type);

const ownLot = ({ event }: About): Finding | null => {
  if (event.type !== 'lot.released' || event.data?.byMaker !== true || !event.actorId) return null;
  const lotId = String(event.data.lotId);
  return findingOn(event, event.actorId, { signal: 'own-lot', lotId });
};
