import type { Knex } from 'knex';
import type { Db } from '../core/ctx.ts';

/** For another room's query: the ids of the members whose calls, call-backs or notes these are. */
export const membersBehindCalls = (db: Db, ids: string[]): Knex.QueryBuilder[] =>
  ['calls', 'callbacks', 'member_notes'].map((table) =>
    db(table).whereIn('id', ids).whereNotNull('member_id').select('member_id'),
  );
