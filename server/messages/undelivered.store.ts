import type { Knex } from 'knex';
import type { Db } from '../core/ctx.ts';
import { wayInTemplates } from './messages.schema.ts';
import type { MessageRow } from './messages.store.ts';

export type UndeliveredRow = Pick<MessageRow, 'id' | 'member_id' | 'asked_by'>;

/** Ended by what came in its place, or with the account: its member is not left waiting. */
const needless = ['replaced', 'account-changed', 'account-closed'];
const askedByNobody = ['member', 'system'];

/**
 * Messages that an agent asked for to let a member in, that failed for good between these two moments, and that no
 * other one has followed. `except` may name the row's columns under `m`.
 */
export const listUndelivered = (
  db: Db,
  organisationId: string,
  { from, to }: { from: string; to: string },
  except: ((query: Knex.QueryBuilder) => void)[],
  limit: number,
): Promise<UndeliveredRow[]> => {
  let found = db<MessageRow>('messages as m')
    .where('m.state', 'failed')
    // What is to be done about a message stands at its last attempt: the index bounds what is read.
    .where('m.next_at', '>=', from)
    .where('m.state_at', '<=', to)
    .where('m.organisation_id', organisationId)
    .whereIn('m.template', [...wayInTemplates])
    .whereNotIn('m.asked_by', askedByNobody)
    .whereNotIn('m.problem', needless)
    .whereNotExists(
      db('messages as later')
        .whereRaw('later.member_id = m.member_id and later.asked_at > m.asked_at')
        .whereIn('later.template', [...wayInTemplates])
        .whereNot('later.state', 'failed')
        .select('later.id'),
    );
  for (const leaveOut of except) found = found.where(leaveOut);
  return found.orderBy(['m.next_at', 'm.id']).limit(limit).select('m.id', 'm.member_id', 'm.asked_by');
};
