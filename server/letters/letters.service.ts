import { record } from '../audit/record.ts';
import { callForAct } from '../calls/calls.service.ts';
import type { Ctx, Db } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import { sweepExpired } from '../credentials/credentials.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Letter } from './letters.schema.ts';
import * as store from './letters.store.ts';
import type { LetterField, LetterFilterValues, LetterRow } from './letters.store.ts';
import type { Addressee, Outlook } from './outlook.service.ts';
import { keptInRow } from './promise.ts';
import { makeReference } from './reference.ts';
import { isTestLetter } from './test-letter.ts';
import { timelinessOf } from './timeliness.ts';

export { membersOfLetters } from './letters.store.ts';

/** Writes the letter as it is asked for: address as it stands, its dates. No secret exists yet. */
export const requestLetter = async (
  ctx: Ctx,
  to: Addressee,
  outlook: Extract<Outlook, { ok: true }>,
  asked: {
    by: string;
    reason: string;
    callId: string | null;
    /** How far its caller was verified, and whether a second person said yes, when the desk asks. */
    decidedOn?: { level: string; approved: boolean };
  },
): Promise<LetterRow> => {
  const { dates, lines, zone, product } = outlook;
  const now = ctx.now.toISOString();
  const row: LetterRow = {
    id: ctx.newId(),
    reference: makeReference(ctx.house.random.bytes),
    organisation_id: to.organisationId,
    member_id: to.memberId,
    account_id: to.accountId,
    call_id: asked.callId,
    asked_by: asked.by,
    reason: asked.reason,
    asked_at: now,
    address_lines: JSON.stringify(lines),
    postcode: to.address.postcode,
    town: to.address.town,
    zone,
    language: to.language,
    large_print: to.largePrint ? 1 : 0,
    product,
    planned_posting_on: dates.plannedPostingDay,
    latest_posting_at: dates.latestPostingAt.toISOString(),
    earliest_arrival_on: dates.earliestArrival,
    latest_arrival_on: dates.latestArrival,
    announced_on: dates.announcedDay,
    promised_on: dates.promisedDay,
    keeps_promise: keptInRow(dates),
    limit_on: dates.limitDay,
    valid_until: dates.validUntil.toISOString(),
    state: 'requested',
    state_at: now,
    problem: null,
    lot_id: null,
    sheet: null,
    replaces_id: null,
    civility: to.civility,
    printed_attempt: null,
    return_reason: null,
    telling_owed_at: null,
    version: 1,
  };
  await store.insertLetter(ctx.db, row);
  record(ctx, {
    type: 'letter.requested',
    organisationId: to.organisationId,
    memberId: to.memberId,
    callId: asked.callId,
    data: {
      letterId: row.id,
      reason: asked.reason,
      announcedOn: row.announced_on,
      channel: 'letter',
      // The department of a French postcode, the zone of any other.
      destination: row.postcode ? `${row.postcode.slice(0, 2)}•••` : zone,
      ...asked.decidedOn,
    },
  });
  return row;
};

/**
 * Calls a letter back; possible until its lot is released. Belongs to the call of whoever does it; the print room
 * speaks with nobody and has none.
 */
export const cancelLetter = async (
  ctx: Ctx,
  id: string,
  input: { reason: string; version: number },
): Promise<Letter> => {
  const letter = await store.findLetter(ctx.db, ctx.scope, id);
  if (!letter) throw new AppError('not-found', 'common.notFound');
  const known = policyOf(ctx.house, letter.organisation_id).reasons.cancel;
  if (!known.some(({ id: reason }) => reason === input.reason)) {
    throw new AppError('invalid-input', 'letters.unknownReason', {
      fields: { reason: 'letters.unknownReason' },
    });
  }
  if (letter.version !== input.version) throw new AppError('conflict', 'common.conflict');
  if (isTestLetter(letter))
    throw new AppError('policy-refused', 'letters.testStays', { rule: 'letter.test' });
  if (!store.unreleased.includes(letter.state)) {
    throw new AppError('policy-refused', 'letters.tooLateToCancel', { rule: 'letter.released' });
  }

  const change = { state: 'cancelled', state_at: ctx.now.toISOString(), problem: null } as const;
  const [hit] = await store.moveLetters(
    ctx.db,
    { ids: [id], version: input.version },
    store.unreleased,
    change,
  );
  if (!hit) throw new AppError('conflict', 'common.conflict');

  const { organisation_id: organisationId, member_id: memberId } = letter;
  const takesCalls = ctx.actor.kind === 'agent' && ctx.actor.permissions.has('call.manage');
  const call = takesCalls ? await callForAct(ctx, { organisationId, memberId }) : null;
  record(ctx, {
    type: 'letter.cancelled',
    organisationId,
    memberId,
    callId: call?.id ?? null,
    data: { letterId: id, reason: input.reason },
  });
  return toLetter(ctx, { ...letter, ...change, version: letter.version + 1 }, null);
};

/** A change of password: letters not yet released are called back, those under way end as superseded. */
export const endLettersOfAccount = async (
  ctx: Ctx,
  accountId: string,
  usedLetterId: string | null,
): Promise<{ cancelled: number }> => {
  const at = ctx.now.toISOString();
  if (usedLetterId) {
    await store.moveLetters(ctx.db, { ids: [usedLetterId] }, ['deposited'], { state: 'used', state_at: at });
  }
  const cancelled = await store.moveLetters(ctx.db, { accountId }, store.unreleased, {
    state: 'cancelled',
    state_at: at,
  });
  await store.moveLetters(ctx.db, { accountId }, ['printing', 'printed', 'deposited'], {
    state: 'superseded',
    state_at: at,
  });
  return { cancelled: cancelled.length };
};

/** How many letters each agent asked for since this moment, of one organisation. */
export const countLettersByAsker = (
  { db }: Pick<Ctx, 'db'>,
  organisationId: string,
  since: string,
): Promise<Map<string, number>> => store.countByAsker(db, organisationId, since);

export const lettersOfMember = async (ctx: Ctx, memberId: string): Promise<Letter[]> =>
  toLetters(ctx, await store.listOfMember(ctx.db, memberId, 10));

/** Letters whose password has run out unused. */
export const sweepLetters = async (db: Db, now: Date): Promise<void> => {
  await expireLetters(db, await sweepExpired(db, now), now);
};

/** The letters of passwords that have just run out end with them. */
export const expireLetters = async (
  db: Db,
  expired: { letterId: string | null }[],
  now: Date,
): Promise<void> => {
  const ids = expired.flatMap(({ letterId }) => letterId ?? []);
  if (ids.length === 0) return;
  await store.moveLetters(db, { ids }, ['deposited'], { state: 'expired', state_at: now.toISOString() });
};

export type { LetterHistory } from './letters.store.ts';

/** When the member's letters were printed, deposited and brought back: moments of the print room. */
export const letterHistoryOf = (ctx: Ctx, memberId: string): Promise<store.LetterHistory[]> =>
  store.listHistory(ctx.db, memberId);

export const lettersUnderWay = (ctx: { db: Db }, accountIds: string[]): Promise<LetterRow[]> =>
  store.listUnderWay(ctx.db, accountIds);

export const listLetters = async (
  ctx: Ctx,
  query: ListQuery<LetterFilterValues, LetterField>,
): Promise<Page<Letter>> => {
  const { rows, total } = await store.listLetters(ctx.db, ctx.scope, query);
  return { rows: await toLetters(ctx, rows), total };
};

/** Letters as lists show them, in the order given. */
export const toLetters = async (ctx: Ctx, rows: LetterRow[]): Promise<Letter[]> => {
  const lots = await store.numbersOfLots(ctx.db, [...new Set(rows.flatMap(({ lot_id }) => lot_id ?? []))]);
  return rows.map((row) => toLetter(ctx, row, lots.get(row.lot_id ?? '') ?? null));
};

const toLetter = (ctx: Ctx, row: LetterRow, lotNumber: number | null): Letter => ({
  id: row.id,
  reference: row.reference,
  organisationId: row.organisation_id,
  state: row.state,
  stateAt: row.state_at,
  askedAt: row.asked_at,
  postcode: row.postcode,
  product: row.product,
  plannedPostingOn: row.planned_posting_on,
  latestPostingAt: row.latest_posting_at,
  earliestArrivalOn: row.earliest_arrival_on,
  latestArrivalOn: row.latest_arrival_on,
  announcedOn: row.announced_on,
  promisedOn: row.promised_on,
  keepsPromise: row.keeps_promise === null ? null : row.keeps_promise === 1,
  limitOn: row.limit_on,
  timeliness: timelinessOfLetter(row, ctx.now),
  problem: row.problem && ctx.house.words.say(ctx.language, `letters.problems.${row.problem}`),
  returnReason:
    row.return_reason && ctx.house.words.say(ctx.language, `letters.returnReasons.${row.return_reason}`),
  isTest: isTestLetter(row),
  lotId: row.lot_id,
  lotNumber,
  sheet: row.sheet,
  version: row.version,
});

const timelinessOfLetter = (row: LetterRow, now: Date): Letter['timeliness'] => {
  if (!store.unposted.includes(row.state)) return 'gone';
  return timelinessOf(
    { latestPostingAt: row.latest_posting_at, plannedPostingOn: row.planned_posting_on },
    now,
  );
};
