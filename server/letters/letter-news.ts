import { addDays, parisDay, zoneOfRow, type Day } from '../core/calendar.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { DepositedRow } from './letters.store.ts';
import { arrivalBy, arrivalFrom } from './promise.ts';

/**
 * What became of the last letter that a member was promised: planned; planned for a day that has passed; on its way;
 * not there by the day it was expected; run out unused; brought back; never sent, because it could not be printed.
 */
export type LetterNews = {
  as: 'to-post' | 'overdue' | 'under-way' | 'late' | 'expired' | 'returned' | 'not-sent';
  letter: DepositedRow;
  /** The day of the deposit as it really was; null before. */
  postedOn: Day | null;
  expected: Expected;
};
export type Expected = { earliest: Day; latest: Day };

/** A letter that ran out longer ago is no news any more; one that came back is, which may take the post months. */
const expiredIsNewsDays = 30;

/**
 * When a letter is to be expected: by the same table as it was promised, from the day on which it was really posted.
 * Of one not posted yet, and of a product that the organisation has given up, what its row says.
 */
export const expectedOf = ({ letter: policy }: Policy, row: DepositedRow): Expected => {
  const product = policy?.products.find(({ id }) => id === row.product);
  if (!product || row.deposited_at === null)
    return { earliest: row.earliest_arrival_on, latest: row.latest_arrival_on };
  const posted = parisDay(new Date(row.deposited_at));
  const zone = zoneOfRow(row.zone);
  return { earliest: arrivalFrom(posted, product, zone), latest: arrivalBy(posted, product, zone) };
};

/** `letters`: the account's, newest first. Null when the last one was used, or another way came in its place. */
export const newsOf = (policy: Policy, letters: DepositedRow[], now: Date): LetterNews | null => {
  const letter = letters.find((one) => !isOvertaken(one));
  const as = letter && stageOf(policy, letter, now);
  if (!letter || !as) return null;
  const isPosted = letter.deposited_at !== null && as !== 'not-sent';
  const postedOn = isPosted ? parisDay(new Date(letter.deposited_at ?? '')) : null;
  return { as, letter, postedOn, expected: expectedOf(policy, letter) };
};

/** Something else of the list says what became of it: its replacement, or the one that came back from that address. */
const isOvertaken = ({ state, problem }: DepositedRow): boolean =>
  state === 'cancelled' || state === 'spoiled' || (state === 'refused' && problem === 'address-doubtful');

/** Until which day another letter would cross this one; undefined when none would, null when nobody can tell. */
export const expectedUntil = (policy: Policy, row: DepositedRow, now: Date): Day | null | undefined => {
  if (row.valid_until < now.toISOString()) return undefined;
  const stage = stageOf(policy, row, now);
  // Not posted on its day: when it will be there nobody knows.
  if (stage === 'overdue') return null;
  return stage === 'to-post' || stage === 'under-way' ? expectedOf(policy, row).latest : undefined;
};

const stageOf = (policy: Policy, letter: DepositedRow, now: Date): LetterNews['as'] | null => {
  const today = parisDay(now);
  const isOver = letter.valid_until < now.toISOString();
  const isNews = addDays(letter.limit_on, expiredIsNewsDays) >= today;
  switch (letter.state) {
    case 'requested':
    case 'in-lot':
    case 'printing':
    case 'printed':
      return letter.planned_posting_on < today ? 'overdue' : 'to-post';
    case 'deposited':
      if (isOver) return isNews ? 'expired' : null;
      return expectedOf(policy, letter).latest < today ? 'late' : 'under-way';
    case 'expired':
      return isNews ? 'expired' : null;
    case 'returned':
      return 'returned';
    case 'refused':
      return letter.problem === 'account-closed' ? null : 'not-sent';
    default:
      return null;
  }
};
