import { zoneOfPostcode } from '../core/calendar.ts';
import type { Db } from '../core/ctx.ts';
import { formatAddress, type PostalAddress } from '../members/address.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import * as store from './letters.store.ts';
import type { LetterRow } from './letters.store.ts';
import { letterDates, type LetterDates } from './promise.ts';

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

/** What a letter asked for now would be, or the rule that refuses it. */
export type Outlook =
  | { ok: true; lines: string[]; dates: LetterDates; zone: string; product: string }
  | { ok: false; rule: 'letter.none' | 'letter.address-doubtful' | 'letter.address'; problem: string | null };

/** The address as it would be printed and every date, from the same computation that the letter will keep. */
export const letterOutlook = (policy: Policy, to: Addressee, now: Date): Outlook => {
  const { letter } = policy;
  const product = letter?.products.find(({ id }) => id === letter.product);
  if (!letter || !product) return { ok: false, rule: 'letter.none', problem: null };
  if (to.addressDoubtful) return { ok: false, rule: 'letter.address-doubtful', problem: null };
  const block = formatAddress(to, to.address);
  if (!block.ok) return { ok: false, rule: 'letter.address', problem: block.problem };

  const zone = zoneOfPostcode(to.address.postcode, to.address.country);
  const { cutoff, promise, validityDays, validityDaysOverseas } = letter;
  const dates = letterDates({
    askedAt: now,
    cutoff,
    product,
    zone,
    promise,
    validityDays,
    validityDaysOverseas,
  });
  return { ok: true, lines: block.lines, dates, zone, product: product.id };
};

/** What limits a further letter: one on its way, so many days apart, so many in 90 days (DOMAIN, "Letters"). */
export type LetterLimits = { onItsWay: LetterRow | null; mayAskFrom: Date | null };

export const letterLimits = async (
  ctx: { db: Db; now: Date },
  policy: Policy,
  accountId: string,
): Promise<LetterLimits> => {
  const { letter } = policy;
  if (!letter) return { onItsWay: null, mayAskFrom: null };
  const since = daysBefore(ctx.now, 90).toISOString();
  const asked = (await store.listOfAccountSince(ctx.db, accountId, since)).filter(counts);
  const now = ctx.now.toISOString();
  const onItsWay = asked.find(
    ({ state, valid_until }) => store.onItsWay.includes(state) && valid_until >= now,
  );
  const apart = asked[0] && daysAfter(new Date(asked[0].asked_at), letter.daysApart);
  const oldest = asked[letter.perNinetyDays - 1];
  const quarter = oldest && daysAfter(new Date(oldest.asked_at), 90);
  const latest = [apart, quarter]
    .filter((at) => at !== undefined && at > ctx.now)
    .sort((a, b) => Number(b) - Number(a));
  return { onItsWay: onItsWay ?? null, mayAskFrom: latest[0] ?? null };
};

// Refused and cancelled letters never left: they use up nothing of the limits.
const counts = ({ state }: LetterRow): boolean => !['cancelled', 'refused', 'spoiled'].includes(state);

const daysBefore = (at: Date, days: number): Date => new Date(at.getTime() - days * 86_400_000);
const daysAfter = (at: Date, days: number): Date => new Date(at.getTime() + days * 86_400_000);
