import { medianOf } from '../accounts/desk-volume.ts';
import type { StoredEvent } from '../audit/stories.service.ts';
import type { ReviewSettings } from './review-settings.schema.ts';
import { findingOn } from './signals-of-act.ts';
import { groupBy, isAct, isSending, type Finding } from './signals.ts';

/**
 * Agents who send far more ways in, or unblock far more, than the others who are there: the measure is how many times
 * the median of those present, who looked at members too without sending anything.
 *
 * `events`: acts and looks of one organisation within the hours that count, in order.
 */
export const findingsOfVolume = (
  events: readonly StoredEvent[],
  { signals }: Pick<ReviewSettings, 'signals'>,
): Finding[] => {
  const byAgent = groupBy(
    events.filter(({ actorKind, actorId }) => actorKind === 'agent' && actorId !== null),
    ({ actorId }) => actorId as string,
  );
  const sent = new Map([...byAgent].map(([agent, own]) => [agent, sentBy(own)]));
  return [...sent].flatMap(([agentId, own]) => {
    const last = own.at(-1);
    if (!last || own.length < signals.volume.least) return [];
    const others = [...sent].filter(([id]) => id !== agentId).map(([, acts]) => acts.length);
    const measure = Math.floor(own.length / Math.max(1, medianOf(others)));
    return [findingOn(last, agentId, { signal: 'volume', memberId: null, measure, acts: own })];
  });
};

// What runs on somebody's yes stands under the name of whoever said it, in the call of whoever asked: it is neither's
// own volume, two people looked at it.
const sentBy = (own: readonly StoredEvent[]): StoredEvent[] => {
  const granted = new Set(own.filter(({ type }) => type === 'approval.granted').map(({ callId }) => callId));
  return own.filter((event) => opens(event) && !granted.has(event.callId));
};

const opens = (event: StoredEvent): boolean =>
  isAct(event) && (isSending(event) || event.type === 'account.unblocked');
