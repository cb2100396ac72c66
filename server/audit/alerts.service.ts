import { parisDay } from '../core/calendar.ts';
import type { Ctx } from '../core/ctx.ts';
import { numericDay } from '../core/days.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import type { Alert, AlertKind } from './alerts.schema.ts';
import * as store from './alerts.store.ts';
import type { AlertField, AlertFilterValues, AlertRow } from './alerts.store.ts';
import { record } from './record.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Since when the oldest item of an organisation's review queue waits; the supervision room hands it over. */
    reviewsWaitSince: (db: Db, organisationId: string) => Promise<string | null>;
  }
}

/**
 * Tells the supervisors of an organisation. The same `subject` again, while nobody has seen the first, raises its
 * count. Belongs to the transaction of its cause; recorded once, when it is new.
 *
 * `subject` says what it is about, without a name or a number; of a spent budget, the budget's name comes first,
 * up to a colon; of a canary or a bulk act, the ids of those who may not put it away come after one.
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
  if (isOwn(found, ctx.actor.id)) throw new AppError('policy-refused', 'alerts.own', { rule: 'alert.own' });

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

/** What somebody set off, or what is about their own acts, is for another to see: its subject names them. */
const isOwn = ({ kind, subject }: AlertRow, agentId: string): boolean =>
  namesItsOwn.has(kind) && subject.split(':').includes(agentId);
const namesItsOwn: ReadonlySet<AlertKind> = new Set(['canary-seen', 'bulk-asked', 'unblock-asked']);

const toAlerts = async (ctx: Ctx, rows: AlertRow[]): Promise<Alert[]> => {
  const names = await ctx.house.namesOfAgents(ctx.db, [...new Set(rows.flatMap((row) => row.seen_by ?? []))]);
  const ages = await agesOfQueues(ctx, rows);
  return rows.map((row) => ({
    id: row.id,
    organisationId: row.organisation_id,
    kind: row.kind,
    message: [inWords(ctx, row), ages.get(row.id) ?? []].flat().join(' '),
    memberId: row.member_id,
    times: Number(row.times),
    firstAt: row.first_at,
    lastAt: row.last_at,
    seenAt: row.seen_at,
    seenByName: (row.seen_by && names.get(row.seen_by)) ?? null,
    endedAt: row.ended_at,
    can: { see: canSee(ctx, row) },
    version: Number(row.version),
  }));
};

const canSee = ({ actor, house, language }: Ctx, row: AlertRow): Alert['can']['see'] => {
  const no = (words: string) => ({ allowed: false, why: house.words.say(language, words) });
  if (actor.kind !== 'agent' || !actor.permissions.has('alert.see')) return no('common.forbidden');
  return isOwn(row, actor.id) ? no('alerts.own') : { allowed: true, why: null };
};

/** How long the queue of each that stands has waited by now, and when it forgets. */
const agesOfQueues = async (ctx: Ctx, rows: AlertRow[]): Promise<Map<string, string>> => {
  const { house, language, now } = ctx;
  const ages = new Map<string, string>();
  for (const row of rows) {
    if (row.kind !== 'reviews-waiting' || row.ended_at !== null) continue;
    const since = await house.reviewsWaitSince(ctx.db, row.organisation_id);
    if (since === null) continue;
    const days = Math.floor((now.getTime() - Date.parse(since)) / 86_400_000);
    const day = numericDay(language, parisDay(new Date(since)));
    const months = house.auditRetentionMonths;
    ages.set(row.id, house.words.say(language, 'alerts.queueAge', { days, day, months }));
  }
  return ages;
};

const inWords = ({ house, language }: Ctx, { kind, subject }: AlertRow): string => {
  const key = `alerts.budgets.${subject.split(':')[0] ?? ''}`;
  const budget = house.words.has(key) ? house.words.say(language, key) : '';
  return house.words.say(language, `alerts.kinds.${kind}`, { budget });
};
