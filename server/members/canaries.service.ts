import { raiseAlert } from '../audit/alerts.service.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { look, perform } from '../core/perform.ts';
import * as store from './canaries.store.ts';

export { insertCanary, isNumberTaken, listCanaries, listSomeNumbers } from './canaries.store.ts';

/**
 * Which members are canaries: invented people at whom nobody has a reason to look. What counts or closes members leaves
 * them out. Without `ids`, all of the organisations.
 */
export const canaryIds = async (
  { db }: Pick<Ctx, 'db'>,
  organisationIds: readonly string[],
  ids?: readonly string[],
): Promise<ReadonlySet<string>> => new Set(await store.listCanaryIds(db, organisationIds, ids));

export const isCanary = async (
  { db }: Pick<Ctx, 'db'>,
  { id, organisationId }: { id: string; organisationId: string },
): Promise<boolean> => (await store.listCanaryIds(db, [organisationId], [id])).length > 0;

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
    for (const canary of canaries) await tellOfCanary(ctx, canary);
    return result;
  });
};

/** Tells the supervisors that somebody looks at a canary; once for each who looks, until it has been seen. */
export const tellOfCanary = (ctx: Ctx, { id, organisationId }: { id: string; organisationId: string }) => {
  const who = ctx.actor.kind === 'agent' ? ctx.actor.id : ctx.actor.kind;
  return raiseAlert(ctx, { organisationId, kind: 'canary-seen', memberId: id, subject: `${id}:${who}` });
};
