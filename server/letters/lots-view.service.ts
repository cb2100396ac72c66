import { parisDay, type Day } from '../core/calendar.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { permissionsOf, type Permission } from '../core/permissions.ts';
import { latenessOf } from './lateness.ts';
import { listStanding, type BundleRow } from './bundles.store.ts';
import { countUrgent, type Urgent } from './lot-contents.store.ts';
import { lotActs, refusalOf, type LotAct, type LotFacts } from './lots-state.ts';
import type { Bundle, Lot } from './lots.schema.ts';
import * as store from './lots.store.ts';
import type { LotRow } from './lots.store.ts';
import { readProblem, sayProblem, type PrintProblem } from './print-problem.ts';
import { joined } from './sheet-runs.ts';
import { releaseFactsOf } from './release-facts.service.ts';
import { riskUntil } from './timeliness.ts';

/** @throws AppError `not-found`, or `conflict` when `version` is given and someone else acted since. */
export const findLot = async (ctx: Ctx, id: string, version?: number): Promise<LotRow> => {
  const lot = await store.findLot(ctx.db, ctx.scope, id);
  if (!lot) throw new AppError('not-found', 'common.notFound');
  if (version !== undefined && lot.version !== version) throw new AppError('conflict', 'common.conflict');
  return lot;
};

/**
 * `postedOn` is the day that a deposit is declared for, once it is known.
 *
 * @throws AppError with the words that the list shows beside the same act.
 */
export const assertMay = async (ctx: Ctx, act: LotAct, lot: LotRow, postedOn?: Day): Promise<void> => {
  const [seen] = await factsOf(ctx, [lot], await listStanding(ctx.db, [lot.id]));
  const lateness = postedOn && latenessOf(lot.planned_posting_on, null, postedOn);
  const facts = seen && { ...seen, ...(lateness && { lateness }) };
  const refusal = facts ? refusalOf(act, facts) : null;
  if (!refusal) return;
  throw new AppError(refusal.code, refusal.words, { rule: refusal.rule, params: refusal.params });
};

export const toLot = async (ctx: Ctx, lot: LotRow): Promise<Lot> => {
  const [shown] = await toLots(ctx, [lot]);
  if (!shown) throw new Error('A lot was lost while it was shown.');
  return shown;
};

/** Lots as the print room sees them, each with what this actor may do with it now and why not. */
export const toLots = async (ctx: Ctx, rows: LotRow[]): Promise<Lot[]> => {
  const people = rows.flatMap((row) => [row.made_by, row.released_by ?? []].flat());
  const names = await ctx.house.namesOfAgents(ctx.db, [...new Set(people)]);
  const bundles = await listStanding(
    ctx.db,
    rows.map(({ id }) => id),
  );
  const facts = await factsOf(ctx, rows, bundles);
  const urgent = await urgentOf(ctx, rows);
  return rows.map((row, at): Lot => ({
    id: row.id,
    number: row.number,
    organisationId: row.organisation_id,
    product: row.product,
    state: row.state,
    letters: facts[at]?.letters ?? row.letters,
    madeBy: row.made_by,
    madeByName: names.get(row.made_by) ?? null,
    madeAt: row.made_at,
    releasedByName: names.get(row.released_by ?? '') ?? null,
    releasedAt: row.released_at,
    attempt: row.attempt,
    printedAt: row.printed_at,
    printed: row.printed,
    refused: row.refused,
    spoiled: row.spoiled,
    countedAt: row.counted_at,
    depositedAt: row.deposited_at,
    declaredAt: row.declared_at,
    latestPostingAt: row.latest_posting_at,
    late: urgent.get(row.id)?.late ?? 0,
    atRisk: urgent.get(row.id)?.atRisk ?? 0,
    target: row.target,
    startedAt: row.started_at,
    isStopping: row.state === 'printing' && row.stop_asked_at !== null,
    confirmedAt: row.confirmed_at,
    problem: sayProblem(ctx.house.words, ctx.language, problemOfLot(ctx, row, bundles)),
    bundles: bundles.filter(({ lot_id }) => lot_id === row.id).map((bundle) => toBundle(ctx, bundle)),
    can: canOf(ctx, facts[at]),
    version: row.version,
  }));
};

const urgentOf = (ctx: Ctx, rows: LotRow[]): Promise<Map<string, Urgent>> => {
  const unposted = rows.filter(({ state }) => state !== 'deposited').map(({ id }) => id);
  const at = { now: ctx.now.toISOString(), today: parisDay(ctx.now) };
  return countUrgent(ctx.db, unposted, { ...at, riskUntil: riskUntil(ctx.now).toISOString() });
};

/** An attempt that stands still says so before somebody takes its place. */
const problemOfLot = (ctx: Ctx, row: LotRow, bundles: BundleRow[]): PrintProblem | null => {
  const standsStill = row.state === 'printing' && (row.lease_until ?? '') < ctx.now.toISOString();
  if (!standsStill) return readProblem(row.problem);
  const undelivered = bundles.filter(
    ({ lot_id, delivered_at }) => lot_id === row.id && delivered_at === null,
  );
  const runs = undelivered.map(({ from_sheet: from, to_sheet: to }) => ({ from, to }));
  return {
    word: 'interrupted',
    waste: runs.length === 0 ? [] : [{ attempt: row.attempt, runs: joined(runs) }],
  };
};

const toBundle = ({ house, language }: Ctx, row: BundleRow): Bundle => ({
  attempt: row.attempt,
  number: row.number,
  fromSheet: row.from_sheet,
  toSheet: row.to_sheet,
  sheets: row.sheets,
  deliveredAt: row.delivered_at,
  problem: row.problem && house.words.say(language, `lots.jobs.${row.problem}`),
  good: row.good,
  spoiled: row.spoiled,
  countedAt: row.counted_at,
});

// A mail house's report that a command brings does what the print room would do by hand.
const printRoom = permissionsOf('print-operator');

const canOf = (ctx: Ctx, facts: LotFacts | undefined): Lot['can'] => {
  const may = (act: LotAct) => {
    const refusal = facts ? refusalOf(act, facts) : null;
    const why = refusal && ctx.house.words.say(ctx.language, refusal.words, refusal.params);
    return { allowed: refusal === null, why };
  };
  return Object.fromEntries(lotActs.map((act) => [act, may(act)])) as Lot['can'];
};

const factsOf = async (ctx: Ctx, rows: LotRow[], bundles: BundleRow[]): Promise<LotFacts[]> => {
  const agent = ctx.actor.kind === 'agent' ? ctx.actor : null;
  const releaseOf = await releaseFactsOf(ctx, rows);
  const now = ctx.now.toISOString();

  return rows.map((row) => ({
    ...releaseOf(row),
    state: row.state,
    isPrinting: row.state === 'printing' && (row.lease_until ?? '') >= now,
    printed: row.printed,
    spoiled: row.spoiled,
    target: row.target,
    isStopping: row.stop_asked_at !== null,
    isConfirmed: row.confirmed_at !== null,
    isCountBegun: bundles.some(({ lot_id, counted_at }) => lot_id === row.id && counted_at !== null),
    lateness: latenessOf(
      row.planned_posting_on,
      row.counted_at === null ? null : parisDay(new Date(row.counted_at)),
      parisDay(ctx.now),
    ),
    permissions: agent?.permissions ?? (ctx.actor.kind === 'system' ? printRoom : new Set<Permission>()),
  }));
};
