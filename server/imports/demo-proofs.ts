import { addDays } from '../core/calendar.ts';
import type { FactPolicy } from '../organisations/policy-parts.schema.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { digits } from './demo-contacts.ts';
import { twoDigits } from './demo-names.ts';
import { inventPeople, type DemoOptions, type InventedPerson } from './demo-people.ts';
import { seededDice, type Dice } from './demo-random.ts';
import type { ImportedProof } from './proof-row.ts';
import type { ImportedPerson } from './row.ts';

/**
 * What invented holders can prove: every fact that the organisation's file asks of their space type, on the portal or
 * of whoever calls. The same options give the same facts; dates follow `today`.
 */
export const inventProofs = function* (policy: Policy, options: DemoOptions): Generator<ImportedProof> {
  for (const { person, state } of inventPeople(options)) {
    if (state) yield* proofsOf(policy, options, person);
  }
};

/** Somebody who never connected, with a fact to prove it by: for whoever tries the demo out. */
export const someoneToTry = (policy: Policy, options: DemoOptions): ToTry | null => {
  const onPortal = policy.proofs.flatMap(({ anyOf }) => anyOf);
  for (const { person, state } of inventPeople(options)) {
    const proofs = state === 'never-connected' ? proofsOf(policy, options, person) : [];
    const proof = proofs.find(({ fact }) => onPortal.includes(fact));
    if (proof) return { person, proof };
  }
  return null;
};

/** A locked member, who calls and can answer what the desk asks. */
export const callerToTry = (policy: Policy, options: DemoOptions): Answers | null => {
  for (const { person, state } of inventPeople(options)) {
    const proofs = state === 'locked' ? proofsOf(policy, options, person) : [];
    if (proofs.length >= policy.verification.neededFacts) return { person, proofs };
  }
  return null;
};

export type Answers = { person: InventedPerson['person']; proofs: ImportedProof[] };
export type ToTry = { person: InventedPerson['person']; proof: ImportedProof };

export const proofsOf = (
  policy: Policy,
  { seed, today }: DemoOptions,
  person: ImportedPerson,
): ImportedProof[] => {
  const { memberNumber, rank, spaceType } = person;
  const onPortal = policy.proofs.find(({ spaceTypes }) => spaceTypes.includes(spaceType))?.anyOf ?? [];
  const ofOtherSpaces = policy.proofs.flatMap(({ anyOf }) => anyOf);
  const asked = [...onPortal, ...policy.verification.facts.filter((id) => !ofOtherSpaces.includes(id))];
  const dice = seededDice(`${seed}:proofs:${memberNumber} ${rank}`);
  return policy.facts
    .filter(({ id }) => asked.includes(id))
    .map(({ id, kind, withinMonths }) => ({
      memberNumber,
      rank,
      fact: id,
      value: inventors[kind](dice, today),
      // Recent for some weeks to come, so that the demo may be tried for a while.
      happenedOn: withinMonths === null ? null : addDays(today, -dice.below(Math.min(withinMonths, 3) * 14)),
    }));
};

const inventors: Record<FactPolicy['kind'], (dice: Dice, today: string) => string> = {
  text: (dice) => `80250${digits(dice, 8)}`,
  amount: (dice) => `${15 + dice.below(900)},${digits(dice, 2)}`,
  month: (dice, today) =>
    `${twoDigits(1 + dice.below(12))}/${Number(today.slice(0, 4)) - 1 - dice.below(20)}`,
  number: (dice) => String(1 + dice.below(400)),
};
