import type { Db } from '../core/ctx.ts';
import type { OutgoingKind } from './outgoing-changes.schema.ts';

export type OutgoingRow = {
  id: string;
  organisation_id: string;
  member_id: string;
  kind: OutgoingKind;
  reason: string;
  call_id: string | null;
  changed_by: string;
  changed_at: string;
  exported_on: string | null;
};

const table = (db: Db) => db<OutgoingRow>('outgoing_changes');

export const insertOutgoing = async (db: Db, row: OutgoingRow): Promise<void> => {
  await table(db).insert(row);
};

/** What this agent changed about a member since then. */
export const listKindsBy = async (
  db: Db,
  memberId: string,
  by: { agentId: string; since: string },
): Promise<OutgoingKind[]> =>
  (
    await table(db)
      .where({ member_id: memberId, changed_by: by.agentId })
      .where('changed_at', '>=', by.since)
      .distinct('kind')
  ).map(({ kind }) => kind);

/** What was changed about a member in these calls. */
export const listKindsIn = async (db: Db, memberId: string, callIds: string[]): Promise<OutgoingKind[]> =>
  (await table(db).where({ member_id: memberId }).whereIn('call_id', callIds).distinct('kind')).map(
    ({ kind }) => kind,
  );
