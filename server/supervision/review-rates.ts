import type { SignalName } from './review-settings.schema.ts';

/** Over how many days a signal's rate is counted, and how far back a new installation looks. */
export const measuredDays = 30;

/** How often a signal measured so much at most for a subject and day. */
export type Peaks = { peak: number; times: number }[];
export type Rate = { from: number; alarms: number; perDay: number; perThousandActs: number | null };

/** What a threshold gave: alarms in all, for each day on which anything was done, and for 1,000 acts. */
export const rateAt = (peaks: Peaks, from: number, of: { days: number; acts: number }): Rate => {
  const alarms = peaks.filter(({ peak }) => peak >= from).reduce((sum, { times }) => sum + times, 0);
  return {
    from,
    alarms,
    perDay: of.days === 0 ? 0 : round(alarms / of.days),
    perThousandActs: of.acts === 0 ? null : round((alarms * 1_000) / of.acts),
  };
};

/** Half the threshold and twice it, where those are others: what moving it would cost. */
export const besides = (signal: SignalName, from: number): number[] => {
  // Of three kinds of acts there are two or three.
  const others = signal === 'way-in' ? [2, 3] : [Math.max(1, Math.floor(from / 2)), from * 2];
  return others.filter((other) => other !== from);
};

/** These only say yes: another threshold means nothing. */
export const isYesOrNo = (signal: SignalName): boolean =>
  signal === 'own-lot' || signal === 'sample' || signal === 'gathered';

const round = (value: number): number => Math.round(value * 100) / 100;
