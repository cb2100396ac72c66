import { teamOf } from '../agents/agents.service.ts';
import type { CallbackKind } from '../calls/callbacks.schema.ts';
import { nextNoon } from '../calls/half-day.ts';
import { dropAll, listOpenSubjects, notYetOwed, oweAll } from '../calls/owing.service.ts';
import type { House } from '../core/ctx.ts';
import { listUndelivered } from '../messages/undelivered.service.ts';
import * as store from './what-failed.store.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** The lot of a collection is declared when whoever carried it is back: known the same evening. */
const declaredWithinMs = 3 * hourMs;
/** While the call lasts its agent sees a message fail, and chooses another way. */
const calledWithinMs = 15 * minuteMs;
/** What failed longer ago is no call to make any more; a returned letter may have been posted long before. */
const lookBackMs = 7 * dayMs;
const postedBackMs = 90 * dayMs;
const atOnce = 50;

/**
 * Owes a call to members whom what the desk promised does not reach: a letter that was not with the post by its
 * latest moment, one that came back, a message that failed for good. A letter that a later declaration shows to be
 * posted in time is owed no more. Answers how many changed; safe on several servers at once.
 */
export const runCallbacks = async (house: House): Promise<number> => {
  let changed = 0;
  for (const { id } of house.organisations.all()) {
    changed += await dropNotMissed(house, id);
    changed += await oweBatches(house, id, 'missed-promise', listMissed);
    changed += await oweBatches(house, id, 'undeliverable', listReturned);
    changed += await oweBatches(house, id, 'undeliverable', listFailed);
  }
  return changed;
};

type Failed = { id: string; member_id: string; asked_by: string };
type List = (house: House, organisationId: string) => Promise<Failed[]>;

const ago = (house: House, ms: number): string => new Date(house.clock().getTime() - ms).toISOString();

const listMissed: List = (house, organisationId) => {
  const between = { from: ago(house, lookBackMs), to: ago(house, declaredWithinMs) };
  const except = notYetOwed(house.pool, 'missed-promise', 'l.id');
  return store.listMissed(house.pool, organisationId, between, except, atOnce);
};

const listReturned: List = (house, organisationId) => {
  const since = { postedFrom: ago(house, postedBackMs), returnedFrom: ago(house, lookBackMs) };
  const except = notYetOwed(house.pool, 'undeliverable', 'l.id');
  return store.listReturned(house.pool, organisationId, since, except, atOnce);
};

const listFailed: List = (house, organisationId) => {
  const between = { from: ago(house, lookBackMs), to: ago(house, calledWithinMs) };
  const except = [notYetOwed(house.pool, 'undeliverable', 'm.id'), store.noLetterAfter(house.pool)];
  return listUndelivered(house.pool, organisationId, between, except, atOnce);
};

const oweBatches = async (
  house: House,
  organisationId: string,
  kind: CallbackKind,
  list: List,
): Promise<number> => {
  let owed = 0;
  for (;;) {
    const failed = await list(house, organisationId);
    if (failed.length === 0) return owed;
    const teams = await teamsOf(house, failed);
    const dueAt = nextNoon(house.clock());
    const made = await oweAll(
      house,
      organisationId,
      failed.map(({ id: subject, member_id: memberId, asked_by }) => {
        return { organisationId, memberId, kind, subject, dueAt, team: teams.get(asked_by) ?? null };
      }),
    );
    owed += made;
    // Another server is at it.
    if (made === 0 || failed.length < atOnce) return owed;
  }
};

const dropNotMissed = async (house: House, organisationId: string): Promise<number> => {
  const subjects = await listOpenSubjects(house.pool, organisationId, 'missed-promise');
  if (subjects.length === 0) return 0;
  const notMissed = await store.listNotMissed(house.pool, subjects);
  return notMissed.length > 0 ? dropAll(house, organisationId, 'missed-promise', notMissed) : 0;
};

const teamsOf = async ({ pool }: House, failed: Failed[]): Promise<Map<string, string | null>> => {
  const agents = [...new Set(failed.map(({ asked_by }) => asked_by))];
  return new Map(await Promise.all(agents.map(async (id) => [id, await teamOf(pool, id)] as const)));
};
