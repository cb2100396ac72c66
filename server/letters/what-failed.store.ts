import type { Knex } from 'knex';
import type { Db } from '../core/ctx.ts';
import type { LetterState } from './letters.schema.ts';
import { unposted, type LetterRow } from './letters.store.ts';
import { testLetterReason } from './test-letter.ts';

export type MissedRow = Pick<LetterRow, 'id' | 'member_id' | 'asked_by'>;

/** Leaves out what is known already. */
type Except = (query: Knex.QueryBuilder) => void;

const table = (db: Db) => db<LetterRow>('letters as l').leftJoin('lots as o', 'o.id', 'l.lot_id');
const onceDeposited: LetterState[] = ['deposited', 'expired', 'returned'];
const needless: LetterState[] = ['used', 'cancelled', 'superseded'];
const columns = ['l.id', 'l.member_id', 'l.asked_by'] as const;

/**
 * Letters whose latest moment lies between these two and that were not with the post by then: not posted, posted
 * later, or impossible to print. One that nobody has to send any more was not missed.
 */
export const listMissed = (
  db: Db,
  organisationId: string,
  { from, to }: { from: string; to: string },
  except: Except,
  limit: number,
): Promise<MissedRow[]> =>
  table(db)
    .where('l.organisation_id', organisationId)
    .whereIn('l.state', [...unposted, ...onceDeposited, 'refused'])
    .whereNot('l.reason', testLetterReason)
    .where('l.latest_posting_at', '>=', from)
    .where('l.latest_posting_at', '<=', to)
    .where((missed) =>
      missed
        .whereIn('l.state', unposted)
        .orWhere((late) =>
          late.whereIn('l.state', onceDeposited).whereRaw('o.deposited_at > l.latest_posting_at'),
        )
        .orWhere((refused) => refused.where('l.state', 'refused').whereNot('l.problem', 'account-closed')),
    )
    .where(except)
    .orderBy(['l.latest_posting_at', 'l.id'])
    .limit(limit)
    .select(...columns);

/** Letters that came back since then. */
export const listReturned = (
  db: Db,
  organisationId: string,
  since: { postedFrom: string; returnedFrom: string },
  except: Except,
  limit: number,
): Promise<MissedRow[]> =>
  table(db)
    .where('l.organisation_id', organisationId)
    .where('l.state', 'returned')
    .whereNot('l.reason', testLetterReason)
    .where('l.latest_posting_at', '>=', since.postedFrom)
    .where('l.state_at', '>=', since.returnedFrom)
    .where(except)
    .orderBy(['l.latest_posting_at', 'l.id'])
    .limit(limit)
    .select(...columns);

/** Which of these were posted in time after all, as was declared later, or need no letter any more. */
export const listNotMissed = async (db: Db, ids: string[]): Promise<string[]> => {
  const rows = await table(db)
    .whereIn('l.id', ids)
    .where((kept) =>
      kept
        .whereIn('l.state', needless)
        .orWhere((inTime) =>
          inTime.whereIn('l.state', onceDeposited).whereRaw('o.deposited_at <= l.latest_posting_at'),
        ),
    )
    .select('l.id');
  return rows.map(({ id }) => id as string);
};

/** For the list of messages `m` that failed: leaves out those whose member was promised a letter after them. */
export const noLetterAfter =
  (db: Db): Except =>
  (query) =>
    void query.whereNotExists(
      db('letters as l')
        .whereRaw('l.member_id = m.member_id and l.asked_at >= m.asked_at')
        .whereNotIn('l.state', ['cancelled', 'refused'])
        .select('l.id'),
    );
