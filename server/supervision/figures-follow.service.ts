import { countOpenAccounts } from '../accounts/account-count.service.ts';
import { placeOf } from '../agents/teams.service.ts';
import { follow, rewind, wholeSince, type StoredEvent } from '../audit/following.service.ts';
import { addDays, parisDay } from '../core/calendar.ts';
import type { Db, House } from '../core/ctx.ts';
import { housekeep } from '../core/perform.ts';
import { postedLetters, testAddressees } from '../letters/posted.service.ts';
import { canaryIds } from '../members/canaries.service.ts';
import { channelsOf } from '../messages/channels.service.ts';
import { countEvents, type Known } from './figures-counting.ts';
import { nowhere, type CallMemory } from './figures-memory.ts';
import * as memory from './figures-memory.store.ts';
import { addTallies } from './figures.store.ts';

const follower = 'figures';
const batch = 500;
// A database that has never been counted is caught up with over some minutes, not in one go.
const mostBatches = 200;

/** Counts what has happened since the last time; the chain says what, each event once, whatever dies between. */
export const runFigures = async (house: House): Promise<number> => {
  let counted = 0;
  for (let pass = 0; pass < mostBatches; pass += 1) {
    const taken = await follow(house, follower, countFigures, batch);
    counted += taken;
    if (taken < batch) break;
  }
  await countAccounts(house);
  return counted;
};

/**
 * Counts everything again from the chain. Where retention has removed what events said, the days counted from them
 * stay as they are.
 *
 * @returns how many events were counted, and the last day that stays as it was.
 */
export const recountFigures = async (
  house: House,
): Promise<{ events: number; frozenUntil: string | null }> => {
  const frozenUntil = await housekeep(house, async (db) => {
    const since = await wholeSince(db);
    const known = (await memory.readState(db)).frozenUntil;
    const removed = since === null ? null : addDays(parisDay(new Date(since)), daysApart);
    const until = removed !== null && removed > (known ?? '') ? removed : known;
    await rewind(db, follower);
    await memory.clearTallies(db, until);
    return until;
  });
  let events = 0;
  for (let taken = batch; taken === batch; events += taken)
    taken = await follow(house, follower, countFigures, batch);
  return { events, frozenUntil };
};

// What one day is counted from lies within so many days: a letter's announced day after its deposit is the longest.
const daysApart = 40;

/** What a follower does with one batch of events: everything is read first, counted, and written with its place. */
export const countFigures = async (db: Db, events: StoredEvent[]): Promise<void> => {
  const { frozenUntil } = await memory.readState(db);
  await notePlaces(db, events);
  const calls = await recallCalls(db, events);
  const known: Known = {
    calls,
    placeAt: await placesOf(db),
    nobodies: await nobodiesIn(db, events),
    channelOfMessage: await channelsOf(db, idsIn(events, 'message.sent', 'messageId')),
    posted: await postedIn(db, events),
    frozenUntil,
  };
  await addTallies(db, countEvents(events, known));
  await memory.saveCalls(db, [...calls.values()]);
  const last = events.at(-1)?.at ?? '';
  await memory.forgetCalls(db, new Date(Date.parse(last) - rememberedMs).toISOString());
  await memory.saveCountedUntil(db, last);
};

const dayMs = 86_400_000;
// Twice the week in which a call is repeated, and a day for calls that nobody ended.
const rememberedMs = 15 * dayMs;

const idsIn = (events: readonly StoredEvent[], type: string, name: string): string[] => [
  ...new Set(
    events.flatMap((event) => {
      const id = event.type === type ? event.data?.[name] : undefined;
      return typeof id === 'string' ? [id] : [];
    }),
  ),
];

/** The chain says that something of an agent changed, and not where they work now: that is read here. */
const notePlaces = async (db: Db, events: readonly StoredEvent[]): Promise<void> => {
  for (const { type, seq, data } of events) {
    const agentId = data?.agentId;
    if (!type.startsWith('agent.') || typeof agentId !== 'string') continue;
    const place = await placeOf(db, agentId);
    if (place)
      await memory.notePlace(db, { agentId, seq, siteId: place.siteId ?? '', team: place.team ?? '' });
  }
};

const placesOf = async (db: Db): Promise<Known['placeAt']> => {
  const byAgent = new Map<string, memory.PlaceSince[]>();
  for (const place of await memory.listPlaces(db))
    byAgent.set(place.agentId, [...(byAgent.get(place.agentId) ?? []), place]);
  return (agentId, seq) => byAgent.get(agentId ?? '')?.findLast((place) => place.seq <= seq) ?? nowhere;
};

const nobodiesIn = async (db: Db, events: readonly StoredEvent[]): Promise<Set<string>> => {
  const organisationIds = [...new Set(events.flatMap(({ organisationId }) => organisationId ?? []))];
  return new Set([...(await canaryIds({ db }, organisationIds)), ...(await testAddressees(db))]);
};

const recallCalls = async (db: Db, events: readonly StoredEvent[]): Promise<Map<string, CallMemory>> => {
  const calls = new Map<string, CallMemory>();
  const keep = (found: CallMemory[]): void => {
    for (const call of found) if (!calls.has(call.callId)) calls.set(call.callId, call);
  };
  const own = new Set(events.flatMap(({ callId }) => callId ?? []));
  keep(await memory.listCalls(db, [...own, ...idsIn(events, 'call.resumed', 'resumes')]));
  keep(
    await memory.listCalls(
      db,
      [...calls.values()].map(({ rootId }) => rootId),
    ),
  );

  const members = events.flatMap(({ type, memberId }) =>
    type === 'call.ended' && memberId ? [memberId] : [],
  );
  const first = Date.parse(events[0]?.at ?? '');
  keep(await memory.listCallsAbout(db, [...new Set(members)], new Date(first - rememberedMs).toISOString()));
  return calls;
};

const postedIn = async (db: Db, events: readonly StoredEvent[]): Promise<Known['posted']> => {
  const posted = new Map<
    string,
    { depositedAt: string; letters: Awaited<ReturnType<typeof postedLetters>> }
  >();
  const fresh = new Set(await memory.takeLots(db, idsIn(events, 'lot.deposited', 'lotId')));
  for (const { type, data } of events) {
    const lotId = String(data?.lotId);
    if (type !== 'lot.deposited' || !fresh.delete(lotId)) continue;
    const depositedAt = String(data?.depositedAt);
    posted.set(lotId, { depositedAt, letters: await postedLetters(db, lotId, depositedAt) });
  }
  return posted;
};

const countAccounts = async (house: House): Promise<void> => {
  const today = parisDay(house.clock());
  for (const id of await memory.listUncounted(house.pool, house.everyOrganisation(), today))
    await housekeep(house, async (db, now) =>
      memory.saveAccounts(db, {
        organisation_id: id,
        day: today,
        accounts: await countOpenAccounts({ db, now }, id),
      }),
    );
};
