import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decide, type Decision } from '../../server/accounts/decision.ts';
import {
  acts,
  callers,
  caseOf,
  circumstanceNames,
  organisations,
  proofNames,
  type Act,
  type Caller,
  type CircumstanceName,
  type Proof,
} from '../support/decision-cases.ts';
import { policy } from '../support/decisions.ts';

type Line = { act: string; sets: ReadonlySet<string>[]; what: string; text: string };

const callerNames = Object.keys(callers) as Caller[];
const dimensions: readonly (readonly string[])[] = [
  organisations,
  callerNames,
  proofNames,
  circumstanceNames,
];

/** The table as people read it; a name that stands for nothing throws. */
const readTable = (file: string): Line[] => {
  const names = new Map<string, string[]>();
  const lines: Line[] = [];
  let act = '';
  const listed = (list: string): string[] =>
    list.split(',').flatMap((name) => names.get(name.trim()) ?? [name.trim()]);
  const setOf = (text: string, all: readonly string[]): Set<string> => {
    const isNegative = text.startsWith('*');
    const given = listed(text.replace(/^\*(?: but )?/, '')).filter((name) => name !== '');
    for (const name of given) if (!all.includes(name)) throw new Error(`What is ${name}?`);
    return new Set(isNegative ? all.filter((name) => !given.includes(name)) : given);
  };

  for (const text of readFileSync(new URL(file, import.meta.url), 'utf8').split('\n')) {
    if (text.trim() === '' || text.startsWith('#')) continue;
    const [, section] = /^\[(\w+)\]$/.exec(text) ?? [];
    const [, name, list = ''] = /^([\w-]+) = (.*)$/.exec(text) ?? [];
    if (section) act = section;
    else if (name) names.set(name, listed(list));
    else {
      const columns = text.split('|').map((column) => column.trim());
      const sets = dimensions.map((all, index) => setOf(columns[index] ?? '', all));
      lines.push({ act, sets, what: columns[4] ?? '', text });
    }
  }
  return lines;
};

const inWords = (decision: Decision): string => {
  if (decision.as === 'allowed') return 'allowed';
  if (decision.as === 'after') return `after ${decision.step}`;
  return decision.as === 'refused'
    ? `refused ${decision.rule}`
    : `approval ${[...decision.rules].sort().join(' ')}`;
};

const decided = (
  organisation: (typeof organisations)[number],
  act: Act,
  caller: Caller,
  proof: Proof,
  ...given: CircumstanceName[]
): Decision => {
  const { facts, desk } = caseOf(organisation, act, caller, proof, ...given);
  return decide(act, policy(organisation), facts, desk);
};

describe('the decision table', () => {
  test.each(acts)('holds every combination for %s once, and each is what is decided', (act) => {
    const lines = readTable('decision-table.txt').filter((line) => line.act === act);
    const used = new Set<string>();
    const wrong: string[] = [];
    let combinations = 0;

    for (const organisation of organisations)
      for (const caller of callerNames)
        for (const proof of proofNames)
          for (const circumstance of circumstanceNames) {
            combinations += 1;
            const place = [organisation, caller, proof, circumstance];
            const found = lines.filter(({ sets }) => sets.every((set, index) => set.has(place[index] ?? '')));
            const is = inWords(decided(organisation, act, caller, proof, circumstance));
            for (const { text } of found) used.add(text);
            const says = found.map(({ what }) => sortedRules(what));
            if (says.length !== 1 || says[0] !== is)
              wrong.push(`${place.join(' | ')}: ${says.join()} ≠ ${is}`);
          }

    expect(wrong).toEqual([]);
    expect(combinations).toBe(4 * 6 * 11 * 26);
    expect(lines.filter(({ text }) => !used.has(text))).toEqual([]);
  });

  test('of two circumstances at once a refusal stands, and every reason for a second person is named', () => {
    const wrong: string[] = [];
    for (const [act, organisation, caller, proof] of placesOf('msa-sud-aquitaine', 'mgen')) {
      const alone = new Map(
        circumstanceNames.map((name) => [name, decided(organisation, act, caller, proof, name)]),
      );
      for (const [one, other] of pairs) {
        // No code confirms a contact that is too new: for it, another contact stands in.
        const isStoodIn =
          proof.startsWith('other') && (one === 'recent-contact' || other === 'recent-contact');
        const parts = [one, other].map((name) =>
          isStoodIn && name !== 'recent-contact'
            ? decided(organisation, act, caller, 'this', name)
            : (alone.get(name) as Decision),
        );
        const both = decided(organisation, act, caller, proof, one, other);
        if (!isTogether(both, parts)) wrong.push([act, organisation, caller, proof, one, other].join(' | '));
      }
    }

    expect(wrong).toEqual([]);
  });
});

const sortedRules = (what: string): string => {
  const [first = '', ...rules] = what.split(' ');
  return [first, ...rules.sort()].join(' ');
};

const placesOf = (...some: (typeof organisations)[number][]) =>
  acts.flatMap((act) =>
    some.flatMap((organisation) =>
      callerNames.flatMap((caller) => proofNames.map((proof) => [act, organisation, caller, proof] as const)),
    ),
  );

// Two that say something of one and the same thing: only one of them can be so.
const oneOf: CircumstanceName[][] = [
  ['own-account', 'relative'],
  ['recent-contact', 'unknown-contact', 'out-of-reach'],
  ['doubtful-address', 'bad-address'],
  ['letter-on-its-way', 'letter-too-soon'],
  ['flagged', 'open', 'frozen', 'disabled', 'no-account'],
];
const excludes = (one: CircumstanceName, other: CircumstanceName): boolean =>
  oneOf.some((group) => group.includes(one) && group.includes(other));

const pairs = circumstanceNames.flatMap((one, index) =>
  circumstanceNames
    .slice(index + 1)
    .filter((other) => !excludes(one, other))
    .map((other) => [one, other] as const),
);

const isTogether = (both: Decision, parts: Decision[]): boolean => {
  const refusals = parts.flatMap((part) => (part.as === 'refused' ? [part.rule] : []));
  if (refusals.length > 0) return both.as === 'refused' && refusals.includes(both.rule);
  const steps = parts.flatMap((part) => (part.as === 'after' ? [part.step] : []));
  if (steps.length > 0) return both.as === 'after' && steps.includes(both.step);
  const rules = new Set(parts.flatMap((part) => (part.as === 'approval' ? part.rules : [])));
  if (rules.size === 0) return both.as === 'allowed';
  return both.as === 'approval' && [...rules].sort().join() === [...new Set(both.rules)].sort().join();
};
