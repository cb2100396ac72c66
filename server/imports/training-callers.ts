import type { Policy } from '../organisations/policy.schema.ts';
import { inventPeople, type DemoOptions, type InventedPerson } from './demo-people.ts';
import { proofsOf } from './demo-proofs.ts';
import type { ImportedPerson } from './row.ts';

/** What a caller wants, or wants to obtain: each has its lines and its lesson among the words (`training`). */
export const trainingPlots = [
  'locked',
  'forgotten',
  'no-contact',
  'never-connected',
  'letter-late',
  'contract-ended',
  'relative',
  'new-address',
  'impostor',
] as const;
export type TrainingPlot = (typeof trainingPlots)[number];

/** Somebody who calls the training desk: all invented, and told to the trainee as a caller would tell it. */
export type TrainingCaller = {
  id: string;
  organisationId: string;
  plot: TrainingPlot;
  /** The member they call about. */
  memberNumber: string;
  rank: string;
  firstName: string;
  lastName: string;
  civility: string | null;
  birthDate: string | null;
  /** What they say when the desk asks a question: by the fact's id. An impostor guesses. */
  answers: { fact: string; value: string }[];
  /** Whether a code sent to the contact on file reaches them. */
  hasContactInHand: boolean;
};

/**
 * The callers of one organisation, a few of each plot: the same options give the same callers, with the answers that
 * the demo's file of proofs brought for them.
 */
export const inventCallers = (policy: Policy, options: DemoOptions, ofEach = 2): TrainingCaller[] => {
  const left = new Map<TrainingPlot, number>(trainingPlots.map((plot) => [plot, ofEach]));
  const callers: TrainingCaller[] = [];
  for (const invented of inventPeople(options)) {
    const plots = plotsFor(invented).filter((one) => policy.letter !== null || !needsLetters.includes(one));
    const plot = mostLeftOf(plots, left);
    if (!plot) continue;
    left.set(plot, (left.get(plot) ?? 0) - 1);
    callers.push(callerOf(policy, options, invented.person, plot));
    if ([...left.values()].every((count) => count === 0)) break;
  }
  return callers;
};

/** What can only end with a letter is no lesson where an organisation has none. */
const needsLetters: readonly TrainingPlot[] = ['no-contact', 'letter-late'];

/** The plot that has had the fewest callers, the first of equals; none once each has had its own. */
const mostLeftOf = (plots: TrainingPlot[], left: Map<TrainingPlot, number>): TrainingPlot | undefined =>
  plots
    .filter((plot) => (left.get(plot) ?? 0) > 0)
    .sort((one, other) => (left.get(other) ?? 0) - (left.get(one) ?? 0))[0];

const plotsFor = ({ person, state }: InventedPerson): TrainingPlot[] => {
  const reachable = person.email !== null || person.mobile !== null;
  // Guardians and protected persons are another lesson.
  if (state === null || person.representative || person.isProtected) return [];
  if (state === 'contract-ended') return ['contract-ended'];
  if (state === 'waiting') return ['letter-late'];
  if (state === 'never-connected') return reachable ? ['never-connected'] : [];
  if (state === 'locked') return reachable ? ['locked', 'impostor', 'new-address'] : ['no-contact'];
  if (state === 'open') return reachable ? ['forgotten', 'relative', 'impostor'] : ['no-contact'];
  return [];
};

const callerOf = (
  policy: Policy,
  options: DemoOptions,
  person: ImportedPerson,
  plot: TrainingPlot,
): TrainingCaller => ({
  id: `${policy.id}-${person.memberNumber}${person.rank}-${plot}`,
  organisationId: policy.id,
  plot,
  memberNumber: person.memberNumber,
  rank: person.rank,
  firstName: person.firstName,
  lastName: person.usualName ?? person.birthName ?? '',
  civility: person.civility,
  birthDate: person.birthDate,
  answers: proofsOf(policy, options, person).map(({ fact, value }) => ({
    fact,
    value: plot === 'impostor' ? guessAt(value) : value,
  })),
  hasContactInHand: plot !== 'impostor' && plot !== 'relative',
});

/** Looks like the answer and is not: the first digit is another one. */
const guessAt = (value: string): string => value.replace(/\d/, (digit) => String((Number(digit) + 1) % 10));
