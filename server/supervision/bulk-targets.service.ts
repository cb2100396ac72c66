import { momentsOfLocks } from '../accounts/locks.service.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { look } from '../core/perform.ts';
import { findBulk } from './bulk.service.ts';
import type { AskTargets, BulkTargets } from './bulk.schema.ts';
import * as store from './bulk.store.ts';
import type { BulkRow, BulkTarget } from './bulk.store.ts';
import { findKnown, inEach } from './incidents.service.ts';
import { named } from './touched-list.service.ts';
import { touchedAsTaken, type Person, type Taken } from './touched.service.ts';

/**
 * A page of those that a request is about, as whoever asked saw them: frozen when it was asked, in the order in which
 * it is done. A look, that names whom it showed.
 */
export const viewTargets = (visit: Visit, id: string, { range }: AskTargets): Promise<BulkTargets> =>
  look(visit, async (ctx) => {
    const row = await findBulk(ctx, id);
    const page = { offset: range[0], limit: range[1] - range[0] + 1 };
    const targets = await store.listTargets(ctx.db, id, page);
    const rows = await named(ctx, await peopleOf(ctx, row, targets));
    const { kind, incident_id: incidentId } = row;
    const total = Number(row.targets);
    const data = { requestId: id, kind, incidentId, members: total };
    const organisationIds = (await store.organisationsOfRequests(ctx.db, [id])).get(id) ?? [];
    for (const organisationId of organisationIds) {
      const own = rows.filter((one) => one.organisationId === organisationId);
      const shown = own.map(({ memberId }) => memberId);
      inEach(ctx, [organisationId], { type: 'bulk.viewed', data: { ...data, shown } });
    }
    return { rows, total };
  });

const peopleOf = async (ctx: Ctx, row: BulkRow, targets: BulkTarget[]): Promise<Person[]> => {
  const touched = row.kind === 'kill-secrets' ? await touchedOf(ctx, row) : new Map<string, Person>();
  const locked = await momentsOfLocks(
    ctx,
    targets.flatMap(({ lockId }) => lockId ?? []),
  );
  return targets.map(({ memberId, organisationId, lockId }) => {
    const lockedAt = locked.get(lockId ?? '') ?? null;
    return touched.get(memberId) ?? untouched(memberId, organisationId, lockedAt);
  });
};

/**
 * What was counted when it was asked: its period was frozen with it, and the audit only grows. Also once its agent
 * has no organisation left, so that whoever may approve reads what they approve.
 */
const touchedOf = async (ctx: Ctx, { incident_id: id, criteria }: BulkRow): Promise<Map<string, Person>> => {
  if (id === null) return new Map();
  const people = await touchedAsTaken(ctx, await findKnown(ctx, id), JSON.parse(criteria) as Taken);
  return new Map(people.map((person) => [person.memberId, person]));
};

const untouched = (memberId: string, organisationId: string, lockedAt: string | null): Person => ({
  ...{ memberId, organisationId },
  ...{ looked: 0, acted: 0, sent: 0, printed: 0 },
  ...{ firstAt: lockedAt, lastAt: lockedAt },
});
