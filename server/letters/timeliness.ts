import { parisDay } from '../core/calendar.ts';
import type { Letter } from './letters.schema.ts';

const atRiskHours = 2;

/** Before this moment a letter planned for today is at risk, unless it is late already. */
export const riskUntil = (now: Date): Date => new Date(now.getTime() + atRiskHours * 3_600_000);

/** Late once the latest posting moment has passed, at risk in the two hours before it. */
export const timelinessOf = (
  of: { latestPostingAt: string; plannedPostingOn: string },
  now: Date,
): Exclude<Letter['timeliness'], 'gone'> => {
  const latest = Date.parse(of.latestPostingAt);
  if (latest < now.getTime()) return 'late';
  const isToday = of.plannedPostingOn === parisDay(now);
  return latest < riskUntil(now).getTime() && isToday ? 'at-risk' : 'on-time';
};
