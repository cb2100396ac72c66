import type { Db } from '../core/ctx.ts';
import type { SignalName } from './review-settings.schema.ts';
import { seen, waiting, type ReviewRow, type ReviewSignal, type Sight } from './reviews.store.ts';

type Counted = { n: number | string };

/** How often each signal peaked at each measure since a day. */
export const countPeaks = async (
  db: Db,
  { organisationIds, agentIds }: Sight,
  sinceDay: string,
): Promise<{ signal: SignalName; peak: number; times: number }[]> => {
  const rows = (await db('review_measures')
    .where('day', '>=', sinceDay)
    .where((some) =>
      some
        .whereIn('organisation_id', [...organisationIds])
        .orWhere((none) => none.where({ organisation_id: '' }).whereIn('agent_id', [...agentIds])),
    )
    .groupBy('signal', 'peak')
    .select('signal', 'peak')
    .count({ n: '*' })) as ({ signal: SignalName; peak: number } & Counted)[];
  return rows.map(({ signal, peak, n }) => ({ signal, peak: Number(peak), times: Number(n) }));
};

/** Acts since a day, and on how many days any was done. */
export const countActs = async (
  db: Db,
  { organisationIds }: Sight,
  sinceDay: string,
): Promise<{ acts: number; days: number }> => {
  const row = (await db('review_days')
    .where('day', '>=', sinceDay)
    .whereIn('organisation_id', [...organisationIds])
    .sum({ acts: 'acts' })
    .countDistinct({ n: 'day' })
    .first()) as ({ acts: number | string | null } & Counted) | undefined;
  return { acts: Number(row?.acts ?? 0), days: Number(row?.n ?? 0) };
};

/** Items of each day since then, and how many of them wait; without those that stand in a cause. */
export const countDays = async (
  db: Db,
  sight: Sight,
  sinceDay: string,
): Promise<{ day: string; raised: number; open: number }[]> => {
  const rows = (await db<ReviewRow>('reviews')
    .modify((query) => seen(query, sight))
    .where('day', '>=', sinceDay)
    .whereNull('folded_into')
    .groupBy('day')
    .orderBy('day', 'desc')
    .select('day')
    .count({ n: '*', decided: 'verdict', answered: db.raw(answered) })) as unknown as ({
    day: string;
    decided: number | string;
    answered: number | string;
  } & Counted)[];
  return rows.map(({ day, n, decided, answered: again }) => ({
    day,
    raised: Number(n),
    open: Number(n) - Number(decided) + Number(again),
  }));
};
// Counts those that wait again, since their agent explained themselves.
const answered = "case when verdict = 'to-explain' then answered_at end";

/** The highest score of what waits, since when the oldest of it does, and what retention forgets first is from when. */
export const worstWaiting = async (
  db: Db,
  sight: Sight,
): Promise<{ score: number; since: string | null; restsSince: string | null }> => {
  const row = (await db<ReviewRow>('reviews')
    .modify((query) => seen(query, sight))
    .modify(waiting)
    .whereNull('folded_into')
    .max({ score: 'score' })
    .min({ since: db.raw('coalesce(answered_at, first_at)'), rests: db.raw('coalesce(decided_at, last_at)') })
    .first()) as { score: number | null; since: string | null; rests: string | null } | undefined;
  return { score: Number(row?.score ?? 0), since: row?.since ?? null, restsSince: row?.rests ?? null };
};

/** Items that retention emptied before anybody decided them, ever; without those that stood in a cause. */
export const countNeverDecided = async (db: Db, { organisationIds }: Sight): Promise<number> => {
  const row = (await db<ReviewRow>('reviews')
    .whereIn('organisation_id', [...organisationIds])
    .whereNull('verdict')
    .whereNotNull('forgotten_at')
    .whereNull('folded_into')
    .count({ n: '*' })
    .first()) as Counted | undefined;
  return Number(row?.n ?? 0);
};

/** Of each signal, how many items a supervisor decided since a moment, by verdict. */
export const countVerdicts = async (
  db: Db,
  sight: Sight,
  since: string,
): Promise<{ signal: SignalName; verdict: string; times: number }[]> => {
  const rows = (await db<ReviewRow>('reviews')
    .join<ReviewSignal>('review_signals as s', 's.review_id', 'reviews.id')
    .modify((query) => seen(query, sight))
    .where('reviews.decided_at', '>=', since)
    .whereNot('reviews.verdict', 'by-cause')
    .groupBy('s.signal', 'reviews.verdict')
    .select('s.signal', 'reviews.verdict')
    .countDistinct({ n: 'reviews.id' })) as unknown as ({ signal: SignalName; verdict: string } & Counted)[];
  return rows.map(({ signal, verdict, n }) => ({ signal, verdict, times: Number(n) }));
};
