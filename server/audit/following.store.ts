import type { Db } from '../core/ctx.ts';

type FollowerRow = { name: string; seq: number | string };
const table = (db: Db) => db<FollowerRow>('audit_followers');

/** How far a follower has come; until the transaction ends, no other process moves it. */
export const takeFollower = async (db: Db, name: string): Promise<number> => {
  await table(db).insert({ name, seq: 0 }).onConflict('name').ignore();
  const [row] = await table(db)
    .where({ name })
    .update({ seq: db.ref('seq') as unknown as number })
    .returning('seq');
  return Number(row?.seq ?? 0);
};

export const moveFollower = async (db: Db, name: string, seq: number): Promise<void> => {
  await table(db).where({ name }).update({ seq });
};

/** The first row whose payload retention has left. */
export const findFirstWhole = async (db: Db): Promise<{ seq: number; at: string } | undefined> => {
  const row = await db('audit_events').whereNotNull('payload').orderBy('seq').first('seq', 'at');
  return row && { seq: Number(row.seq), at: String(row.at) };
};
