import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import type { CallerVerification } from '../../../server/verifications/verifications.schema.ts';
import { hasOpenWay } from '../verifications/ways.ts';

export type Offer = {
  why: 'failed' | 'impossible' | 'not-entitled';
  act: 'letter' | 'sms' | 'email';
};

/**
 * What to offer at once to a caller whose proof failed, or cannot be had: the letter to the address on file; where
 * there is none, a request to a supervisor. Null while a proof may still be had, or when nothing can be offered.
 */
export const offerFor = (
  { can }: Pick<MemberPage, 'can'>,
  verification: CallerVerification,
): Offer | null => {
  const why = whyUnproved(verification);
  if (!why || can.sms.allowed || can.email.allowed) return null;
  if (can.letter.allowed) return { why, act: 'letter' };
  const asked = (['sms', 'email'] as const).find((act) => can[act].state === 'approval');
  return asked ? { why, act: asked } : null;
};

const whyUnproved = (verification: CallerVerification): Offer['why'] | null => {
  const { caller, failed, level } = verification;
  if (caller === 'unsaid') return null;
  if (caller === 'not-entitled') return 'not-entitled';
  if (failed) return 'failed';
  return level === 'none' && !hasOpenWay(verification) ? 'impossible' : null;
};
