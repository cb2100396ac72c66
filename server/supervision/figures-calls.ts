import { parisDay } from '../core/calendar.ts';
import type { CallMemory, Tallies } from './figures-memory.ts';

/** The same week as a call's page tells of (calls/repeat-calls): seven times 24 hours. */
export const repeatedWithinMs = 7 * 86_400_000;

/**
 * Counts a call that has ended, on the day it was opened: how long it took, what it came to, and whether somebody
 * calls again about the same member within the week. One that goes on with a dropped one is the same call.
 */
export const countCall = (
  tallies: Tallies,
  calls: ReadonlyMap<string, CallMemory>,
  call: CallMemory,
  end: { at: string; outcome: string },
): void => {
  const seconds = Math.max(0, Math.round((Date.parse(end.at) - Date.parse(call.openedAt)) / 1_000));
  const dropped = calls.get(call.rootId);
  const root = dropped?.isCounted ? dropped : call;
  const add = adderOf(tallies, root);

  if (root === call) {
    call.rootId = call.callId;
    call.isCounted = true;
    add('calls', 1, seconds);
    countRepeats(tallies, calls, call);
  } else {
    add('calls', 0, seconds);
  }
  if (root.outcome !== end.outcome) {
    if (outcomes[root.outcome]) add(outcomes[root.outcome] ?? '', -1);
    if (outcomes[end.outcome]) add(outcomes[end.outcome] ?? '', 1);
    root.outcome = end.outcome;
  }
  if (call.unblocks === 0) return;
  add('unblock.calls', call.unblocks, seconds);
  if (call.sms > 0) add('unblock.sms', call.sms);
  if (call.emails > 0) add('unblock.emails', call.emails);
};

const outcomes: Record<string, string> = { settled: 'calls.settled', 'letter-on-its-way': 'calls.letter' };

const adderOf =
  (tallies: Tallies, { organisationId, siteId, team, openedAt }: CallMemory) =>
  (measure: string, n = 1, sum = 0): void => {
    const day = parisDay(new Date(openedAt));
    tallies.add({ organisationId: organisationId ?? '', day, siteId, team, measure }, n, sum);
  };

// Calls end in another order than they begin: what was said of a later one is taken back.
const countRepeats = (tallies: Tallies, calls: ReadonlyMap<string, CallMemory>, call: CallMemory): void => {
  const others = [...calls.values()].filter(
    (one) => one.memberId === call.memberId && one.isCounted && one !== call && one.rootId === one.callId,
  );
  const since = (one: CallMemory) => Date.parse(call.openedAt) - Date.parse(one.openedAt);
  const before = others.filter((one) => since(one) >= 0 && since(one) < repeatedWithinMs);
  const after = others.filter((one) => since(one) < 0 && since(one) > -repeatedWithinMs);

  call.isFirst = before.length === 0;
  adderOf(tallies, call)(call.isFirst ? 'calls.first' : 'calls.repeated');
  for (const one of before.filter(({ isFirst }) => isFirst)) markFollowed(tallies, one);
  for (const one of after.filter(({ isFirst }) => isFirst)) {
    const add = adderOf(tallies, one);
    add('calls.first', -1);
    add('calls.repeated', 1);
    if (one.isFollowed) add('calls.first-again', -1);
    one.isFirst = false;
  }
  if (call.isFirst && after.length > 0) markFollowed(tallies, call);
};

const markFollowed = (tallies: Tallies, call: CallMemory): void => {
  if (call.isFollowed) return;
  call.isFollowed = true;
  adderOf(tallies, call)('calls.first-again');
};
