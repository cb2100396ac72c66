import { formatAddress, type AddressBlock, type PostalAddress } from './address.ts';
import { countryCode } from './countries.ts';

export type TypedAddress = { lines: string[]; postcode: string; town: string; country?: string | undefined };

export type AddressReading =
  | { ok: true; address: PostalAddress }
  /** Each field of what was typed that does not do → a key of the words. */
  | { ok: false; fields: Record<string, string> };

type Who = Parameters<typeof formatAddress>[0];
type Problem = Extract<AddressBlock, { ok: false }>['problem'] | 'no-line';

/**
 * An address as somebody types it: clean, its country a code, and such that a letter to this person shows it in the
 * window of the envelope. A name that would not fit above any address is not the address's fault.
 */
export const readAddress = (who: Who, typed: TypedAddress): AddressReading => {
  const country = typed.country?.trim() ? countryCode(typed.country) : 'FR';
  if (!country) return refused([['country', 'unknown-country']]);
  const address: PostalAddress = {
    lines: typed.lines.map(clean),
    postcode: country === 'FR' ? typed.postcode.replace(/\s/g, '') : clean(typed.postcode),
    town: clean(typed.town),
    country,
  };
  const problems = problemsOf(who, address);
  if (problems.length > 0) return refused(problems);
  return { ok: true, address: { ...address, lines: address.lines.filter((line) => line !== '') } };
};

const nobody: Who = { civility: null, firstName: '', lastName: '' };
const foreignPostcode = /^(?:[A-Z0-9][A-Z0-9 -]{0,11})?$/i;

const problemsOf = (who: Who, address: PostalAddress): [string, Problem][] => {
  const printed = (person: Who, lines: string[]) => formatAddress(person, { ...address, lines });
  if (address.country !== 'FR' && !foreignPostcode.test(address.postcode))
    return [['postcode', 'bad-postcode']];
  const place = printed(nobody, []);
  if (!place.ok) return [[fieldOf[place.problem] ?? 'town', place.problem]];
  if (address.lines.every((line) => line === '')) return [['lines.0', 'no-line']];

  const lines = address.lines.flatMap((line, at): [string, Problem][] => {
    const alone = printed(nobody, [line]);
    return alone.ok ? [] : [[`lines.${at}`, alone.problem]];
  });
  if (lines.length > 0) return lines;
  const isTooHigh = !printed(who, address.lines).ok && printed(who, []).ok;
  return isTooHigh ? [['lines', 'too-many-lines']] : [];
};

const fieldOf: Partial<Record<Problem, string>> = {
  'bad-postcode': 'postcode',
  'unknown-country': 'country',
};

const refused = (problems: [string, Problem][]): AddressReading => ({
  ok: false,
  fields: Object.fromEntries(problems.map(([field, problem]) => [field, `members.address.${problem}`])),
});

const clean = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
