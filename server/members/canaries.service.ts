import type { Knex } from 'knex';
import { raiseAlert } from '../audit/alerts.service.ts';
import type { Ctx, Db, RecordedEvent, Visit } from '../core/ctx.ts';
import { look, perform } from '../core/perform.ts';
import * as store from './canaries.store.ts';

export { insertCanary, isNumberTaken, listCanaries, listSomeNumbers } from './canaries.store.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Queries for the ids of members behind ids of what is theirs; the rooms that hold these hand them over. */
    membersBehind: (db: Db, ids: string[]) => Knex.QueryBuilder[];
  }
}

/**
 * Which members are canaries: invented people at whom nobody has a reason to look. What counts or closes members leaves
 * them out. Without `ids`, all of the organisations.
 */
export const canaryIds = async (
  { db }: Pick<Ctx, 'db'>,
  organisationIds: readonly string[],
  ids?: readonly string[],
): Promise<ReadonlySet<string>> => new Set(await store.listCanaryIds(db, organisationIds, ids));

/**
 * A look at somebody who may be a canary. Of a canary it is an act: the supervisors' alert is committed together with
 * the row of the look, or nothing is shown. Whoever looks is answered the same.
 */
export const lookAt = async <T>(
  visit: Visit,
  members: { id: string; organisationId: string }[],
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> => {
  const organisationIds = [...new Set(members.map(({ organisationId }) => organisationId))];
  const ids = members.map(({ id }) => id);
  const seen = ids.length > 0 ? await canaryIds({ db: visit.house.pool }, organisationIds, ids) : new Set();
  const canaries = members.filter(({ id }) => seen.has(id));
  if (canaries.length === 0) return look(visit, work);
  return perform(visit, async (ctx) => {
    const result = await work(ctx);
    const named = new Set(ctx.events.filter(isAbout).map(({ memberId }) => memberId));
    for (const canary of canaries) if (!named.has(canary.id)) await tellOfCanary(ctx, canary);
    return result;
  });
};

/** An agent's act on a canary alarms as a look at one does, once, in the transaction of the act. */
export const tellOfActs = async (ctx: Ctx): Promise<void> => {
  const acts = ctx.actor.kind === 'agent' ? ctx.events.filter(isAbout) : [];
  if (acts.length === 0) return;
  const ids = [...new Set(acts.flatMap(({ memberId }) => memberId ?? []))];
  for (const canary of await store.listAmong(ctx.db, ctx.scope, ids)) await tellOfCanary(ctx, canary);
};

/** So does one that was refused: `ids` are what it was tried with, a member or what is theirs. */
export const tellOfRefusal = async (ctx: Ctx, ids: string[]): Promise<void> => {
  for (const canary of await canariesBehind(ctx, ids)) await tellOfCanary(ctx, canary);
};

/** Whether a canary stands behind ids that an agent tried: one query, whatever they are ids of. */
export const isCanaryBehind = async (visit: Visit, ids: string[]): Promise<boolean> =>
  (await canariesBehind({ ...visit, db: visit.house.pool }, ids)).length > 0;

const canariesBehind = async ({ actor, scope, house, db }: Visit & { db: Db }, ids: string[]) =>
  actor.kind === 'agent' && ids.length > 0
    ? store.listAmong(db, scope, ids, house.membersBehind(db, ids))
    : [];

// A call alone says nothing of a member, but whoever takes up another's takes up its member; and whoever supervises
// looks at what others did. A refusal tells of itself, by the ids it came with.
const isAbout = ({ type, memberId }: RecordedEvent): boolean =>
  memberId !== null &&
  (type === 'call.resumed' || !/^(call|alert|request|review|incident|bulk)\./.test(type));

/** Tells the supervisors that somebody looks at a canary; once for each who looks, until it has been seen. */
const tellOfCanary = (ctx: Ctx, { id, organisationId }: { id: string; organisationId: string }) => {
  const who = ctx.actor.kind === 'agent' ? ctx.actor.id : ctx.actor.kind;
  return raiseAlert(ctx, { organisationId, kind: 'canary-seen', memberId: id, subject: `${id}:${who}` });
};
