import { unaccent } from '../core/text.ts';

/** `lines`: 0 to 4 between name and postcode, from the person to the place. `country`: ISO alpha-2, '' is FR. */
export type PostalAddress = { lines: string[]; postcode: string; town: string; country: string };

/** `line` counts from 1 in the block as it would be printed. */
export type AddressBlock =
  | { ok: true; lines: string[] }
  | {
      ok: false;
      line: number;
      problem:
        'too-long' | 'too-many-lines' | 'no-town' | 'bad-postcode' | 'unknown-country' | 'bad-character';
    };

type Person = { civility: string | null; firstName: string; lastName: string };
type Problem = Extract<AddressBlock, { ok: false }>['problem'];

const longestLine = 38;
const mostLinesInFrance = 6;
const mostLinesAbroad = 7;

/**
 * The block that a window envelope shows (AFNOR NF Z10-011): capitals without accents, left to right from the
 * person to the place, no empty line, at most 6 lines of 38 characters, 7 with a country. Words are
 * abbreviated only in a line that would not fit, one at a time; a name that does not fit takes two lines where
 * there is room. What still does not fit is a problem, never a cut. The overseas départements are domestic;
 * New Caledonia, Polynesia, Wallis-et-Futuna and Monaco have French postcodes and a country line.
 */
export const formatAddress = (who: Person, address: PostalAddress): AddressBlock => {
  const country = countryOf(address);
  const isFrench = country === '' || frenchPostcodes.has(country);
  const clean = isFrench ? domesticLine : foreignLine;
  const middle = address.lines.map(clean).filter((line) => line !== '');
  const lastLines = country === '' ? 1 : 2;
  const most = country === '' ? mostLinesInFrance : mostLinesAbroad;
  const name = nameLines(who, most - middle.length - lastLines);

  const upper = [...name, ...middle.map(shorten)];
  const townLine = upper.length + 1;
  if (clean(address.town) === '') return refused(townLine, 'no-town');
  if (isFrench && !domesticPostcode.test(digitsOf(address.postcode)))
    return refused(townLine, 'bad-postcode');

  const countryName = country === '' ? '' : countryLine(country);
  if (countryName === undefined) return refused(townLine + 1, 'unknown-country');

  const place = isFrench
    ? `${digitsOf(address.postcode)} ${clean(address.town)}`
    : foreignPlace(country, address);
  const lines = [...upper, shorten(place), ...(countryName === '' ? [] : [countryName])];
  return checked(lines, name.length, most);
};

const refused = (line: number, problem: Problem): AddressBlock => ({ ok: false, line, problem });

const checked = (lines: string[], nameCount: number, most: number): AddressBlock => {
  if (lines.length > most) return refused(most + 1, 'too-many-lines');

  const strange = lines.findIndex((line) => !printable.test(line));
  if (strange >= 0) return refused(strange + 1, 'bad-character');

  const long = lines.findIndex((line) => line.length > longestLine);
  if (long >= 0) return refused(long < nameCount ? 1 : long + 1, 'too-long');
  return { ok: true, lines };
};

const printable = /^[A-Z0-9 '.,/()&+-]*$/;

// Monaco and the Pacific use French postcodes; an address may name the territory or only its postcode.
const frenchPostcodes = new Set(['MC', 'NC', 'PF', 'WF', 'TF']);
const domesticTerritories = new Set(['FR', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF']);
const territoryOfPostcode = new Map([
  ['980', 'MC'],
  ['984', 'TF'],
  ['986', 'WF'],
  ['987', 'PF'],
  ['988', 'NC'],
]);
const domesticPostcode = /^(?:0[1-9]|[1-8]\d|9[0-8])\d{3}$/;

/** The ISO code that needs a country line, '' where none is printed. */
const countryOf = ({ country, postcode }: PostalAddress): string => {
  const code = country.trim().toUpperCase();
  if (code !== '' && !domesticTerritories.has(code)) return code;
  return territoryOfPostcode.get(digitsOf(postcode).slice(0, 3)) ?? '';
};

const digitsOf = (postcode: string): string => postcode.replace(/\s/g, '');

// Letters of Latin alphabets that are no letter with an accent, as machines that read addresses know them.
const plainLetters: Record<string, string> = {
  Þ: 'TH',
  Ð: 'D',
  Ħ: 'H',
  Ŧ: 'T',
  Ŋ: 'NG',
  Ə: 'E',
  Ɛ: 'E',
  Ɔ: 'O',
  Ɓ: 'B',
  Ɗ: 'D',
  Ƙ: 'K',
};
const ownLetters = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'g');

const capitals = (text: string): string =>
  unaccent(text.normalize('NFKC'))
    .toUpperCase()
    .replace(ownLetters, (letter) => plainLetters[letter] ?? letter)
    .replace(/[’‘´`ʻʼ]/g, "'")
    .replace(/[‐‑‒–—]/g, '-')
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

// B.P. and Z.A.C. stay words; then letters, digits and spaces only.
const domesticLine = (text: string): string =>
  streetNumber(capitals(text).replace(/\bC\/O\b/g, 'CHEZ'))
    .replace(/\b([A-Z])\.(?=[A-Z]\b)/g, '$1')
    .replace(/['.,;:/()"_«»°º&+#-]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const foreignLine = (text: string): string =>
  capitals(text)
    .replace(/[;:"_«»°º#]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const repetitions: Record<string, string> = { BIS: 'B', TER: 'T', QUATER: 'Q' };

// 5 bis → 5 B, 12/14 rue → 12 rue, 4 à 8 rue → 4 rue: one door per letter box.
const streetNumber = (line: string): string =>
  line
    .replace(/^(\d+) ?(BIS|TER|QUATER)\b/, (_all, number, word) => `${number} ${repetitions[word]}`)
    .replace(/^(\d+)(?: ?[/-] ?| A )\d+(?=,? [A-Z])/, '$1');

const civilities = new Map([
  ['MONSIEUR', 'M'],
  ['MR', 'M'],
  ['MADAME', 'MME'],
  ['MADEMOISELLE', 'MLLE'],
]);

const nameLines = (who: Person, room: number): string[] => {
  const part = (text: string): string => capitals(text).replace(/[."]/g, ' ').replace(/\s+/g, ' ').trim();
  const civility = part(who.civility ?? '');
  const [first, last] = [part(who.firstName), part(who.lastName)];
  const whole = joined(civility, first, last);
  if (whole.length <= longestLine) return whole === '' ? [] : [whole];

  const short = civilities.get(civility) ?? civility;
  const abbreviated = joined(short, first, last);
  if (abbreviated.length <= longestLine || room < 2) return [abbreviated];
  return [joined(short, first), last].filter((line) => line !== '');
};

const joined = (...parts: string[]): string => parts.filter((part) => part !== '').join(' ');

// In the order in which they are tried: kinds of street and building first, then what stands inside a name.
const abbreviations: [string, string][] = [
  ['APPARTEMENT', 'APT'],
  ['BATIMENT', 'BAT'],
  ['ESCALIER', 'ESC'],
  ['RESIDENCE', 'RES'],
  ['LOTISSEMENT', 'LOT'],
  ['ZONE INDUSTRIELLE', 'ZI'],
  ['ZONE ARTISANALE', 'ZA'],
  ['AVENUE', 'AV'],
  ['BOULEVARD', 'BD'],
  ['ALLEE', 'ALL'],
  ['CHEMIN', 'CHE'],
  ['IMPASSE', 'IMP'],
  ['PLACE', 'PL'],
  ['ROUTE', 'RTE'],
  ['SQUARE', 'SQ'],
  ['FAUBOURG', 'FG'],
  ['GENERAL', 'GAL'],
  ['MARECHAL', 'MAL'],
  ['PRESIDENT', 'PDT'],
  ['DOCTEUR', 'DR'],
  ['PROFESSEUR', 'PR'],
  ['SAINTE', 'STE'],
  ['SAINT', 'ST'],
];

const shorten = (line: string): string =>
  abbreviations.reduce(
    (text, [word, short]) =>
      text.length > longestLine ? text.replace(new RegExp(`\\b${word}\\b`, 'g'), short) : text,
    line,
  );

// Where the town is written before the code.
const townFirst = new Set(['GB', 'IE', 'US', 'CA', 'AU', 'NZ', 'IN', 'ZA', 'SG', 'TH', 'JP', 'ID']);

const foreignPlace = (country: string, { postcode, town }: PostalAddress): string => {
  const parts = [foreignLine(postcode), foreignLine(town)];
  return joined(...(townFirst.has(country) ? parts.reverse() : parts));
};

const countryNames = new Intl.DisplayNames('fr', { type: 'region', fallback: 'none' });
const notCountries = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ', 'FX']);
const shortCountryNames = new Map([
  ['HK', 'HONG KONG'],
  ['MO', 'MACAO'],
  ['IO', 'OCEAN INDIEN BRITANNIQUE'],
  ['GS', 'GEORGIE DU SUD'],
  ['TF', 'TERRES AUSTRALES FRANCAISES'],
]);

const countryLine = (code: string): string | undefined => {
  if (!/^[A-Z]{2}$/.test(code) || notCountries.has(code)) return undefined;
  const name = shortCountryNames.get(code) ?? countryNames.of(code);
  return name && domesticLine(name);
};
