import type { Db } from '../core/ctx.ts';

type HeadsFileRow = { id: string; kept_seq: number | string; begun_at: string; mac: string };

const table = (db: Db) => db<HeadsFileRow>('audit_heads_files');

export type KeptFile = { id: string; keptSeq: number; mac: string };

export const listHeadsFiles = async (db: Db): Promise<KeptFile[]> =>
  (await table(db).select('id', 'kept_seq', 'mac')).map(({ id, kept_seq, mac }) => ({
    id,
    keptSeq: Number(kept_seq),
    mac,
  }));

export const insertHeadsFile = async (db: Db, file: KeptFile, begunAt: string): Promise<void> => {
  await table(db).insert({ id: file.id, kept_seq: file.keptSeq, begun_at: begunAt, mac: file.mac });
};

/** Never back: another process of the same file may have come further. */
export const moveHeadsFile = async (db: Db, { id, keptSeq, mac }: KeptFile): Promise<void> => {
  await table(db).where({ id }).where('kept_seq', '<', keptSeq).update({ kept_seq: keptSeq, mac });
};
