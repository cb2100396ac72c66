import { z } from 'zod';
import { contactKinds, Weekday } from '../core/vocabulary.ts';
import { AddressWindow } from './address-window.schema.ts';

/**
 * The pieces of an organisation's file. A description says in words what a value may be; it is what the
 * refusal of a wrong file shows as "Allowed". Nothing has a hidden default: every key stands in every file.
 */

/** Wording for people, in both languages of the product. */
export const Wording = z.strictObject({
  fr: z.string().trim().min(1).describe('text in French, not empty'),
  en: z.string().trim().min(1).describe('text in English, not empty'),
});
export type Wording = z.infer<typeof Wording>;

const line = z
  .string()
  .trim()
  .min(1)
  .max(38)
  .describe('one line of 1 to 38 characters (NF Z10-011), in quotes when only digits');
const webAddress = z.url({ protocol: /^https?$/ }).describe('an address beginning with https://');
const colour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/)
  .describe("a colour as '#1f4e79': # and six small hexadecimal digits, in quotes");
const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .describe("a time of day as '08:30', in quotes");
export const PolicyId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,40}$/)
  .describe('small letters, digits and hyphens, beginning with a letter');
const whole = (least: number, most: number) => z.int().min(least).max(most);

export const PortalPolicy = z.strictObject({
  name: Wording,
  /** Where the portal answers and links lead; null means PORTAL_URL/<id>. */
  address: webAddress.nullable(),
  /** The site that members know, as printed in their instructions. */
  publicSite: webAddress,
  /** Other hosts to which the organisation's own instructions lead; the policy report lists them. */
  otherHosts: z.array(z.hostname().describe('the name of a host')),
  safetyAdvice: webAddress.nullable(),
  colours: z.strictObject({ main: colour, onMain: colour, accent: colour }),
  labels: z.strictObject({
    password: Wording,
    forgottenPassword: Wording,
    unblock: Wording.nullable(),
    register: Wording.nullable(),
    whereIsIdentifier: Wording.nullable(),
  }),
  sessionIdleMinutes: whole(5, 15),
});

export const identifierKinds = ['nir', 'member-number', 'other'] as const;
export const IdentifierPolicy = z.strictObject({
  kind: z.enum(identifierKinds),
  label: Wording,
  foundOn: Wording,
});
export type IdentifierPolicy = z.infer<typeof IdentifierPolicy>;

export const characterClasses = ['digit', 'upper', 'lower', 'special'] as const;
const passwordChecks = {
  /** Names, birth date and identifiers of the member are refused inside the password. */
  refusePersonal: z.boolean(),
  /** One character repeated, or a plain run such as 123456, is refused. */
  refuseObvious: z.boolean(),
};
export const DigitsPasswordRule = z.strictObject({
  kind: z.literal('digits'),
  digits: whole(6, 16),
  shuffledKeypad: z.boolean(),
  ...passwordChecks,
});
export const ComposedPasswordRule = z.strictObject({
  kind: z.literal('composed'),
  minLength: whole(8, 20),
  // ASVS 6.2.9 wants at least 64 to be possible.
  maxLength: whole(64, 256),
  requires: z.array(z.enum(characterClasses)),
  forbiddenCharacters: z.array(z.string().length(1).describe('one character, in quotes')),
  strengthMeter: z.boolean(),
  ...passwordChecks,
});
export const ChosenPasswordRule = z.discriminatedUnion('kind', [DigitsPasswordRule, ComposedPasswordRule]);
export type ChosenPasswordRule = z.infer<typeof ChosenPasswordRule>;

export const channelKinds = [
  'email-link',
  'email-code',
  'email-temporary',
  'sms-code',
  'sms-temporary',
  'letter',
] as const;
export const ChannelKind = z.enum(channelKinds);
export type ChannelKind = z.infer<typeof ChannelKind>;

export const smsScopes = ['metropolitan', 'france', 'any'] as const;
const smsScope = z.enum(smsScopes);
export const ChannelPolicy = z.discriminatedUnion('kind', [
  // CNIL 2022-100: a reset page is open for 24 hours at most.
  z.strictObject({ kind: z.literal('email-link'), lifetimeMinutes: whole(10, 1440) }),
  z.strictObject({ kind: z.literal('email-code') }),
  z.strictObject({ kind: z.literal('email-temporary'), lifetimeMinutes: whole(10, 60) }),
  z.strictObject({ kind: z.literal('sms-code'), scope: smsScope }),
  z.strictObject({ kind: z.literal('sms-temporary'), lifetimeMinutes: whole(5, 10), scope: smsScope }),
  z.strictObject({ kind: z.literal('letter') }),
]);
export type ChannelPolicy = z.infer<typeof ChannelPolicy>;

export const FactPolicy = z.strictObject({
  id: PolicyId,
  label: Wording,
  kind: z.enum(['text', 'amount', 'month', 'number']),
  withinMonths: whole(1, 24).nullable(),
});
export type FactPolicy = z.infer<typeof FactPolicy>;

export const verificationLevels = ['none', 'identified', 'contact-confirmed', 'strong'] as const;
export const VerificationLevel = z.enum(verificationLevels);
export type VerificationLevel = z.infer<typeof VerificationLevel>;

export const LetterPromise = z.strictObject({
  value: whole(1, 240),
  unit: z.enum(['hours', 'days']),
  basis: z.enum(['calendar', 'working']),
  event: z.enum(['deposited', 'received']),
});
export type LetterPromise = z.infer<typeof LetterPromise>;

export const PostalProduct = z.strictObject({
  id: PolicyId,
  label: z.string().trim().min(1).describe('the name of the product, not empty'),
  /** The n of J+n in jours ouvrables, in mainland France; what is added to it elsewhere. */
  transitDays: whole(1, 10),
  /** null, here and below: the post does not carry it there. */
  overseasExtraDays: whole(0, 15).nullable(),
  europeExtraDays: whole(0, 15).nullable(),
  worldExtraDays: whole(0, 15).nullable(),
  /** Sold for other countries alone: it goes nowhere in mainland France. */
  abroadOnly: z.boolean(),
});
export type PostalProduct = z.infer<typeof PostalProduct>;

const domesticAddress = z.strictObject({
  name: line,
  lines: z.array(line).max(4),
  postcode: line,
  town: line,
});
// What an address block can always be made of, so that the letter to oneself never fails on its own address.
const plainLine = line
  .regex(/^[\p{Script=Latin}\d '’.,/()&+-]+$/u)
  .describe('one line of 1 to 38 letters, digits and spaces (NF Z10-011), in quotes when only digits');
const TestAddress = z.strictObject({
  name: plainLine,
  lines: z.array(plainLine).max(4),
  postcode: z
    .string()
    .regex(/^(?:0[1-9]|[1-8]\d|9[0-7])\d{3}$/)
    .describe("a French postcode as '59000', in quotes"),
  town: plainLine,
});

/** The reason of letters that an organisation sends to itself: no reason of a file's may have its name. */
export const testLetterReason = 'test-letter';

export const LetterPolicy = z.strictObject({
  promise: LetterPromise.nullable(),
  /** The product letters leave by, one of `products`; the others may be proposed when they are faster. */
  product: PolicyId,
  products: z.array(PostalProduct).min(1),
  /** What is asked before it is posted the same day. */
  cutoff: timeOfDay,
  /** The post's last hour for the day: between the cut-off and it the print room prints, folds and counts. */
  collectionAt: timeOfDay,
  // NIST 800-63B-4 4.2.1.2: 21 days by post, 30 far away.
  validityDays: whole(15, 21),
  validityDaysOverseas: whole(15, 30),
  daysApart: whole(1, 15),
  perNinetyDays: whole(1, 6),
  window: AddressWindow,
  sender: domesticAddress,
  /** Whom the test letter of each week goes to, and who says on the portal that it came; null: none is sent. */
  testAddress: TestAddress.nullable(),
  signatory: z.strictObject({ name: line, role: Wording }),
  letterheadColour: colour,
});
export type LetterPolicy = z.infer<typeof LetterPolicy>;

export const AfterChange = z.strictObject({
  signInAgain: z.boolean(),
  message: Wording,
  /** The terms of use a member accepts before going on; null: none. */
  termsVersion: z.string().trim().min(1).describe('text, in quotes when only digits').nullable(),
  confirmContacts: z.array(z.enum(contactKinds)),
  changeRecommendedMonths: whole(1, 60).nullable(),
});

export const disabledReasons = ['contract-ended', 'client-rights-lost', 'deceased'] as const;
export const DisabledReason = z.enum(disabledReasons);
export type DisabledReason = z.infer<typeof DisabledReason>;

/** Hours as data: of an organisation's help, of a site. */
export const Opening = z.strictObject({
  days: z.array(Weekday).min(1),
  opens: timeOfDay,
  closes: timeOfDay,
});
export type Opening = z.infer<typeof Opening>;

export const HelpPolicy = z.strictObject({
  name: Wording,
  phone: z
    .string()
    .regex(/^0[1-9]( \d\d){4}$/)
    .describe("a telephone number as '03 20 90 05 00', in quotes")
    .nullable(),
  email: z.email().describe('an e-mail address').nullable(),
  hours: z.array(Opening),
});

export const Reason = z.strictObject({ id: PolicyId, label: Wording });
export type Reason = z.infer<typeof Reason>;
