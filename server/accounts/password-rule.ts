import { fold } from '../core/text.ts';
import type { ChosenPasswordRule } from '../organisations/policy-parts.schema.ts';

export const passwordFailures = [
  'exactly-digits',
  'too-short',
  'too-long',
  'needs-digit',
  'needs-upper',
  'needs-lower',
  'needs-special',
  'forbidden-character',
  'unreadable-character',
  'too-obvious',
  'contains-personal',
  'temporary-shape',
] as const;
export type PasswordFailure = (typeof passwordFailures)[number];

/** What a password must not contain. Dates as 'YYYY-MM-DD'; identifiers as the member types them. */
export type PersonalData = { names: string[]; birthDate: string | null; identifiers: string[] };

/**
 * Checks a chosen password against the organisation's rule and returns every reason to refuse it, in a fixed
 * order; an empty list means accepted. Length is counted in Unicode characters after NFC, which is also the
 * form to hash (`normalisePassword`). `hasTemporaryShape` recognises what reads as a temporary password.
 */
export const checkChosenPassword = (
  rule: ChosenPasswordRule,
  typed: string,
  personal: PersonalData,
  hasTemporaryShape: (typed: string) => boolean,
): PasswordFailure[] => {
  const password = normalisePassword(typed);
  const failures: Record<PasswordFailure, boolean> = {
    ...noFailures,
    ...(rule.kind === 'digits' ? digitsFailures(rule, password) : composedFailures(rule, password)),
    'unreadable-character': unreadable.test(password),
    'too-obvious': rule.refuseObvious && isObvious(password),
    'contains-personal': rule.refusePersonal && containsPersonal(password, personal),
    'temporary-shape': hasTemporaryShape(typed),
  };
  return passwordFailures.filter((failure) => failures[failure]);
};

/** One form for what different keyboards send for the same letters: NFC. Nothing is cut or trimmed. */
export const normalisePassword = (typed: string): string => typed.normalize('NFC');

type Rule<Kind extends ChosenPasswordRule['kind']> = Extract<ChosenPasswordRule, { kind: Kind }>;
type Failures = Partial<Record<PasswordFailure, boolean>>;

const noFailures = Object.fromEntries(passwordFailures.map((failure) => [failure, false])) as Record<
  PasswordFailure,
  boolean
>;

const digitsFailures = (rule: Rule<'digits'>, password: string): Failures => ({
  'exactly-digits': !/^[0-9]+$/.test(password) || password.length !== rule.digits,
});

const classes = {
  digit: /[0-9]/,
  upper: /\p{Lu}/u,
  lower: /\p{Ll}/u,
  special: /[^\p{L}\p{M}\p{N}\s]/u,
} as const;

const composedFailures = (rule: Rule<'composed'>, password: string): Failures => {
  const length = [...password].length;
  const lacks = (name: keyof typeof classes): boolean =>
    rule.requires.includes(name) && !classes[name].test(password);
  return {
    'too-short': length < rule.minLength,
    'too-long': length > rule.maxLength,
    'needs-digit': lacks('digit'),
    'needs-upper': lacks('upper'),
    'needs-lower': lacks('lower'),
    'needs-special': lacks('special'),
    'forbidden-character': rule.forbiddenCharacters.some((character) => password.includes(character)),
  };
};

// Control characters cannot be typed again; every lone surrogate hashes as the same replacement character.
const unreadable = /[\p{Cc}\p{Cs}]/u;

/** The whole password is one character repeated, or a run that climbs or falls by one. */
const isObvious = (password: string): boolean => {
  const points = [...password].map((character) => character.codePointAt(0) ?? 0);
  if (points.length < 3) return false;

  const step = (points[1] ?? 0) - (points[0] ?? 0);
  const isEven = points.every((point, at) => at === 0 || point - (points[at - 1] ?? 0) === step);
  // 1234567890 and 0987654321 follow the keyboard, where 0 comes after 9.
  return (isEven && Math.abs(step) <= 1) || '1234567890 0987654321'.includes(password);
};

/** Short names (`Li`, `An`) would refuse half of all passwords; three letters and more count. */
const containsPersonal = (password: string, personal: PersonalData): boolean => {
  const bare = bareText(password);
  if (bare === '') return false;

  const names = personal.names.flatMap((name) => [bareText(name), ...fold(name).split(' ')]);
  const identifiers = personal.identifiers.map(bareText).filter((identifier) => identifier.length >= 4);
  const pieces = [
    ...names.filter((name) => name.length >= 3),
    ...dateForms(personal.birthDate),
    ...identifiers,
  ];
  const isPieceOfIdentifier = bare.length >= 6 && identifiers.some((identifier) => identifier.includes(bare));
  return isPieceOfIdentifier || pieces.some((piece) => piece !== '' && bare.includes(piece));
};

const bareText = (text: string): string => fold(text).replaceAll(' ', '');

const dateForms = (date: string | null): string[] => {
  const [year, month, day] = date?.split('-') ?? [];
  if (!year || !month || !day) return [];

  const short = year.slice(2);
  return [
    `${day}${month}${short}`,
    `${day}${month}${year}`,
    `${short}${month}${day}`,
    `${year}${month}${day}`,
  ];
};
