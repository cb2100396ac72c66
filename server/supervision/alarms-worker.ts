import { record } from '../audit/record.ts';
import type { Ctx, House } from '../core/ctx.ts';
import { housekeep } from '../core/perform.ts';
import { listOverdue, type Overdue } from '../letters/overdue.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { tellAlarms } from './alarm-telling.service.ts';
import * as store from './alarms.store.ts';
import type { AlarmRow } from './alarms.store.ts';
import { unlessNothing } from './unless-nothing.ts';

/**
 * Keeps the alarms of every organisation as things stand now: raises what stands late, corrects its count, clears
 * what no longer does, and tells supervisors of what is new. Answers how many alarms changed; safe on several servers
 * at once.
 */
export const runAlarms = async (house: House): Promise<number> => {
  let changed = 0;
  for (const policy of house.organisations.all()) {
    changed += await keepAlarms(house, policy);
    await tellAlarms(house, policy);
  }
  return changed;
};

const keepAlarms = async (house: House, policy: Policy): Promise<number> => {
  const overdue = await listOverdue({ db: house.pool, now: house.clock() }, policy);
  const open = await store.listOpen(house.pool, policy.id);
  const standing = new Map(overdue.map((one) => [keyOf(one), one]));
  const known = new Set(open.map(keyOf));

  await recount(house, open, standing);
  const raised = overdue.filter((one) => !known.has(keyOf(one)));
  const over = open.filter((row) => !standing.has(keyOf(row)));
  if (raised.length + over.length === 0) return 0;
  return unlessNothing(house, { name: 'alarms', organisationIds: [policy.id] }, async (ctx) => {
    for (const one of raised) await raise(ctx, policy.id, one);
    for (const row of over) await clear(ctx, row);
  });
};

const keyOf = ({ kind, subject }: Pick<Overdue, 'kind' | 'subject'>): string => `${kind}:${subject}`;

const recount = async (house: House, open: AlarmRow[], standing: Map<string, Overdue>): Promise<void> => {
  const other = open.flatMap((row) => {
    const count = standing.get(keyOf(row))?.count;
    return count === undefined || count === Number(row.count) ? [] : [{ id: row.id, count }];
  });
  if (other.length === 0) return;
  await housekeep(house, async (db) => {
    for (const { id, count } of other) await store.setCount(db, id, count);
  });
};

const raise = async (ctx: Ctx, organisationId: string, { kind, subject, count }: Overdue): Promise<void> => {
  const id = ctx.newId();
  const row = { id, organisation_id: organisationId, kind, subject, count, raised_at: ctx.now.toISOString() };
  if (!(await store.insertAlarm(ctx.db, row))) return;
  record(ctx, { type: 'alarm.raised', organisationId, data: { alarmId: id, kind, count } });
};

const clear = async (ctx: Ctx, { id, kind, organisation_id: organisationId }: AlarmRow): Promise<void> => {
  if (!(await store.clearAlarm(ctx.db, id, ctx.now.toISOString()))) return;
  record(ctx, { type: 'alarm.cleared', organisationId, data: { alarmId: id, kind } });
};
