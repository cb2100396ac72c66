import { parisDay, zoneOfPostcode, type Zone } from '../core/calendar.ts';
import { formatAddress, type AddressBlock, type PostalAddress } from '../members/address.ts';
import { mostLinesIn, type AddressWindow } from '../organisations/address-window.schema.ts';
import type { PostalProduct } from '../organisations/policy-parts.schema.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { keptTooRarely, promiseKept } from './promise-kept.ts';
import { isCarriedTo, letterDates, productTo, type LetterDates } from './promise.ts';

/** Whom a letter goes to, as the member's file has it now. */
export type Addressee = {
  memberId: string;
  accountId: string;
  organisationId: string;
  civility: string | null;
  firstName: string;
  lastName: string;
  address: PostalAddress;
  addressDoubtful: boolean;
  language: 'fr' | 'en';
  largePrint: boolean;
};

/** What a letter would be by one postal product of the organisation's file. */
export type ByProduct = { product: string; label: string; dates: LetterDates };

/** What a letter asked for now would be, by the usual product and by `others` that go there, or the rule that refuses it. */
export type Outlook =
  | ({ ok: true; lines: string[]; zone: Zone; others: ByProduct[] } & ByProduct)
  | {
      ok: false;
      rule: 'letter.none' | 'letter.address-doubtful' | 'letter.address';
      problem: AddressProblem | null;
    };

/** What cannot be printed, on which line of the block that the window would show. */
export type AddressProblem = { line: number; what: string };

/** The address as it would be printed and every date, from the same computation that the letter will keep. */
export const letterOutlook = (policy: Policy, to: Addressee, now: Date): Outlook => {
  const { letter } = policy;
  if (!letter) return { ok: false, rule: 'letter.none', problem: null };
  if (to.addressDoubtful) return { ok: false, rule: 'letter.address-doubtful', problem: null };
  const block = blockIn(letter.window, to);
  if (!block.ok) {
    return { ok: false, rule: 'letter.address', problem: { line: block.line, what: block.problem } };
  }

  const zone = zoneOfPostcode(to.address.postcode, to.address.country);
  const usual = productTo(letter, zone);
  const by = (product: PostalProduct): ByProduct => ({
    product: product.id,
    label: product.label,
    dates: letterDates({ ...letter, askedAt: now, product, zone }),
  });
  const others = letter.products.filter((product) => product !== usual && isCarriedTo(product, zone));
  return { ok: true, lines: block.lines, zone, ...by(usual), others: others.map(by) };
};

// A window of 35 mm shows six lines and never seven, whatever the country.
const blockIn = (window: AddressWindow, to: Addressee): AddressBlock => {
  const block = formatAddress(to, to.address);
  const most = mostLinesIn(window);
  if (!block.ok || block.lines.length <= most) return block;
  return { ok: false, line: most + 1, problem: 'too-many-lines' };
};

/** The same by another product of the file; null where there is none of that name, or it does not go there. */
export const outlookBy = (outlook: Outlook, product: string | undefined): Outlook | null => {
  if (!outlook.ok || product === undefined || product === outlook.product) return outlook;
  const chosen = outlook.others.find((other) => other.product === product);
  return chosen ? { ...outlook, ...chosen } : null;
};

export type FasterProduct = ByProduct & {
  /** The slowest that keeps the promise where the usual product does not. */
  isProposed: boolean;
};

/** The products that arrive before the usual one, the slowest first. */
export const fasterProducts = (outlook: Extract<Outlook, { ok: true }>): FasterProduct[] => {
  const faster = outlook.others
    .filter(({ dates }) => dates.announcedDay < outlook.dates.announcedDay)
    .sort((one, other) => (one.dates.announcedDay < other.dates.announcedDay ? 1 : -1));
  const isBroken = outlook.dates.keepsPromise === false;
  const proposed = isBroken ? faster.find(({ dates }) => dates.keepsPromise) : undefined;
  return faster.map((one) => ({ ...one, isProposed: one === proposed }));
};

/**
 * Whether an agent should be told that the promise is missed: only where it mostly is kept. One that its product cannot
 * keep is reported to the administrator, not to every agent (DOMAIN, "Letters").
 */
export const missesPromise = (
  { letter }: Policy,
  { dates, product: id, zone }: Extract<Outlook, { ok: true }>,
  now: Date,
): boolean => {
  if (!letter?.promise || dates.keepsPromise !== false) return false;
  const asked = { ...letter, promise: letter.promise, product: productTo(letter, zone, id), zone };
  return promiseKept(asked, Number(parisDay(now).slice(0, 4))).share >= keptTooRarely;
};
