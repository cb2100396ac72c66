import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  hitOnAny,
  mostWithin,
  nextLeftAt,
  oddsOf,
  possibilitiesOfDigits,
  takeFrom,
  yearInMinutes,
  type Taken,
} from '../../server/core/guessing.ts';
import { makeCode } from '../../server/credentials/code.ts';
import { loadLimits } from '../../server/organisations/limits-file.ts';
import { windowsOf } from '../../server/organisations/limits-windows.ts';
import { readPolicy } from '../../server/organisations/policy-file.ts';
import { intervalOf, seededBytes } from '../support/chance.ts';

// With this seed the counts are what they are; another one falls outside a 95 % interval once in twenty.
const seed = Number(process.env.ATTACK_SEED ?? 20_261_118);
const seeds = new URL('../../seeds/', import.meta.url).pathname;
const limits = loadLimits(`${seeds}limits.yaml`);

const organisations = readdirSync(`${seeds}organisations`).map((file) => {
  const reading = readPolicy(file, readFileSync(`${seeds}organisations/${file}`, 'utf8'));
  if (!reading.ok) throw new Error(`${file} is wrong.`);
  const { id, code } = reading.policy;
  return { id, digits: code.digits, tries: code.tries };
});
type Numbers = Pick<(typeof organisations)[number], 'digits' | 'tries'>;

/** Each set of numbers is attacked once, for all the organisations that have it. */
const alike = [...new Set(organisations.map(({ digits, tries }) => `${digits} digits, ${tries} tries`))].map(
  (numbers) => {
    const [digits = 0, tries = 0] = numbers.split(' digits, ').map(parseFloat);
    const those = organisations.filter((one) => one.digits === digits && one.tries === tries);
    return { numbers, digits, tries, who: those.map(({ id }) => id).join(', ') };
  },
);

const requests = windowsOf(limits, 'recoveries-per-member');
const wrongHere = windowsOf(limits, 'wrong-codes-per-organisation');
const wrongEverywhere = windowsOf(limits, 'wrong-codes-everywhere');

/** So many different codes to try, none of them better than another. */
const guessesFor = ({ digits, tries }: Numbers, bytes: (length: number) => Uint8Array): string[] => {
  const guesses = new Set<string>();
  while (guesses.size < tries) guesses.add(makeCode(bytes, digits));
  return [...guesses];
};

/** One member, one year: every code that the budgets give is asked for, and each try of it made. */
const breaksIn = (numbers: Numbers, bytes: (length: number) => Uint8Array): boolean => {
  const guesses = guessesFor(numbers, bytes);
  const taken: Taken[] = [];
  for (let at = 0; at < yearInMinutes; at = nextLeftAt(requests, taken, at)) {
    while (takeFrom(requests, taken, at)) {
      if (guesses.includes(makeCode(bytes, numbers.digits))) return true;
    }
  }
  return false;
};

/** What was counted before it was known to be right. */
const giveBack = (taken: Taken[]): void => taken.forEach((one) => (one.used -= 1));

/** Everybody of `attacked`, one code each and all its tries, until no code is compared any more; hits of the years. */
const spray = (attacked: Numbers[], years: number, bytes: (length: number) => Uint8Array): number => {
  const organisations = attacked.map((numbers) => ({
    numbers,
    guesses: guessesFor(numbers, bytes),
    taken: [] as Taken[],
  }));
  const everywhere: Taken[] = [];
  let hits = 0;
  for (let at = 0; at < years * yearInMinutes; at += 60) {
    let open = organisations;
    while (open.length > 0) {
      open = open.filter(({ numbers, guesses, taken }) => {
        const code = makeCode(bytes, numbers.digits);
        for (const guess of guesses) {
          if (!takeFrom(wrongHere, taken, at) || !takeFrom(wrongEverywhere, everywhere, at)) return false;
          if (guess !== code) continue;
          hits += 1;
          for (const one of [taken, everywhere]) giveBack(one);
          return true;
        }
        return true;
      });
    }
  }
  return hits;
};

describe(`the attack of a year, seed ${seed}`, () => {
  test.each(alike)('$who ($numbers): one member is broken into as often as the formula says', (numbers) => {
    const possibilities = possibilitiesOfDigits(numbers.digits);
    const secrets = mostWithin(requests, yearInMinutes);
    const chance = hitOnAny({ possibilities, tries: numbers.tries, secrets });
    const years = Math.ceil((numbers.digits > 4 ? 25 : 400) / chance);
    const bytes = seededBytes(seed);

    let hits = 0;
    for (let year = 0; year < years; year += 1) if (breaksIn(numbers, bytes)) hits += 1;

    const { least, most } = intervalOf(years, chance);
    console.log(`${numbers.who}: ${hits} of ${years} member-years; 95 %: ${least} to ${most}; seed ${seed}`);
    expect(hits).toBeGreaterThanOrEqual(least);
    expect(hits).toBeLessThanOrEqual(most);
  });

  test.each(alike)('$who ($numbers): trying everybody hits as often as the budgets let it', (numbers) => {
    const odds = oddsOf({
      possibilities: possibilitiesOfDigits(numbers.digits),
      triesPerSecret: numbers.tries,
      requests,
      wrongTries: [...wrongHere, ...wrongEverywhere],
    });
    const years = Math.max(1, Math.ceil(20 / odds.perMillionYear));

    const hits = spray([numbers], years, seededBytes(seed));

    const tries = years * mostWithin([...wrongHere, ...wrongEverywhere], yearInMinutes);
    const { least, most } = intervalOf(tries, 1 / possibilitiesOfDigits(numbers.digits));
    console.log(
      `${numbers.who}: ${hits} in ${years} years of spraying; 95 %: ${least} to ${most}; seed ${seed}`,
    );
    expect(hits).toBeGreaterThanOrEqual(least);
    expect(hits).toBeLessThanOrEqual(most);
  });

  test('all organisations at once hit no more often than the installation’s budget lets them', () => {
    const hits = spray(organisations, 1, seededBytes(seed));

    const tries = mostWithin(wrongEverywhere, yearInMinutes);
    const chances = organisations.map(({ digits }) => 1 / possibilitiesOfDigits(digits));
    const mean = chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
    const { least, most } = intervalOf(tries, mean);
    console.log(`everywhere: ${hits} in a year of spraying; 95 %: ${least} to ${most}; seed ${seed}`);
    expect(hits).toBeGreaterThanOrEqual(least);
    expect(hits).toBeLessThanOrEqual(most);
  });

  test('is within what is acceptable for six digits, and not for four', () => {
    const verdicts = organisations.map(({ id, digits, tries }) => {
      const { acceptable } = oddsOf({
        possibilities: possibilitiesOfDigits(digits),
        triesPerSecret: tries,
        requests,
        wrongTries: [...wrongHere, ...wrongEverywhere],
      });
      return `${id} ${digits} ${acceptable}`;
    });

    expect(verdicts.sort()).toEqual([
      'mgen 6 true',
      'msa-sud-aquitaine 4 false',
      'mutuelle-agents-publics 6 true',
      'safiag 6 true',
    ]);
  });
});
