import type { Day } from '../core/calendar.ts';

/** Where something was done; empty texts for what no agent did, and for agents without a site or a team. */
export type FigurePlace = { siteId: string; team: string };
export const nowhere: FigurePlace = { siteId: '', team: '' };

/** One line of the tallies. `sum`: seconds, of measures that last. */
export type Tally = FigurePlace & {
  organisationId: string;
  day: Day;
  measure: string;
  n: number;
  sum: number;
};

/** What is remembered of a call, until no other can repeat it. */
export type CallMemory = FigurePlace & {
  callId: string;
  organisationId: string | null;
  memberId: string | null;
  channel: string;
  openedAt: string;
  /** When something last happened in it: where a call ended idle, its end. */
  lastAt: string;
  /** The first of the calls that this one goes on with; its own id otherwise. */
  rootId: string;
  outcome: string;
  unblocks: number;
  sms: number;
  emails: number;
  isCounted: boolean;
  /** Nobody had called about this member in the week before. */
  isFirst: boolean;
  /** Somebody called again in the week after. */
  isFollowed: boolean;
};

/** Collects tallies, one of each kind; those of days that are not counted again are dropped. */
export const makeTallies = (frozenUntil: Day | null) => {
  const tallies = new Map<string, Tally>();
  return {
    add: (at: Omit<Tally, 'n' | 'sum'>, n = 1, sum = 0): void => {
      if (frozenUntil !== null && at.day <= frozenUntil) return;
      const { organisationId, day, siteId, team, measure } = at;
      const key = JSON.stringify([organisationId, day, siteId, team, measure]);
      const known = tallies.get(key) ?? { organisationId, day, siteId, team, measure, n: 0, sum: 0 };
      tallies.set(key, { ...known, n: known.n + n, sum: known.sum + sum });
    },
    list: (): Tally[] => [...tallies.values()].filter(({ n, sum }) => n !== 0 || sum !== 0),
  };
};
export type Tallies = ReturnType<typeof makeTallies>;
