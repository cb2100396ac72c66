import type { House } from '../../server/core/ctx.ts';
import { fold } from '../../server/core/text.ts';
import { openNir } from '../../server/members/sealed-nir.ts';
import { seeded } from './measure.ts';

export const kinds = ['name', 'two words', 'NIR', 'one typo'] as const;
export type Kind = (typeof kinds)[number];

/** What is typed, whom it should find, and how the plain query asks for it. */
export type Sample = { typed: string; memberId: string; last: string; first: string; nirBody: string };

type Row = {
  id: string;
  organisation_id: string;
  usual_name: string;
  first_name: string;
  nir_sealed: string | null;
};

/** `count` searches of each kind for people who are there, the same at every run. */
export const drawSamples = async (house: House, count: number): Promise<Record<Kind, Sample[]>> => {
  const random = seeded(42);
  const [{ last: highest } = { last: 0 }] = (await house.pool('members').max('rowid as last')) as {
    last: number;
  }[];
  const people: { row: Row; last: string; first: string; nirBody: string }[] = [];
  while (people.length < count) {
    const rowid = 1 + Math.floor(random() * highest);
    const row = (await house.pool('members').where({ rowid }).first()) as Row | undefined;
    const last = fold(row?.usual_name ?? '');
    const first = fold(row?.first_name ?? '');
    if (!row?.nir_sealed || !/^[a-z]{4,}$/.test(last) || first === '') continue;
    people.push({ row, last, first, nirBody: openNir(house.keys, row.id, row.nir_sealed).body });
  }

  const sampled = (typed: (person: (typeof people)[number], at: number) => string): Sample[] =>
    people.map((person, at) => {
      const { row, last, first, nirBody } = person;
      return { typed: typed(person, at), memberId: row.id, last, first, nirBody };
    });
  return {
    name: sampled(({ row }) => row.usual_name.slice(0, 4)),
    'two words': sampled(({ row: { usual_name: name, first_name: first } }, at) =>
      at % 2 ? `${first} ${name}` : `${name} ${first}`,
    ),
    NIR: sampled(({ nirBody }) => nirBody),
    'one typo': sampled(({ last, row }) => `${misspelt(last, random)} ${row.first_name}`),
  };
};

/** One letter left out, doubled, replaced or exchanged with the next. */
const misspelt = (word: string, random: () => number): string => {
  const at = 1 + Math.floor(random() * (word.length - 2));
  const [before, letter, next, after] = [word.slice(0, at), word[at], word[at + 1] ?? '', word.slice(at + 2)];
  const ways = [
    `${next}`,
    `${letter}${letter}${next}`,
    `${letter === 'x' ? 'w' : 'x'}${next}`,
    `${next}${letter}`,
  ];
  return before + ways[Math.floor(random() * ways.length)] + after;
};
