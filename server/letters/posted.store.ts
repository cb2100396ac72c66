import type { Db } from '../core/ctx.ts';
import { unposted } from './letters.store.ts';
import { testLetterReason } from './test-letter.ts';

export type PostedRow = {
  id: string;
  organisation_id: string;
  member_id: string;
  asked_by: string;
  product: string;
  announced_on: string;
  latest_posting_at: string;
  replaces_id: string | null;
};

/**
 * The sheets of a lot that went to the post: good ones, also of letters that had ended by then, but for those
 * that an incident took out; no test letters.
 */
export const listPosted = (db: Db, lotId: string): Promise<PostedRow[]> =>
  db('letters')
    .where({ lot_id: lotId })
    .whereNotNull('printed_attempt')
    .whereNotNull('sheet')
    .whereNot({ state: 'spoiled' })
    .whereNot({ reason: testLetterReason })
    .whereNotExists(endedByIncident(db))
    .orderBy('sheet')
    .select(
      'id',
      'organisation_id',
      'member_id',
      'asked_by',
      'product',
      'announced_on',
      'latest_posting_at',
      'replaces_id',
    );

/** Taken out before the post: what came back by post was good when it left. */
const endedByIncident = (db: Db) =>
  db('destructions as d')
    .where({ 'd.kind': 'incident' })
    .whereRaw('d.lot_id = letters.lot_id and d.attempt = letters.printed_attempt')
    .whereRaw('letters.sheet between d.from_sheet and d.to_sheet')
    .select(db.raw('1'));

/** What each of these letters announced, and whose place it took. */
export const listAnnounced = (
  db: Db,
  ids: readonly string[],
): Promise<{ id: string; announced_on: string; replaces_id: string | null }[]> =>
  db('letters')
    .whereIn('id', [...ids])
    .select('id', 'announced_on', 'replaces_id');

type Moments = { since: string[]; today: string };

/** Answers from the index on organisation and state: few are waiting, however many have gone. */
export const waitingQuery = (db: Db, organisationIds: readonly string[], { since, today }: Moments) =>
  db('letters')
    .whereIn('organisation_id', [...organisationIds])
    .whereIn('state', unposted)
    .whereNot({ reason: testLetterReason })
    .select(
      db.raw('count(*) as total'),
      db.raw('sum(case when announced_on < ? then 1 else 0 end) as overdue', [today]),
      ...since.map((moment, at) =>
        db.raw('sum(case when asked_at < ? then 1 else 0 end) as ??', [moment, `b${at}`]),
      ),
    );

/** Letters to members that have not left, asked for before each of these moments; announced for before `today`. */
export const countWaiting = async (
  db: Db,
  organisationIds: readonly string[],
  moments: Moments,
): Promise<{ total: number; askedBefore: number[]; overdue: number }> => {
  const [row] = (await waitingQuery(db, organisationIds, moments)) as Record<
    string,
    number | string | null
  >[];
  const read = (name: string): number => Number(row?.[name] ?? 0);
  return {
    total: read('total'),
    overdue: read('overdue'),
    askedBefore: moments.since.map((_, at) => read(`b${at}`)),
  };
};

export const listTestAddressees = async (db: Db): Promise<string[]> =>
  (await db('test_addressees').select('member_id')).map((row) => row.member_id as string);
