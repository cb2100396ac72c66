import type { Db } from '../core/ctx.ts';
import type { Segment } from './chain.ts';
import type { Why } from './verification.schema.ts';

type SegmentRow = {
  number: number;
  from_seq: number | string;
  previous_hash: string;
  why: Why;
  broken_at: number | string;
  opened_at: string;
  signature: string;
};

/** Segments after the first, in order. */
export const listSegments = async (db: Db): Promise<Segment[]> =>
  (await db<SegmentRow>('audit_segments').orderBy('number')).map((row) => ({
    number: row.number,
    fromSeq: Number(row.from_seq),
    previousHash: row.previous_hash,
    why: row.why,
    brokenAt: Number(row.broken_at),
    openedAt: row.opened_at,
    signature: row.signature,
  }));

export const insertSegment = async (db: Db, segment: Segment): Promise<void> => {
  await db<SegmentRow>('audit_segments').insert({
    number: segment.number,
    from_seq: segment.fromSeq,
    previous_hash: segment.previousHash,
    why: segment.why,
    broken_at: segment.brokenAt,
    opened_at: segment.openedAt,
    signature: segment.signature,
  });
};
