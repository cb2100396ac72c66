import { addDays, type Day } from '../core/calendar.ts';
import type { SpaceType } from '../core/vocabulary.ts';
import { inventHome } from './demo-contacts.ts';
import { inventChild, inventHolder, inventSpouse, type Maker } from './demo-households.ts';
import type { DemoLists } from './demo-lists.ts';
import { ageOf } from './demo-names.ts';
import { nirMaker } from './demo-nirs.ts';
import { seededDice } from './demo-random.ts';
import type { ImportedCompany, ImportedPerson } from './row.ts';

/** The state that a holder's account is to be seeded with; the last three follow from the row itself. */
export const demoStates = [
  'open',
  'locked',
  'never-connected',
  'waiting',
  'contract-ended',
  'client-lost',
  'deceased',
] as const;
export type DemoState = (typeof demoStates)[number];

export type InventedPerson = {
  person: ImportedPerson;
  /** Null for a dependant, who has no account. */
  state: DemoState | null;
};

export type DemoOptions = {
  seed: string;
  /** Persons, dependants included. */
  count: number;
  today: Day;
  lists: DemoLists;
  /** With 'nir' every holder has a number of their own; with 'member-number' a few have none. */
  identifiers: 'nir' | 'member-number';
  spaceTypes?: readonly SpaceType[];
  /** Some members come through a client company, and a few of those have lost their rights. */
  clientCompanies?: boolean;
  /** Those who never connected have a six-digit code, as printed on statements. */
  firstPasswordCodes?: boolean;
};

/**
 * Invents people, household by household; the same options give the same people. The first seven holders show the
 * seven states and can be reached by every channel, so that a small demo has one of each.
 */
export const inventPeople = function* (options: DemoOptions): Generator<InventedPerson> {
  const maker: Maker = {
    ...options,
    dice: seededDice(options.seed),
    nirOf: nirMaker(),
    companies: inventCompanies(options.lists, options.today),
    households: 0,
    before: null,
  };
  for (let made = 0; made < options.count; maker.households += 1) {
    for (const invented of inventHousehold(maker).slice(0, options.count - made)) {
      made += 1;
      yield invented;
    }
  }
};

/** The client companies that invented people refer to; every sixth has lost its rights. */
export const inventCompanies = ({ places }: DemoLists, today: Day): ImportedCompany[] =>
  places.companies.map((name, index) => ({
    code: `ENT${String(index + 1).padStart(3, '0')}`,
    name,
    rightsEnd: index % 6 === 5 ? addDays(today, -120) : index % 6 === 0 ? addDays(today, 400) : null,
  }));

const inventHousehold = (maker: Maker): InventedPerson[] => {
  const { dice } = maker;
  const home = inventHome(dice, maker.lists);
  const state = stateOf(maker);
  const holder = inventHolder(maker, home, state, maker.households < demoStates.length);

  const household: InventedPerson[] = [{ person: holder, state }];
  if (dice.chance(0.36)) household.push({ person: inventSpouse(maker, home, holder), state: null });
  const children = ageOf(holder.birthDate, maker.today) < 62 && dice.chance(0.4) ? 1 + dice.below(3) : 0;
  for (let child = 0; child < children; child += 1) {
    household.push({ person: inventChild(maker, holder, household.length + 1), state: null });
  }
  return household;
};

const stateOf = (maker: Maker): DemoState => {
  const state = demoStates[maker.households] ?? drawState(maker.dice.next());
  return state === 'client-lost' && !maker.clientCompanies ? 'contract-ended' : state;
};

const drawState = (chance: number): DemoState => {
  if (chance < 0.68) return 'open';
  if (chance < 0.72) return 'locked';
  if (chance < 0.9) return 'never-connected';
  if (chance < 0.91) return 'waiting';
  if (chance < 0.96) return 'contract-ended';
  return chance < 0.98 ? 'client-lost' : 'deceased';
};
