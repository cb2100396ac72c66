import type { House, StampedEvent } from '../../server/core/ctx.ts';
import { appendEvents, housekeep } from '../../server/core/perform.ts';
import { everyOrganisation } from './bench-house.ts';

const group = 1_000;
const yearMs = 365 * 86_400_000;

/** So many rows of a year at the desk: calls with a look, a proof, an act and an end each, one after the other. */
export const fillChain = async (
  house: House,
  rows: number,
  tell: (done: number) => void = () => undefined,
): Promise<void> => {
  const organisations = everyOrganisation(house);
  const began = house.clock().getTime() - yearMs;
  const step = yearMs / rows;
  for (let done = 0; done < rows; done += group) {
    const events = Array.from({ length: Math.min(group, rows - done) }, (_, at) =>
      eventAt(done + at, new Date(began + (done + at) * step).toISOString(), organisations),
    );
    await housekeep(house, (db) => appendEvents(house, db, events));
    tell(done);
  }
};

// A call is five rows long.
const kinds: { type: string; result: 'done' | 'failed'; data: Record<string, unknown> }[] = [
  {
    type: 'call.opened',
    result: 'done',
    data: { channel: 'telephone', caller: 'member', bySearchOrLook: false },
  },
  { type: 'member.viewed', result: 'done', data: { headline: 'locked', alsoShown: [] } },
  { type: 'verification.answered', result: 'done', data: { fact: 'fact', right: true, rightSoFar: 1 } },
  { type: 'account.unblocked', result: 'done', data: { reason: 'mistyped', failuresForgiven: 3 } },
  { type: 'call.ended', result: 'done', data: { by: 'agent', outcome: 'settled' } },
];

const eventAt = (at: number, moment: string, organisations: string[]): StampedEvent => {
  const call = Math.floor(at / kinds.length);
  const { type, result, data } = kinds[at % kinds.length] as (typeof kinds)[number];
  return {
    id: `bench-event-${at}`,
    at: moment,
    type,
    result,
    data,
    organisationId: organisations[call % organisations.length] ?? null,
    // Somebody calls again now and then.
    memberId: `bench-member-${(call * 7_919) % 50_000}`,
    callId: `bench-call-${call}`,
    actor: { kind: 'agent', id: `bench-agent-${call % 80}`, role: 'agent' },
    requestId: `bench-request-${at}`,
  };
};
