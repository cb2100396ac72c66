import type { Db, StampedEvent } from '../core/ctx.ts';

type Row = { seq: number | string; type: string; member_id: string | null; payload: string | null };

/** One event without its data but the lot it is about, which names no member. */
export type Happening = { seq: number; type: string; memberId: string | null; lotId: string | null };

/** Events after one place up to another: of these members, and of these types whoever they are about. */
export const listHappenings = async (
  db: Db,
  { after, upTo }: { after: number; upTo: number },
  which: { memberIds: string[]; types: readonly string[] },
): Promise<Happening[]> => {
  const rows = await db<Row>('audit_events')
    .where('seq', '>', after)
    .where('seq', '<=', upTo)
    .where((some) => some.whereIn('member_id', which.memberIds).orWhereIn('type', [...which.types]))
    .orderBy('seq')
    .select('seq', 'type', 'member_id', 'payload');
  return rows.map((row) => ({
    seq: Number(row.seq),
    type: row.type,
    memberId: row.member_id,
    lotId: lotIn(row.payload),
  }));
};

/** Whether this agent opened this member's page since then. */
export const hasViewed = async (
  db: Db,
  { agentId, memberId, since }: { agentId: string; memberId: string; since: string },
): Promise<boolean> =>
  (await db('audit_events')
    .where({ member_id: memberId, actor_id: agentId, type: 'member.viewed' })
    .where('at', '>=', since)
    .first('seq')) !== undefined;

const lotIn = (payload: string | null): string | null => {
  const { lotId } = payload === null ? {} : (JSON.parse(payload) as StampedEvent).data;
  return typeof lotId === 'string' ? lotId : null;
};
