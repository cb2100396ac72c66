import { parisDay, type Day } from '../core/calendar.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { Permission } from '../core/permissions.ts';
import { latenessOf } from './lateness.ts';
import * as lotLetters from './lot-letters.store.ts';
import { lotActs, refusalOf, type LotAct, type LotFacts } from './lots-state.ts';
import type { Lot } from './lots.schema.ts';
import * as store from './lots.store.ts';
import type { LotRow } from './lots.store.ts';

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
  const [seen] = await factsOf(ctx, [lot]);
  const lateness = postedOn && latenessOf(lot.planned_posting_on, null, postedOn);
  const facts = seen && { ...seen, ...(lateness && { lateness }) };
  const refusal = facts ? refusalOf(act, facts) : null;
  if (!refusal) return;
  throw new AppError(refusal.code, refusal.words, { rule: refusal.rule, params: refusal.params });
};

export const isMaker = ({ actor }: Ctx, lot: LotRow): boolean =>
  actor.kind === 'agent' && actor.id === lot.made_by;

export const toLot = async (ctx: Ctx, lot: LotRow): Promise<Lot> => {
  const [shown] = await toLots(ctx, [lot]);
  if (!shown) throw new Error('A lot was lost while it was shown.');
  return shown;
};

/** Lots as the print room sees them, each with what this actor may do with it now and why not. */
export const toLots = async (ctx: Ctx, rows: LotRow[]): Promise<Lot[]> => {
  const people = rows.flatMap((row) => [row.made_by, row.released_by ?? []].flat());
  const names = await ctx.house.namesOfAgents(ctx.db, [...new Set(people)]);
  const facts = await factsOf(ctx, rows);
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
    can: canOf(ctx, facts[at]),
    version: row.version,
  }));
};

const canOf = (ctx: Ctx, facts: LotFacts | undefined): Lot['can'] => {
  const may = (act: LotAct) => {
    const refusal = facts ? refusalOf(act, facts) : null;
    const why = refusal && ctx.house.words.say(ctx.language, refusal.words, refusal.params);
    return { allowed: refusal === null, why };
  };
  return Object.fromEntries(lotActs.map((act) => [act, may(act)])) as Lot['can'];
};

const factsOf = async (ctx: Ctx, rows: LotRow[]): Promise<LotFacts[]> => {
  const agent = ctx.actor.kind === 'agent' ? ctx.actor : null;
  const made = rows.filter(({ state }) => state === 'made');
  const contents = await lotLetters.countInLots(
    ctx.db,
    made.map(({ id }) => id),
    agent?.id ?? '',
  );
  const isMakerOfOne = made.some((row) => isMaker(ctx, row));
  const releasedAlone = isMakerOfOne
    ? await store.readReleasedAlone(ctx.db, agent?.id ?? '', parisDay(ctx.now))
    : 0;
  const now = ctx.now.toISOString();

  return rows.map((row) => ({
    state: row.state,
    isPrinting: row.state === 'printing' && (row.lease_until ?? '') >= now,
    letters: row.state === 'made' ? (contents.get(row.id)?.letters ?? 0) : row.letters,
    printed: row.printed,
    spoiled: row.spoiled,
    madeByActor: isMaker(ctx, row),
    askedByActor: (contents.get(row.id)?.asked ?? 0) > 0,
    releasedAlone,
    lateness: latenessOf(
      row.planned_posting_on,
      row.counted_at === null ? null : parisDay(new Date(row.counted_at)),
      parisDay(ctx.now),
    ),
    permissions: agent?.permissions ?? new Set<Permission>(),
  }));
};
