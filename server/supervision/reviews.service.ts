import { listSites } from '../agents/sites.service.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import type { Review, ReviewPage } from './reviews.schema.ts';
import * as store from './reviews.store.ts';
import type { ReviewField, ReviewFilterValues, ReviewRow, ReviewSignal, Sight } from './reviews.store.ts';
import { whatAndWho, whoIs } from './review-people.service.ts';
import { undoableOf } from './review-undo.service.ts';

/** So many rows of the chain stand on an item's page, the newest. */
const shownActs = 200;

/** What waits for a supervisor and what was decided; no member is named but by the end of their number. */
export const listReviews = async (
  ctx: Ctx,
  query: ListQuery<ReviewFilterValues, ReviewField>,
): Promise<Page<Review>> => {
  const { rows, total } = await store.listReviews(ctx.db, await sightOf(ctx), query);
  return { rows: await toReviews(ctx, rows), total };
};

/** One item with what happened and what can be undone; recorded, as a look at its member. */
export const viewReview = async (ctx: Ctx, id: string): Promise<ReviewPage> => {
  const row = await findReview(ctx, id);
  const { organisation_id: organisationId, member_id: memberId } = row;
  const page = await pageOf(ctx, row);
  const shown = shownBeside(page, memberId);
  record(ctx, { type: 'review.viewed', organisationId, memberId, data: { reviewId: id, shown } });
  return page;
};

/** Whom an item's page shows beside the member that its event is about. */
export const shownBeside = ({ members }: ReviewPage, memberId: string | null): string[] =>
  members.flatMap((one) => (one.memberId === memberId ? [] : [one.memberId]));

/** The item as its page shows it. */
export const pageOf = async (ctx: Ctx, row: ReviewRow): Promise<ReviewPage> => {
  const acts = row.kind === 'cause' ? [] : await store.listActs(ctx.db, row.id, shownActs);
  const undone = await store.listUndos(ctx.db, row.id);
  const names = await ctx.house.namesOfAgents(ctx.db, [
    ...new Set([...acts.flatMap(({ actor_id }) => actor_id ?? []), ...undone.map(({ done_by }) => done_by)]),
  ]);
  const [review] = await toReviews(ctx, [row]);
  if (!review) throw new Error('A review was lost while it was shown.');
  const undoable = await undoableOf(ctx, row);
  const members = await whoIs(
    ctx,
    [row.member_id, ...acts.map(({ member_id }) => member_id), ...undoable.map(({ memberId }) => memberId)],
    'page',
  );
  return {
    ...review,
    who: members.get(row.member_id ?? '') ?? null,
    members: [...members.values()],
    happened: acts.reverse().map((act) => ({
      seq: Number(act.seq),
      at: act.at,
      type: act.type,
      actorId: act.actor_id,
      actorName: names.get(act.actor_id ?? '') ?? null,
      memberId: act.member_id,
      callId: act.call_id,
    })),
    moreHappened: row.kind === 'cause' ? 0 : Math.max(0, Number(row.acts) - acts.length),
    undoable,
    undone: undone.map(({ act, member_id, done_at, done_by }) => ({
      memberId: member_id,
      act,
      at: done_at,
      byName: names.get(done_by) ?? null,
    })),
  };
};

/** @throws AppError `not-found` where there is none, and where it is another organisation's. */
export const findReview = async (ctx: Ctx, id: string): Promise<ReviewRow> => {
  const row = await store.findReview(ctx.db, await sightOf(ctx), id);
  if (!row) throw new AppError('not-found', 'common.notFound');
  return row;
};

export const sightOf = async ({ db, house, scope: { organisationIds } }: Ctx): Promise<Sight> => ({
  organisationIds,
  agentIds: await house.agentsSharing(db, organisationIds),
});

export const signalsByReview = async (ctx: Ctx, rows: ReviewRow[]): Promise<Map<string, ReviewSignal[]>> => {
  const found = await store.signalsOf(
    ctx.db,
    rows.map(({ id }) => id),
  );
  return new Map(rows.map(({ id }) => [id, found.filter((one) => one.review_id === id)]));
};

const toReviews = async (ctx: Ctx, rows: ReviewRow[]): Promise<Review[]> => {
  const signals = await signalsByReview(ctx, rows);
  const people = rows.flatMap((row) => [row.agent_id ?? [], row.decided_by ?? []].flat());
  const names = await ctx.house.namesOfAgents(ctx.db, [...new Set(people)]);
  const own = await ownAmong(ctx, rows);
  const { members, whatOf } = await whatAndWho(ctx, rows);
  const inWords = await causesInWords(ctx);
  const { signals: settings } = ctx.house.reviewSettings;
  return rows.map((row) => ({
    id: row.id,
    organisationId: row.organisation_id,
    kind: row.kind,
    agentId: row.agent_id,
    agentName: names.get(row.agent_id ?? '') ?? null,
    memberId: row.member_id,
    who: members.get(row.member_id ?? '') ?? null,
    what: whatOf.get(row.id) ?? [],
    lotId: row.lot_id,
    day: row.day,
    score: Number(row.score),
    isSampled: (signals.get(row.id) ?? []).some(({ signal }) => signal === 'sample'),
    signals: (signals.get(row.id) ?? [])
      .map(({ signal, measure, cause, folded_into }) => ({
        signal,
        measure: Number(measure),
        weight: settings[signal].weight,
        cause: inWords(signal, cause),
        isFolded: folded_into !== null,
      }))
      .sort((one, other) => other.weight - one.weight),
    acts: Number(row.acts),
    firstAt: row.first_at,
    lastAt: row.last_at,
    partOf: row.folded_into,
    verdict: row.verdict,
    word: row.word,
    answer: row.answer,
    answeredAt: row.answered_at,
    decidedAt: row.decided_at,
    decidedByName: names.get(row.decided_by ?? '') ?? null,
    forgottenAt: row.forgotten_at,
    can: { decide: canDecide(ctx, row, own), explain: canExplain(ctx, row) },
    version: Number(row.version),
  }));
};

const ownAmong = async (ctx: Ctx, rows: ReviewRow[]): Promise<Set<string>> => {
  const { actor } = ctx;
  if (actor.kind !== 'agent') return new Set();
  const ids = rows.map(({ id }) => id);
  const acted = await store.ownAmong(ctx.db, ids, actor.id);
  return new Set(rows.filter((row) => row.agent_id === actor.id || acted.has(row.id)).map(({ id }) => id));
};

/** A site by its name, a rule by its sentence. */
const causesInWords = async ({ db, house, language }: Ctx) => {
  const sites = new Map((await listSites({ db })).map(({ id, name }) => [id, name]));
  return (signal: ReviewSignal['signal'], cause: string): string | null => {
    if (cause === '') return null;
    if (signal === 'off-hours') return sites.get(cause) ?? null;
    const key = `accounts.rules.${cause}`;
    return house.words.has(key) ? house.words.say(language, key) : cause;
  };
};

const canDecide = ({ house, language, actor }: Ctx, row: ReviewRow, own: Set<string>) => {
  const no = (words: string) => ({ allowed: false, why: house.words.say(language, words) });
  if (actor.kind !== 'agent' || !actor.permissions.has('review.decide')) return no('common.forbidden');
  if (row.verdict !== null && row.verdict !== 'to-explain') return no('reviews.decided');
  if (row.forgotten_at !== null) return no('reviews.forgotten');
  return own.has(row.id) ? no('reviews.own') : { allowed: true, why: null };
};

const canExplain = ({ house, language }: Ctx, row: ReviewRow) => {
  const words = whyUnexplained(row);
  return { allowed: words === null, why: words && house.words.say(language, words) };
};

/** Why nobody can be asked to explain it (any more), as words; null where its agent can. */
export const whyUnexplained = (row: ReviewRow): string | null => {
  if (row.agent_id === null) return 'reviews.nobodyToExplain';
  return row.answered_at === null ? null : 'reviews.explained';
};
