import {
  oddsOf,
  oddsOfFact,
  possibilitiesOfBirthDay,
  possibilitiesOfDigits,
  possibilitiesOfTemporaryPassword,
  type Odds,
} from '../core/guessing.ts';
import { windowsOf } from '../organisations/limits-windows.ts';
import { minutesOf } from '../organisations/limits.schema.ts';
import { bitsOfRule } from './password-strength.ts';
import type { Examined } from './weak-points.ts';

/** Named as its words are: `policyReport.secrets.<id>`. */
export type NamedOdds = Odds & { id: string };

/** A birth date whose year and month no NIR tells: any day of eighty years. */
const possibilitiesOfBirthDate = 365.25 * 80;
/** DOMAIN, "Verification": no value that more than one member in a hundred shares is accepted. */
const leastPossibilitiesOfFact = 100;

/**
 * What guessing brings in a year, within the budgets of the limits file (YARDSTICK 5.1): one line for each secret or
 * proof that somebody outside may try. Where people choose, the figures are those of a choice by chance.
 */
export const guessingOdds = (examined: Examined): NamedOdds[] => {
  const lines: (NamedOdds | null)[] = [
    named('chosen-password', chosenOdds(examined)),
    named('code', codeOdds(examined)),
    named('temporary-password', temporaryOdds(examined)),
    named('birth-date', birthDateOdds(examined)),
    named('fact', factOdds(examined)),
  ];
  return lines.filter((line) => line !== null);
};

const named = (id: string, odds: Odds | null): NamedOdds | null => odds && { id, ...odds };

/** Tries begin again with each unblock: as many as the desk may give one member, each used up to the lock. */
const chosenOdds = ({ policy }: Examined): Odds => {
  const { lock, deskUnblock, chosenPassword } = policy;
  const odds = oddsOfFact({
    possibilities: 2 ** bitsOfRule(chosenPassword),
    tries: [
      { most: lock.maxFailures * deskUnblock.per24Hours, minutes: minutesOf.day },
      { most: lock.maxFailures * deskUnblock.per30Days, minutes: minutesOf['30-days'] },
    ],
  });
  return { ...odds, triesPerSecret: Math.floor(odds.triesPerSecret) };
};

/** Only where the public's way back in goes by a code; one read back at the desk is nobody's to guess at. */
const codeOdds = ({ policy, limits }: Examined): Odds | null => {
  const isPublic = policy.recovery.codeFirst || policy.channels.some(({ kind }) => kind.endsWith('-code'));
  if (!isPublic) return null;
  return oddsOf({
    possibilities: possibilitiesOfDigits(policy.code.digits),
    triesPerSecret: policy.code.tries,
    requests: windowsOf(limits, 'recoveries-per-member'),
    wrongTries: windowsOf(limits, 'wrong-codes-per-organisation', 'wrong-codes-everywhere'),
  });
};

const temporaryOdds = ({ policy, limits }: Examined): Odds | null => {
  const isSent = policy.channels.some(({ kind }) => kind.endsWith('-temporary') || kind === 'letter');
  if (!isSent) return null;
  return oddsOf({
    possibilities: possibilitiesOfTemporaryPassword,
    triesPerSecret: policy.temporaryPassword.comparisonsInLife,
    requests: windowsOf(limits, 'recoveries-per-member'),
    wrongTries: [],
  });
};

const birthDateOdds = ({ policy, limits }: Examined): Odds | null => {
  const { memberUnblock, recovery, signIn } = policy;
  const isAsked = recovery.asks.includes('birth-date') || memberUnblock.asks.includes('birth-date');
  if (!isAsked) return null;
  const hasNir = signIn.identifiers.some(({ kind }) => kind === 'nir');
  return factOddsOf(limits, hasNir ? possibilitiesOfBirthDay : possibilitiesOfBirthDate);
};

/** The least that the rule on shared values leaves; a text, as a card's serial number, has many more. */
const factOdds = ({ policy, limits }: Examined): Odds | null => {
  const kinds = policy.proofs.flatMap(({ anyOf }) =>
    policy.facts.filter(({ id }) => anyOf.includes(id)).map(({ kind }) => kind),
  );
  return kinds.some((kind) => kind !== 'text') ? factOddsOf(limits, leastPossibilitiesOfFact) : null;
};

const factOddsOf = (limits: Examined['limits'], possibilities: number): Odds => {
  const odds = oddsOfFact({ possibilities, tries: windowsOf(limits, 'proofs-per-member') });
  return { ...odds, triesPerSecret: Math.floor(odds.triesPerSecret) };
};
