import { killSecretsTogether, unblockTogether } from '../accounts/together.service.ts';
import { record } from '../audit/record.ts';
import type { Ctx, House } from '../core/ctx.ts';
import { perform, systemVisit } from '../core/perform.ts';
import * as store from './bulk.store.ts';
import type { BulkRow, BulkTarget } from './bulk.store.ts';
import { endBulkAlert } from './bulk-alerts.service.ts';
import { inEach } from './incidents.service.ts';

type Pace = {
  /** Accounts of one transaction. */
  batch?: number;
  /** Batches of one pass: what is left waits for the next. */
  most?: number;
};

/**
 * Does what two persons decided, batch after batch: each in one transaction with its row in the audit and how far it
 * has come, so that whoever goes on after a crash does nothing twice and leaves nothing out. Ends requests that nobody
 * answered. Safe on several servers at once. Answers how much it did.
 */
export const runBulk = async (house: House, { batch = 200, most = 50 }: Pace = {}): Promise<number> => {
  let done = await expire(house);
  for (const { id } of await store.listRunning(house.pool)) {
    for (let left = most; left > 0; left -= 1) {
      if (!(await step(house, id, batch))) break;
      done += 1;
    }
  }
  return done;
};

/** Another server was faster: nothing was done and nothing is recorded. */
class Nothing extends Error {}

const unlessNothing = async (house: House, work: (ctx: Ctx) => Promise<void>): Promise<boolean> => {
  try {
    await perform(systemVisit(house, 'bulk', house.everyOrganisation()), work);
    return true;
  } catch (error) {
    if (error instanceof Nothing) return false;
    throw error;
  }
};

const step = (house: House, id: string, size: number): Promise<boolean> =>
  unlessNothing(house, async (ctx) => {
    const taken = await store.takeBatch(ctx.db, id, size);
    if (!taken) throw new Nothing();
    const { row, targets } = taken;
    const sum = { hit: Number(row.hit), secrets: Number(row.secrets), letters: Number(row.letters) };
    for (const own of byOrganisation(targets)) {
      const did = await act(ctx, row, own);
      sum.hit += did.hit;
      sum.secrets += did.secrets;
      sum.letters += did.letters;
    }
    const place = targets.at(-1)?.place ?? Number(row.done_place);
    const isLast = place >= Number(row.targets) || targets.length === 0;
    await store.moveOn(ctx.db, row, {
      ...sum,
      done_place: place,
      state: isLast ? 'done' : 'running',
      open_key: isLast ? null : row.open_key,
      finished_at: isLast ? ctx.now.toISOString() : null,
    });
    await house.reached('bulk-step');
    if (!isLast) return;
    const data = { requestId: id, kind: row.kind, incidentId: row.incident_id, ...sum };
    inEach(ctx, await organisationsOf(ctx, id), { type: 'bulk.done', data });
  });

const act = async (ctx: Ctx, row: BulkRow, targets: BulkTarget[]) => {
  const [first, last] = [targets[0], targets.at(-1)];
  const together = { requestId: row.id, targets };
  const did =
    row.kind === 'kill-secrets'
      ? await killSecretsTogether(ctx, together, row.with_letters === 1)
      : { secrets: 0, letters: 0, ...(await unblockTogether(ctx, together)) };
  record(ctx, {
    type: 'bulk.step-done',
    organisationId: first?.organisationId ?? null,
    data: {
      requestId: row.id,
      kind: row.kind,
      fromPlace: first?.place ?? 0,
      toPlace: last?.place ?? 0,
      ...did,
    },
  });
  return did;
};

const byOrganisation = (targets: BulkTarget[]): BulkTarget[][] => {
  const groups = new Map<string, BulkTarget[]>();
  for (const target of targets)
    groups.set(target.organisationId, [...(groups.get(target.organisationId) ?? []), target]);
  return [...groups.values()];
};

const organisationsOf = async (ctx: Ctx, id: string): Promise<string[]> =>
  (await store.organisationsOfRequests(ctx.db, [id])).get(id) ?? [];

const expire = async (house: House): Promise<number> => {
  let expired = 0;
  for (const row of await store.listExpired(house.pool, house.clock().toISOString())) {
    const isOver = await unlessNothing(house, async (ctx) => {
      const end = { state: 'expired', decided_by: null, decided_at: ctx.now.toISOString() } as const;
      const which = { id: row.id, version: Number(row.version) };
      if (!(await store.endWaiting(ctx.db, which, end))) throw new Nothing();
      const data = { requestId: row.id, kind: row.kind, incidentId: row.incident_id };
      const organisationIds = await organisationsOf(ctx, row.id);
      inEach(ctx, organisationIds, { type: 'bulk.expired', data });
      await endBulkAlert(ctx, row, organisationIds);
    });
    if (isOver) expired += 1;
  }
  return expired;
};
