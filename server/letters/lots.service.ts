import { record } from '../audit/record.ts';
import { parisDay } from '../core/calendar.ts';
import type { Ctx, Db } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { letterPolicyOf } from './letter-policy.ts';
import { moveLetters } from './letters.store.ts';
import * as lotLetters from './lot-letters.store.ts';
import { assertMay, findLot, toLot, toLots } from './lots-view.service.ts';
import { mostSheets, type Lot, type LotVersion, type MakeLot, type WaitingLetters } from './lots.schema.ts';
import { mostReleasedAlone } from './lots-state.ts';
import * as store from './lots.store.ts';
import type { LotField, LotFilterValues } from './lots.store.ts';
import { addTestLetter } from './test-letters.service.ts';
import { isMaker } from './release-facts.service.ts';
import { riskUntil } from './timeliness.ts';

export const listLots = async (ctx: Ctx, query: ListQuery<LotFilterValues, LotField>): Promise<Page<Lot>> => {
  const { rows, total } = await store.listLots(ctx.db, ctx.scope, query);
  return { rows: await toLots(ctx, rows), total };
};

export const describeLot = async (ctx: Ctx, id: string): Promise<Lot> => toLot(ctx, await findLot(ctx, id));

/** Which of these members have a letter in which of these lots. */
export const membersInLots = async (
  db: Db,
  lotIds: string[],
  memberIds: string[],
): Promise<{ lotId: string; memberId: string }[]> =>
  lotIds.length === 0 ? [] : lotLetters.listMembersIn(db, lotIds, memberIds);

type WaitingField = 'latestPostingAt' | 'letters' | 'organisationId';
type WaitingFilter = { id?: string[]; organisationId?: string };

/** What lots could be made of, a row for each organisation and product. */
export const listWaiting = async (
  ctx: Ctx,
  { filter, sort, offset, limit }: ListQuery<WaitingFilter, WaitingField>,
): Promise<Page<WaitingLetters>> => {
  const at = {
    now: ctx.now.toISOString(),
    riskUntil: riskUntil(ctx.now).toISOString(),
    today: parisDay(ctx.now),
  };
  const rows = (await lotLetters.listWaiting(ctx.db, ctx.scope, at))
    .map((row): WaitingLetters => ({
      id: `${row.organisation_id}.${row.product}`,
      organisationId: row.organisation_id,
      product: row.product,
      letters: row.letters,
      latestPostingAt: row.latest_posting_at,
      late: row.late,
      atRisk: row.at_risk,
    }))
    .filter(({ id, organisationId }) => {
      const isAsked = filter.id?.includes(id) ?? true;
      return isAsked && (filter.organisationId === undefined || filter.organisationId === organisationId);
    })
    .sort((a, b) => compared(a[sort.field], b[sort.field]) * (sort.order === 'asc' ? 1 : -1));
  return { rows: rows.slice(offset, offset + limit), total: rows.length };
};

/**
 * Makes a lot of waiting letters, the most urgent first when not all fit, its sheets in the order of postcodes.
 *
 * @throws AppError `not-found` for an organisation of others, `invalid-input` for a product it has not,
 * `policy-refused` when nothing waits: then no number is used up either.
 */
export const makeLot = async (ctx: Ctx, input: MakeLot): Promise<Lot> => {
  if (!ctx.scope.organisationIds.includes(input.organisation))
    throw new AppError('not-found', 'common.notFound');
  const policy = policyOf(ctx.house, input.organisation);
  const known = letterPolicyOf(policy).products.some(({ id }) => id === input.product);
  if (!known)
    throw new AppError('invalid-input', 'lots.unknownProduct', {
      fields: { product: 'lots.unknownProduct' },
    });

  const id = ctx.newId();
  const at = ctx.now.toISOString();
  const number = await store.takeNumber(ctx.db);
  const lot = {
    id,
    number,
    organisation_id: policy.id,
    product: input.product,
    made_by: actorId(ctx),
    made_at: at,
  };
  await store.insertLot(ctx.db, lot);
  const contents = await lotLetters.claimWaiting(ctx.db, {
    id,
    organisationId: policy.id,
    product: input.product,
    most: input.most ?? mostSheets,
    at,
  });
  if (contents.letters === 0)
    throw new AppError('policy-refused', 'lots.nothingWaiting', { rule: 'lot.nothing-waiting' });
  const all = withTestLetter(contents, await addTestLetter(ctx, policy, { id, product: input.product }));
  await lotLetters.numberSheets(ctx.db, id);
  await store.setContents(ctx.db, id, all);

  record(ctx, { type: 'lot.made', organisationId: policy.id, data: { lotId: id, letters: all.letters } });
  return describeLot(ctx, id);
};

/**
 * Lets a lot be printed: by someone who neither made it nor asked for one of its letters, or, for few letters
 * a day, by its maker (DOMAIN, "Letters, lots, promises"). From here its letters cannot be called back.
 */
export const releaseLot = async (ctx: Ctx, id: string, { version }: LotVersion): Promise<Lot> => {
  const lot = await findLot(ctx, id, version);
  const at = ctx.now.toISOString();
  // Taken before the facts are read: whoever comes second is told that it is released, not that it is empty.
  const change = { state: 'released', released_by: actorId(ctx), released_at: at } as const;
  if (!(await store.moveLot(ctx.db, { id, version }, 'made', change)))
    throw new AppError('conflict', 'lots.alreadyReleased', { rule: 'lot.released' });
  await assertMay(ctx, 'release', lot);

  const released = { state: 'printing', state_at: at } as const;
  const moved = await moveLetters(ctx.db, { lotId: id }, ['in-lot'], released);
  const byMaker = isMaker(ctx, lot);
  if (byMaker) await countAlone(ctx, moved.length);
  await store.setContents(ctx.db, id, { letters: moved.length });

  record(ctx, { type: 'lot.released', organisationId: lot.organisation_id, data: { lotId: id, byMaker } });
  return describeLot(ctx, id);
};

const withTestLetter = (
  contents: store.LotContents,
  test: { latestPostingAt: string; plannedPostingOn: string } | undefined,
): store.LotContents => {
  if (!test) return contents;
  const least = (one: string, other: string): string => (one < other ? one : other);
  return {
    letters: contents.letters + 1,
    latest_posting_at: least(contents.latest_posting_at, test.latestPostingAt),
    planned_posting_on: least(contents.planned_posting_on, test.plannedPostingOn),
  };
};

const countAlone = async (ctx: Ctx, letters: number): Promise<void> => {
  const turn = { agentId: actorId(ctx), day: parisDay(ctx.now) };
  if (await store.addToReleasedAlone(ctx.db, turn, letters, mostReleasedAlone)) return;
  const left = mostReleasedAlone - (await store.readReleasedAlone(ctx.db, turn.agentId, turn.day));
  throw new AppError('policy-refused', 'lots.releaseMade', {
    rule: 'lot.release-made',
    params: { most: mostReleasedAlone, left },
  });
};

const actorId = ({ actor }: Ctx): string => (actor.kind === 'agent' ? actor.id : 'system');

const compared = (a: string | number, b: string | number): number => (a < b ? -1 : Number(a > b));
