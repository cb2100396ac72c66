import type { Headline } from '../core/vocabulary.ts';

/** Everything that decides whether a member may get in, read together. */
export type Standing = {
  hasAccount: boolean;
  /** Why nothing on the desk opens it; null when nothing closes it. */
  disabled: 'contract-ended' | 'client-rights-lost' | 'deceased' | null;
  disabledSince: string | null;
  frozenAt: string | null;
  /** `repudiated` by the member, or `death-reported`. */
  frozenWhy: string | null;
  /** A suspicion at the desk stops recoveries and unblocks until then; null when there is none now. */
  suspectedAt: string | null;
  suspectedUntil: string | null;
  failures: number;
  maxFailures: number;
  lockedAt: string | null;
  /** A live secret or a letter under way. */
  waiting:
    | {
        for: 'message';
        secret: 'temporary' | 'link' | 'code';
        channel: 'email' | 'sms';
        since: string;
        until: string;
      }
    | { for: 'letter-to-print' | 'letter-printed' | 'letter-posted'; since: string; until: string }
    | { for: 'temporary-password'; since: string; until: string }
    | null;
  firstSignedInAt: string | null;
  lastSignedInAt: string | null;
  hasPassword: boolean;
};

/** The first that applies (DOMAIN, "Headline of an account"). */
export const headlineOf = (standing: Standing): Headline => {
  if (!standing.hasAccount) return 'no-account';
  if (standing.disabled) return 'disabled';
  if (standing.frozenAt || standing.suspectedUntil) return 'frozen';
  if (isLocked(standing)) return 'locked';
  if (standing.waiting) return 'waiting';
  if (!standing.hasPassword && !standing.firstSignedInAt) return 'never-connected';
  return 'open';
};

export const isLocked = ({ failures, maxFailures }: Standing): boolean => failures >= maxFailures;

/** Since when the headline holds; null where no moment is known. */
export const headlineSince = (standing: Standing): string | null => {
  switch (headlineOf(standing)) {
    case 'disabled':
      return standing.disabledSince;
    case 'frozen':
      return standing.frozenAt ?? standing.suspectedAt;
    case 'locked':
      return standing.lockedAt;
    case 'waiting':
      return standing.waiting?.since ?? null;
    case 'open':
      return standing.lastSignedInAt;
    default:
      return null;
  }
};
