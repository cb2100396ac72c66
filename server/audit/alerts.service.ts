import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import type { Alert, AlertKind } from './alerts.schema.ts';
import * as store from './alerts.store.ts';
import type { AlertField, AlertFilterValues, AlertRow } from './alerts.store.ts';
import { record } from './record.ts';

/**
 * Tells the supervisors of an organisation. The same `subject` again, while nobody has seen the first, raises its
 * count. Belongs to the transaction of its cause; recorded once, when it is new.
 *
 * `subject` says what it is about, without a name or a number; of a spent budget, the budget's name comes first,
 * up to a colon.
 */
export const raiseAlert = async (
  ctx: Ctx,
  alert: { organisationId: string; kind: AlertKind; memberId?: string | null; subject: string },
): Promise<void> => {
  const { organisationId, kind, memberId = null, subject } = alert;
  const row = { id: ctx.newId(), organisation_id: organisationId, kind, member_id: memberId, subject };
  const { id, times } = await store.upsertAlert(ctx.db, row, ctx.now.toISOString());
  if (times > 1) return;
  record(ctx, { type: 'alert.raised', organisationId, memberId, data: { alertId: id, kind } });
};

/** What an alert was about is over: it ends by itself, whoever has seen it. Answers how many ended. */
export const endAlert = async (
  ctx: Ctx,
  about: { organisationId: string; kind: AlertKind; subject: string },
): Promise<number> => {
  const { organisationId, kind, subject } = about;
  const row = { organisation_id: organisationId, kind, subject };
  const ended = await store.endStanding(ctx.db, row, ctx.now.toISOString());
  for (const { id, member_id: memberId } of ended)
    record(ctx, { type: 'alert.ended', organisationId, memberId, data: { alertId: id, kind } });
  return ended.length;
};

/** Whether an alert about this stands: raised, and not ended, seen or not. */
export const isAlertStanding = (
  { db }: Pick<Ctx, 'db'>,
  { organisationId, kind, subject }: { organisationId: string; kind: AlertKind; subject: string },
): Promise<boolean> => store.isStanding(db, { organisation_id: organisationId, kind, subject });

export const listAlerts = async (
  ctx: Ctx,
  query: ListQuery<AlertFilterValues, AlertField>,
): Promise<Page<Alert>> => {
  const { rows, total } = await store.listAlerts(ctx.db, ctx.scope, query);
  return { rows: await toAlerts(ctx, rows), total };
};

/** A supervisor has seen it; the same thing again raises a new one. */
export const seeAlert = async (ctx: Ctx, id: string, { version }: { version: number }): Promise<Alert> => {
  if (ctx.actor.kind !== 'agent') throw new AppError('forbidden', 'common.forbidden');
  const found = await store.findAlert(ctx.db, ctx.scope, id);
  if (!found) throw new AppError('not-found', 'common.notFound');
  // What somebody set off is for another to see.
  if (found.kind === 'canary-seen' && found.subject.endsWith(`:${ctx.actor.id}`))
    throw new AppError('policy-refused', 'alerts.own', { rule: 'alert.own' });

  const by = { agentId: ctx.actor.id, at: ctx.now.toISOString() };
  const seen = await store.markSeen(ctx.db, ctx.scope, { id, version }, by);
  if (!seen) throw new AppError('conflict', 'common.conflict');

  record(ctx, {
    type: 'alert.seen',
    organisationId: found.organisation_id,
    memberId: found.member_id,
    data: { alertId: id },
  });
  const after = { ...found, seen_at: by.at, seen_by: by.agentId, version: version + 1 };
  return (await toAlerts(ctx, [after]))[0] as Alert;
};

const toAlerts = async (ctx: Ctx, rows: AlertRow[]): Promise<Alert[]> => {
  const names = await ctx.house.namesOfAgents(ctx.db, [...new Set(rows.flatMap((row) => row.seen_by ?? []))]);
  return rows.map((row) => ({
    id: row.id,
    organisationId: row.organisation_id,
    kind: row.kind,
    message: inWords(ctx, row),
    memberId: row.member_id,
    times: Number(row.times),
    firstAt: row.first_at,
    lastAt: row.last_at,
    seenAt: row.seen_at,
    seenByName: (row.seen_by && names.get(row.seen_by)) ?? null,
    endedAt: row.ended_at,
    version: Number(row.version),
  }));
};

const inWords = ({ house, language }: Visit, { kind, subject }: AlertRow): string => {
  const key = `alerts.budgets.${subject.split(':')[0] ?? ''}`;
  const budget = house.words.has(key) ? house.words.say(language, key) : '';
  return house.words.say(language, `alerts.kinds.${kind}`, { budget });
};
