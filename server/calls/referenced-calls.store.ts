import type { Db, Scope } from '../core/ctx.ts';
import { toCall, type CallRow, type StoredCall } from './calls.store.ts';

/** The latest calls of these organisations that have this reference, whole and as it was typed. */
export const listCallsByReference = async (
  db: Db,
  scope: Scope,
  reference: string,
  limit: number,
): Promise<StoredCall[]> => {
  const rows = await db<CallRow>('calls')
    .where({ reference })
    .whereIn('organisation_id', [...scope.organisationIds])
    .orderBy('opened_at', 'desc')
    .limit(limit);
  return rows.map(toCall);
};
