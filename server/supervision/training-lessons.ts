import type { AuditRow } from '../audit/audit.schema.ts';
import type { TrainingPlot } from '../imports/training-callers.ts';

/** What a trainee did for a member, in the order in which it matters. */
export const trainingDeeds = [
  'way-in-sent',
  'letter-asked',
  'unblocked',
  'corrected',
  'suspicion-reported',
  'approval-asked',
] as const;
export type TrainingDeed = (typeof trainingDeeds)[number];

/** What an event of the audit was as a deed; null for what is none. */
export const deedOf = ({ type, data }: Pick<AuditRow, 'type' | 'data'>): TrainingDeed | null => {
  const isWayIn = data?.template === 'reset-link' || data?.template === 'temporary-password';
  if (type === 'message.asked') return isWayIn ? 'way-in-sent' : null;
  return deeds[type] ?? null;
};

const deeds: Record<string, TrainingDeed> = {
  'letter.requested': 'letter-asked',
  'account.unblocked': 'unblocked',
  'member.corrected': 'corrected',
  'account.suspected': 'suspicion-reported',
  'approval.requested': 'approval-asked',
};

/** One of `wanted` settles the call, where anything is wanted at all; one of `never` spoils it. */
const lessons: Record<TrainingPlot, { wanted: readonly TrainingDeed[]; never: readonly TrainingDeed[] }> = {
  locked: { wanted: ['unblocked', 'way-in-sent', 'letter-asked', 'approval-asked'], never: ['corrected'] },
  forgotten: { wanted: ['way-in-sent', 'letter-asked', 'approval-asked'], never: ['corrected'] },
  'never-connected': { wanted: ['way-in-sent', 'letter-asked', 'approval-asked'], never: ['corrected'] },
  'no-contact': { wanted: ['letter-asked', 'approval-asked'], never: ['corrected'] },
  'letter-late': { wanted: [], never: ['corrected'] },
  'contract-ended': { wanted: [], never: ['corrected', 'way-in-sent', 'letter-asked'] },
  relative: { wanted: [], never: ['corrected', 'way-in-sent', 'unblocked'] },
  'new-address': {
    wanted: ['way-in-sent', 'letter-asked', 'unblocked', 'approval-asked'],
    never: ['corrected'],
  },
  impostor: {
    wanted: ['suspicion-reported', 'letter-asked'],
    never: ['corrected', 'way-in-sent', 'unblocked'],
  },
};

/** How a call of this plot went by what was done. Nothing done is right where nothing was to be done. */
export const verdictOn = (
  plot: TrainingPlot,
  done: readonly TrainingDeed[],
): 'as-expected' | 'mistaken' | 'nothing-done' => {
  const { wanted, never } = lessons[plot];
  if (done.some((deed) => never.includes(deed))) return 'mistaken';
  if (wanted.length === 0 || done.some((deed) => wanted.includes(deed))) return 'as-expected';
  return 'nothing-done';
};
