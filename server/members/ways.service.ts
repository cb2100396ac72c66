import type { House } from '../core/ctx.ts';
import type { NameMatch, NameReading, Way } from './members.schema.ts';
import { nirIndex } from './sealed-nir.ts';
import * as plans from './search.ts';
import type { Plan } from './search.ts';
import * as ways from './ways.store.ts';

/** What was typed, and where it is looked for. */
export type WaysOf = { house: House; organisationIds: string[]; plan: Plan };

/** By number, whoever bears it in these organisations. */
export const byNir = ({ house, organisationIds }: WaysOf, bodies: string[]): Way[] => {
  const indexes = organisationIds.flatMap((id) => bodies.map((body) => nirIndex(house.keys, id, body)));
  return [ways.byValue(organisationIds, 'nir_index', indexes)];
};

/** By each way the words make a name. */
export const byReadings = ({ organisationIds, plan }: WaysOf, all: NameReading[]): Way[] =>
  all.flatMap((reading) => ways.byNames(organisationIds, reading, { filters: plan.filters }));

/** One word alone, as the beginning of a last or a first name. */
export const byOneWord = (search: WaysOf): Way[] => {
  const { words } = search.plan;
  const [word] = words;
  if (words.length !== 1 || word === undefined) return [];
  return byReadings(search, [
    { last: plans.begins(word), first: null },
    { last: null, first: plans.begins(word) },
  ]);
};

/** The longest word as a beginning; each other word is a name of the same person too. */
export const inAnyOrder = ({ organisationIds, plan }: WaysOf, names: NameMatch[]): Way[] => {
  if (names.length < 2) return [];
  const longest = plan.words.indexOf(plans.longestFirst(plan.words)[0] ?? '');
  const main = names[longest] ?? null;
  const beside = { filters: plan.filters, others: names.filter((_, at) => at !== longest) };
  return [
    ...ways.byNames(organisationIds, { last: main, first: null }, beside),
    ...ways.byNames(organisationIds, { last: null, first: main }, beside),
  ];
};

/** By a date of birth or a postcode, each word being a name of the person. */
export const byFilters = ({ organisationIds, plan }: WaysOf, names: NameMatch[]): Way[] => {
  const { filters } = plan;
  const { birthDate, postcode } = filters;
  if (birthDate) {
    const by = { column: 'birth_date', value: birthDate, isWhole: true } as const;
    return ways.byDayOrPlace(organisationIds, by, names, filters);
  }
  if (!postcode || (names.length === 0 && !plans.areComplete(filters))) return [];
  const by = { column: 'postcode', value: postcode, isWhole: postcode.length === 5 } as const;
  return ways.byDayOrPlace(organisationIds, by, names, filters);
};

/** Words at an end as a town, the rest as names. */
export const byTown = ({ organisationIds, plan }: WaysOf): Way[] =>
  plans.townReadings(plan.words).flatMap(({ town, names }) => {
    const { filters } = plan;
    const [main, ...others] = plans.longestFirst(names).map(plans.begins);
    const by = { column: 'town_folded', value: town, isWhole: false } as const;
    if (!main) return ways.byDayOrPlace(organisationIds, by, [], filters);
    const beside = { filters, town, others };
    return [
      ...(plans.areShort(names) ? ways.byDayOrPlace(organisationIds, by, [main, ...others], filters) : []),
      ...ways.byNames(organisationIds, { last: main, first: null }, beside),
      ...ways.byNames(organisationIds, { last: null, first: main }, beside),
    ];
  });

/** With words one slip away in the place of those typed. */
export const byNearWords = (search: WaysOf, near: Map<string, string[]>): Way[] => {
  const { organisationIds, plan } = search;
  const { filters } = plan;
  const nearOf = (word: string) => plans.is(word, ...(near.get(word) ?? []));
  const both = plan.words.map((word): NameMatch => ({ is: nearOf(word).is, begins: word }));
  if (filters.birthDate) return byFilters(search, both);

  const [a = '', b = ''] = plan.words;
  if (plan.words.length === 1) {
    return [
      { last: nearOf(a), first: null },
      { last: null, first: nearOf(a) },
    ].flatMap((reading) => ways.byNames(organisationIds, reading, { filters }));
  }
  if (plan.words.length > 2) return [...inAnyOrder(search, both), ...byFilters(search, both)];
  const pairs = [
    { last: nearOf(a), first: nearOf(b) },
    { last: nearOf(b), first: nearOf(a) },
    { last: nearOf(a), first: plans.begins(b) },
    { last: nearOf(b), first: plans.begins(a) },
    { last: plans.begins(a), first: nearOf(b) },
    { last: plans.begins(b), first: nearOf(a) },
  ];
  return [
    ...pairs.flatMap((reading) => ways.byNames(organisationIds, reading, { filters })),
    ...ways.byNames(organisationIds, { last: nearOf(a), first: null }, { filters, town: b }),
    ...ways.byNames(organisationIds, { last: nearOf(b), first: null }, { filters, town: a }),
  ];
};
