import type { Db } from '../core/ctx.ts';

/** Calls about a member since then, back-office ones aside; one that goes on with a dropped one is the same call. */
export const countCalls = async (
  db: Db,
  memberId: string,
  since: string,
): Promise<{ calls: number; agents: number }> => {
  const row = (await db('calls')
    .where({ member_id: memberId })
    .where('opened_at', '>', since)
    .whereNot({ channel: 'back-office' })
    .first(db.raw('count(*) - count(resumes_id) as calls'), db.raw('count(distinct agent_id) as agents'))) as
    { calls: number | string; agents: number | string } | undefined;
  return { calls: Number(row?.calls ?? 0), agents: Number(row?.agents ?? 0) };
};
