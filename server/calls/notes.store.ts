import type { Db } from '../core/ctx.ts';
import type { NoteKind } from './notes.schema.ts';

export type NoteRow = {
  id: string;
  organisation_id: string;
  member_id: string;
  call_id: string | null;
  agent_id: string;
  kind: NoteKind;
  text: string;
  at: string;
};

const table = (db: Db) => db<NoteRow>('member_notes');

export const insertNote = async (db: Db, row: NoteRow): Promise<void> => {
  await table(db).insert(row);
};

/** Newest first. */
export const listNotes = (db: Db, memberId: string, limit: number): Promise<NoteRow[]> =>
  table(db)
    .where({ member_id: memberId })
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit);
