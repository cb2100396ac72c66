import { addDays, atParis, parisDay, type Day } from '../core/calendar.ts';
import type { Db } from '../core/ctx.ts';
import * as store from './posted.store.ts';

export type PostedLetter = {
  organisationId: string;
  memberId: string;
  askedBy: string;
  product: string;
  /** The day first announced: to the letter whose place this one took, where it took one. */
  announcedOn: Day;
  /** Whether it left in time to be in the box on that day. */
  isKept: boolean;
};

/**
 * The letters of a lot that was handed to the post at `depositedAt`. What it says does not change afterwards: a good
 * sheet stays one, whatever becomes of its letter.
 */
export const postedLetters = async (db: Db, lotId: string, depositedAt: string): Promise<PostedLetter[]> => {
  const rows = await store.listPosted(db, lotId);
  const firstOf = await firstAnnounced(db, rows);
  return rows.map((row) => {
    const announcedOn = firstOf.get(row.id) ?? row.announced_on;
    return {
      organisationId: row.organisation_id,
      memberId: row.member_id,
      askedBy: row.asked_by,
      product: row.product,
      announcedOn,
      // A letter that takes another's place has later dates: the member was told the first one.
      isKept: depositedAt <= row.latest_posting_at && row.announced_on <= announcedOn,
    };
  });
};

const firstAnnounced = async (db: Db, rows: store.PostedRow[]): Promise<Map<string, Day>> => {
  const first = new Map<string, Day>();
  let replaced = rows.flatMap(({ id, replaces_id: before }) => (before ? [{ id, before }] : []));
  while (replaced.length > 0) {
    const announced = new Map(
      (
        await store.listAnnounced(
          db,
          replaced.map(({ before }) => before),
        )
      ).map((row) => [row.id, row]),
    );
    for (const { id, before } of replaced) {
      const found = announced.get(before);
      if (found) first.set(id, found.announced_on);
    }
    replaced = replaced.flatMap(({ id, before }) => {
      const earlier = announced.get(before)?.replaces_id;
      return earlier ? [{ id, before: earlier }] : [];
    });
  }
  return first;
};

/** Waiting letters by the Paris day on which they were asked for: today, yesterday, 2 or 3, 4 to 7 days ago, longer. */
export const waitingAges = ['today', 'yesterday', 'days-2-3', 'days-4-7', 'longer'] as const;
export type WaitingAge = (typeof waitingAges)[number];
export type Waiting = {
  total: number;
  byAge: Record<WaitingAge, number>;
  /** The day said to the member has passed, and the letter has not left. */
  overdue: number;
};

export const waitingLetters = async (
  { db, now }: { db: Db; now: Date },
  organisationIds: readonly string[],
): Promise<Waiting> => {
  const today = parisDay(now);
  const since = [0, 1, 3, 7].map((days) => atParis(addDays(today, -days), '00:00').toISOString());
  const { total, overdue, askedBefore } = await store.countWaiting(db, organisationIds, { since, today });
  const [beforeToday = 0, older1 = 0, older3 = 0, older7 = 0] = askedBefore;
  return {
    total,
    overdue,
    byAge: {
      today: total - beforeToday,
      yesterday: beforeToday - older1,
      'days-2-3': older1 - older3,
      'days-4-7': older3 - older7,
      longer: older7,
    },
  };
};

/** The members, nobody's, whom organisations send their test letters to. */
export const testAddressees = (db: Db): Promise<string[]> => store.listTestAddressees(db);
