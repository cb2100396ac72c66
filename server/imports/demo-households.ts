import { addDays, type Day } from '../core/calendar.ts';
import { Secret } from '../core/secret.ts';
import { digits, inventContacts, type Home } from './demo-contacts.ts';
import {
  ageOf,
  inventBirthDate,
  inventFirstName,
  inventSurname,
  twoDigits,
  type Identity,
} from './demo-names.ts';
import type { Birth } from './demo-nirs.ts';
import type { DemoOptions, DemoState } from './demo-people.ts';
import type { Dice } from './demo-random.ts';
import type { ImportedCompany, ImportedPerson } from './row.ts';

export type Maker = DemoOptions & {
  dice: Dice;
  nirOf: (birth: Birth) => ImportedPerson['nir'];
  companies: ImportedCompany[];
  households: number;
  /** The holder before: now and then the next one bears the same names and birth date. */
  before: Identity | null;
};

/** `isReachable`: has an e-mail, a mobile and an address for certain. */
export const inventHolder = (
  maker: Maker,
  home: Home,
  state: DemoState,
  isReachable: boolean,
): ImportedPerson => {
  const { dice, today, lists } = maker;
  const identity = maker.before && dice.chance(0.004) ? maker.before : inventAdult(maker);
  maker.before = identity;
  const { isWoman, birthDate, birthName, firstName } = identity;
  const age = ageOf(birthDate, today);
  const usualName = isWoman && age > 25 && dice.chance(0.3) ? inventSurname(dice, lists) : null;
  const lastName = usualName ?? birthName;

  const person = blankPerson(String(100_001 + maker.households).padStart(8, '0'), '01', identity);
  person.nir = inventNir(maker, { isWoman, birthDate, place: birthPlace(dice, home) });
  person.civility = isWoman ? 'Mme' : 'M.';
  person.usualName = usualName;
  Object.assign(
    person,
    inventContacts(dice, { firstName, lastName, home, serial: maker.households, today, isReachable }),
  );
  person.spaceType = dice.pick(maker.spaceTypes ?? ['particulier']);
  person.clientCompany = inventCompany(maker, state);
  person.contractEnd = inventContractEnd(dice, today, state);
  if (state === 'deceased') person.deathDate = pastDay(dice, today);
  if (dice.chance(0.004)) person.representative = inventRepresentative(maker);
  person.isProtected = dice.chance(0.003);
  person.wantsLargePrint = age > 60 && dice.chance(0.03);
  if (dice.chance(0.02)) person.language = dice.pick(['en', 'pt', 'ar']);
  if (maker.firstPasswordCodes && state === 'never-connected') {
    person.firstPasswordCode = new Secret(digits(dice, 6));
  }
  return person;
};

/** A spouse has a NIR of their own or is still found under the holder's, and may share the holder's e-mail. */
export const inventSpouse = (maker: Maker, home: Home, holder: ImportedPerson): ImportedPerson => {
  const { dice, today, lists } = maker;
  const isHolderWoman = holder.civility === 'Mme';
  const isWoman = dice.chance(0.03) ? isHolderWoman : !isHolderWoman;
  const age = Math.max(18, ageOf(holder.birthDate, today) + dice.below(11) - 5);
  const birthDate = inventBirthDate(dice, today, age);
  const firstName = inventFirstName(dice, lists, isWoman, birthDate);
  const birthName = inventSurname(dice, lists);
  const lastName = holder.usualName ?? holder.birthName ?? birthName;
  const serial = 5_000_000 + maker.households;
  const contacts = inventContacts(dice, { firstName, lastName, home, serial, today, isReachable: false });

  const person = dependantOf(holder, '02', { isWoman, birthDate, birthName, firstName });
  if (dice.chance(0.7)) person.nir = inventNir(maker, { isWoman, birthDate, place: birthPlace(dice, home) });
  person.civility = isWoman ? 'Mme' : 'M.';
  person.usualName = isWoman && dice.chance(0.6) ? lastName : null;
  person.email = dice.chance(0.15) ? holder.email : dice.chance(0.5) ? contacts.email : null;
  person.mobile = dice.chance(0.5) ? contacts.mobile : null;
  person.landline = holder.landline;
  return person;
};

/** A child is found under the holder's NIR (FACTS 1.3); one in a hundred bears the holder's first name too. */
export const inventChild = (maker: Maker, holder: ImportedPerson, rank: number): ImportedPerson => {
  const { dice, today, lists } = maker;
  const isNamesake = dice.chance(0.01);
  const isWoman = isNamesake ? holder.civility === 'Mme' : dice.chance(0.49);
  const age = Math.min(24, ageOf(holder.birthDate, today) - 20 - dice.below(20));
  const birthDate = inventBirthDate(dice, today, Math.max(1, age));
  const firstName = isNamesake ? holder.firstName : inventFirstName(dice, lists, isWoman, birthDate);
  const birthName = holder.birthName ?? '';
  return dependantOf(holder, twoDigits(rank), { isWoman, birthDate, birthName, firstName });
};

const inventAdult = ({ dice, today, lists }: Maker): Identity => {
  const isWoman = dice.chance(0.53);
  const birthDate = inventBirthDate(dice, today, 18 + Math.floor((dice.next() + dice.next()) * 38));
  const birthName = inventSurname(dice, lists);
  return { isWoman, birthDate, birthName, firstName: inventFirstName(dice, lists, isWoman, birthDate) };
};

const dependantOf = (holder: ImportedPerson, rank: string, identity: Identity): ImportedPerson => {
  const person = blankPerson(holder.memberNumber, rank, identity);
  person.quality = 'dependant';
  person.nir = holder.nir;
  person.address = holder.address;
  person.spaceType = holder.spaceType;
  person.clientCompany = holder.clientCompany;
  person.contractEnd = holder.contractEnd;
  return person;
};

// Filled in by assignment: spreading twenty-odd keys three times cost more than everything else together.
const blankPerson = (memberNumber: string, rank: string, identity: Identity): ImportedPerson => ({
  memberNumber,
  rank,
  quality: 'holder',
  nir: null,
  civility: null,
  birthName: identity.birthName,
  usualName: null,
  firstName: identity.firstName,
  birthDate: identity.birthDate,
  email: null,
  mobile: null,
  landline: null,
  fax: null,
  address: null,
  spaceType: 'particulier',
  clientCompany: null,
  contractEnd: null,
  deathDate: null,
  representative: null,
  isProtected: false,
  wantsLargePrint: false,
  language: null,
  firstPasswordCode: null,
});

const inventNir = (maker: Maker, birth: Birth): ImportedPerson['nir'] => {
  if (maker.identifiers === 'member-number' && maker.dice.chance(0.03)) return null;
  // Numbers of a caisse that does not exist, for people who have no certified NIR yet.
  if (maker.dice.chance(0.001)) {
    const body = `${birth.isWoman ? 8 : 7}1999${String(maker.households).padStart(8, '0')}`;
    return { kind: 'nnp', body, key: null };
  }
  return maker.nirOf(birth);
};

const inventCompany = ({ companies, clientCompanies, dice }: Maker, state: DemoState): string | null => {
  if (!clientCompanies) return null;
  if (state === 'client-lost') return companies[5]?.code ?? null;
  return dice.chance(0.4) ? (companies[dice.below(5)]?.code ?? null) : null;
};

const inventContractEnd = (dice: Dice, today: Day, state: DemoState): Day | null => {
  if (state === 'contract-ended') return pastDay(dice, today);
  return dice.chance(0.02) ? addDays(today, 30 + dice.below(300)) : null;
};

const inventRepresentative = ({ dice, lists, today }: Maker): ImportedPerson['representative'] => ({
  name: inventSurname(dice, lists),
  mandateFrom: addDays(today, -400),
  mandateUntil: addDays(today, 900),
});

const birthPlace = (dice: Dice, home: Home): string => {
  const where = dice.next();
  if (where < 0.7) return home.place;
  return where < 0.78 ? '99' : twoDigits(1 + dice.below(95));
};

const pastDay = (dice: Dice, today: Day): Day => addDays(today, -(1 + dice.below(700)));
