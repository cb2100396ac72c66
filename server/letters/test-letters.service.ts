import { record } from '../audit/record.ts';
import { parisDay, zoneOfRow, type Day } from '../core/calendar.ts';
import type { Ctx, Db } from '../core/ctx.ts';
import type { ListQuery, Page } from '../core/page.ts';
import { saveTestAddressee } from '../members/test-addressee.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { isoWeekOf } from './iso-week.ts';
import type { LetterState } from './letters.schema.ts';
import { requestLetter } from './letters.service.ts';
import { letterOutlook, outlookBy, type Addressee } from './outlook.service.ts';
import { acknowledgementDueOn, testLettersSince } from './overdue.ts';
import { arrivalBy } from './promise.ts';
import { testLetterReason } from './test-letter.ts';
import type { TestLetter } from './test-letters.schema.ts';
import * as store from './test-letters.store.ts';
import type { TestLetterField, TestLetterFilterValues, TestLetterRow } from './test-letters.store.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Opens the account that an organisation's test letters are made for; the accounts room hands it over. */
    openTestAccount: (ctx: Ctx, organisationId: string, memberId: string) => Promise<string>;
  }
}

/**
 * Adds the week's test letter to an organisation's first lot of the week (ISO 8601, Paris): a letter like any other
 * but for whom it goes to, so that it proves the whole chain. Belongs to the transaction that makes the lot, before
 * its sheets are numbered; one conditional insert decides which lot is the first. A test letter of a former week that
 * was spoiled and waits for this lot stands for both.
 *
 * @returns the letter that came in beside those that waited, or nothing.
 */
export const addTestLetter = async (
  ctx: Ctx,
  policy: Policy,
  lot: { id: string; product: string },
): Promise<{ latestPostingAt: string; plannedPostingOn: string } | undefined> => {
  const { letter, id: organisationId } = policy;
  if (!letter?.testAddress) return undefined;
  const week = isoWeekOf(parisDay(ctx.now));
  const waiting = await store.findInLot(ctx.db, lot.id);
  if (waiting !== undefined) {
    if (await store.claimWeek(ctx.db, organisationId, week)) await make(ctx, organisationId, week, waiting);
    return undefined;
  }
  const outlook = outlookBy(
    letterOutlook(policy, addressee(policy.id, letter.testAddress), ctx.now),
    lot.product,
  );
  // A product that does not go there leaves it to the week's next lot.
  if (!outlook?.ok || !(await store.claimWeek(ctx.db, organisationId, week))) return undefined;

  const to = addressee(organisationId, letter.testAddress, await recipientOf(ctx, organisationId));
  const row = await requestLetter(ctx, to, outlook, { by: 'system', reason: testLetterReason, callId: null });
  await store.putIntoLot(ctx.db, row.id, lot.id);
  await make(ctx, organisationId, week, row.id);
  return { latestPostingAt: row.latest_posting_at, plannedPostingOn: row.planned_posting_on };
};

/** A spoiled test letter's replacement is the test letter of its week from now on. */
export const followReplacement = (ctx: Ctx, spoiledId: string, replacementId: string): Promise<void> =>
  store.moveWeeks(ctx.db, spoiledId, replacementId);

export const listTestLetters = async (
  ctx: Ctx,
  query: ListQuery<TestLetterFilterValues, TestLetterField>,
): Promise<Page<TestLetter>> => {
  const { rows, total } = await store.listTestLetters(ctx.db, ctx.scope, query);
  const shown = rows.map((row): TestLetter => {
    const policy = ctx.house.organisations.get(row.organisation_id);
    return {
      id: `${row.organisation_id}.${row.week}`,
      organisationId: row.organisation_id,
      week: row.week,
      letterId: row.letter_id,
      reference: row.reference,
      state: row.state,
      depositedAt: wasPosted(row) ? row.deposited_at : null,
      expectedOn: expectedOn(policy, row),
      acknowledgedAt: row.acknowledged_at,
      isLate: isLate(policy, row, parisDay(ctx.now)),
    };
  });
  return { rows: shown, total };
};

/**
 * The weeks whose test letter should have been acknowledged by now. Once a later one has come through, the chain is
 * known to hold again, and the one that got lost is no alarm any more; a week without a lot is none either.
 */
export const lateTestLetters = async (ctx: { db: Db; now: Date }, policy: Policy): Promise<string[]> => {
  const today = parisDay(ctx.now);
  const rows = await store.listSince(ctx.db, policy.id, isoWeekOf(testLettersSince(today)));
  const proved = rows.findLastIndex((row) => row.acknowledged_at !== null);
  return rows
    .slice(proved + 1)
    .filter((row) => isLate(policy, row, today))
    .map(({ week }) => week);
};

type TestAddress = NonNullable<NonNullable<Policy['letter']>['testAddress']>;

const addressee = (
  organisationId: string,
  { name, lines, postcode, town }: TestAddress,
  ids: { memberId: string; accountId: string } = { memberId: '', accountId: '' },
): Addressee => ({
  ...ids,
  organisationId,
  civility: null,
  firstName: '',
  lastName: name,
  address: { lines, postcode, town, country: 'FR' },
  addressDoubtful: false,
  language: 'fr',
  largePrint: false,
});

/** Made with the first test letter. Lots are made one after the other (their number's row is held): so is this. */
const recipientOf = async (
  ctx: Ctx,
  organisationId: string,
): Promise<{ memberId: string; accountId: string }> => {
  const known = await store.findAddressee(ctx.db, organisationId);
  if (known) return known;
  const memberId = await saveTestAddressee(ctx, organisationId);
  const accountId = await ctx.house.openTestAccount(ctx, organisationId, memberId);
  const row = { organisation_id: organisationId, member_id: memberId, account_id: accountId };
  await store.insertAddressee(ctx.db, row);
  return { memberId, accountId };
};

const make = async (ctx: Ctx, organisationId: string, week: string, letterId: string): Promise<void> => {
  await store.setLetter(ctx.db, organisationId, week, letterId);
  record(ctx, { type: 'letter.test-made', organisationId, data: { letterId, week } });
};

const posted: LetterState[] = ['deposited', 'used', 'superseded', 'expired', 'returned'];

const wasPosted = ({ state, deposited_at }: TestLetterRow): boolean =>
  deposited_at !== null && posted.includes(state);

/** The later of the day planned and the day that its real deposit leads to. */
const expectedOn = (policy: Policy | undefined, row: TestLetterRow): Day => {
  const product = policy?.letter?.products.find(({ id }) => id === row.product);
  if (!product || !wasPosted(row)) return row.latest_arrival_on;
  const arrival = arrivalBy(parisDay(new Date(row.deposited_at ?? '')), product, zoneOfRow(row.zone));
  return arrival > row.latest_arrival_on ? arrival : row.latest_arrival_on;
};

const isLate = (policy: Policy | undefined, row: TestLetterRow, today: Day): boolean => {
  if (row.acknowledged_at !== null) return false;
  // It came back, or could not be printed: nobody will ever acknowledge it.
  if (row.state === 'returned' || row.state === 'refused') return true;
  return wasPosted(row) && acknowledgementDueOn(expectedOn(policy, row)) < today;
};
