import { addDays, type Day } from '../core/calendar.ts';
import { unaccent } from '../core/text.ts';
import type { PostalAddress } from '../members/address.ts';
import type { ImportedNumber } from './cells.ts';
import type { DemoLists } from './demo-lists.ts';
import type { Dice } from './demo-random.ts';
import type { ImportedPerson } from './row.ts';

export type Home = {
  address: PostalAddress;
  /** The département or overseas territory, 2A or 2B for Corsica, `99` abroad. */
  place: string;
};

/** A home somewhere: mostly in a town, now and then in Corsica, overseas, behind a CEDEX or abroad. */
export const inventHome = (dice: Dice, { places }: DemoLists): Home => {
  const where = dice.next();
  const town = dice.pick(
    where < 0.93
      ? places.towns
      : where < 0.945
        ? places.corsica
        : where < 0.98
          ? places.overseas
          : where < 0.988
            ? places.cedex
            : places.abroad,
  );
  const number = `${1 + dice.below(220)}${dice.chance(0.06) ? dice.pick([' bis', ' ter', ' B']) : ''}`;
  const street = `${number} ${dice.pick(places.streetKinds)} ${dice.pickSkewed(places.streetNames)}`;
  const lines = dice.chance(0.18) ? [dice.pick(places.complements), street] : [street];
  if (town.town.includes('Cedex'))
    lines.push(`${dice.pick(['BP', 'CS', 'TSA'])} ${10_000 + dice.below(89_999)}`);
  return { address: { lines, ...town }, place: placeOf(town.postcode, town.country) };
};

/** An address that reaches nobody: `.example` is reserved (RFC 2606). `serial` keeps it from being shared. */
export const inventEmail = (dice: Dice, firstName: string, lastName: string, serial: number): string => {
  const local = `${localPart(firstName)}.${localPart(lastName)}`;
  return `${local}${dice.chance(0.4) ? serial : serial.toString(36)}@${dice.pick(mailDomains)}`;
};

/** A number kept free for fiction; for people overseas one of the documented examples of the numbering plans. */
export const inventMobile = (dice: Dice, place: string): ImportedNumber => {
  const overseas = overseasExamples.find((example) => example.place === place);
  if (overseas && dice.chance(0.7)) {
    return { e164: overseas.e164, kind: 'mobile', region: overseas.region, corrected: dice.chance(0.2) };
  }
  return { e164: `+3363998${digits(dice, 4)}`, kind: 'mobile', region: 'FR', corrected: false };
};

export const inventLandline = (dice: Dice): ImportedNumber => ({
  e164: `+33${dice.pick(fictionalLandlines)}${digits(dice, 4)}`,
  kind: 'landline',
  region: 'FR',
  corrected: false,
});

/** Since when a contact is on file: mostly years, seldom the last weeks, sometimes unsaid. */
export const inventSince = (dice: Dice, today: Day): Day | null => {
  if (dice.chance(0.5)) return null;
  return addDays(today, -(dice.chance(0.03) ? dice.below(30) : 30 + dice.below(4000)));
};

export type Contacts = Pick<ImportedPerson, 'email' | 'mobile' | 'landline' | 'fax' | 'address'>;

type Reached = {
  firstName: string;
  lastName: string;
  home: Home;
  serial: number;
  today: Day;
  isReachable: boolean;
};

/** What the management system knows to reach somebody by; everything when `isReachable`. */
export const inventContacts = (dice: Dice, who: Reached): Contacts => {
  const has = (probability: number) => who.isReachable || dice.chance(probability);
  const since = () => inventSince(dice, who.today);
  const address = inventEmail(dice, who.firstName, who.lastName, who.serial);
  return {
    email: has(0.74) ? { address, since: since() } : null,
    mobile: has(0.78) ? { ...inventMobile(dice, who.home.place), since: since() } : null,
    landline: dice.chance(0.42) ? { ...inventLandline(dice), since: since() } : null,
    fax: dice.chance(0.01) ? { ...inventLandline(dice), since: since() } : null,
    address: has(0.985) ? { ...who.home.address, since: since() } : null,
  };
};

export const digits = (dice: Dice, length: number): string =>
  String(dice.below(10 ** length)).padStart(length, '0');

const placeOf = (postcode: string, country: string): string => {
  if (country !== 'FR') return '99';
  if (postcode.startsWith('97')) return postcode.slice(0, 3);
  if (!postcode.startsWith('20')) return postcode.slice(0, 2);
  return postcode < '20200' ? '2A' : '2B';
};

const mailDomains = [
  'courriel.example',
  'messagerie.example',
  'poste.example',
  'boite.example',
  'fai.example',
];

// Arcep's blocks for works of fiction (from memory), one per zone.
const fictionalLandlines = ['19900', '26191', '35301', '46571', '53649'];

// libphonenumber's own examples (FACTS 3.1).
const overseasExamples = [
  { place: '971', e164: '+590690001234', region: 'GP' },
  { place: '972', e164: '+596696201234', region: 'MQ' },
  { place: '973', e164: '+594694201234', region: 'GF' },
  { place: '974', e164: '+262692123456', region: 'RE' },
  { place: '976', e164: '+262639012345', region: 'YT' },
];

const localParts = new Map<string, string>();

// A name comes back a thousand times, and folding is the slow part of a person.
const localPart = (name: string): string => {
  let part = localParts.get(name);
  if (part === undefined) {
    part = unaccent(name)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-');
    if (localParts.size < 50_000) localParts.set(name, part);
  }
  return part;
};
