import { testLetterReason, type LetterPolicy, type PostalProduct } from './policy-parts.schema.ts';
import { brokenWindow } from './address-window.schema.ts';
import type { Policy } from './policy.schema.ts';

type Path = (string | number)[];
export type BrokenCheck = { path: Path; problem: string; allowed: string };
type Check = BrokenCheck & { holds: boolean };

/** What ties two keys of a file together, and does not hold. */
export const brokenChecks = (policy: Policy): BrokenCheck[] =>
  [
    ...letterChecks(policy),
    ...windowChecks(policy),
    ...wayChecks(policy),
    ...references(policy),
    ...repeats(policy),
  ].filter(({ holds }) => !holds);

const windowChecks = ({ letter }: Policy): Check[] =>
  (letter ? brokenWindow(letter.window) : []).map(({ key, problem, allowed }) => ({
    path: ['letter', 'window', key],
    holds: false,
    problem,
    allowed,
  }));

const letterChecks = ({ letter, channels, firstPassword, reasons }: Policy): Check[] => [
  {
    path: ['letter'],
    holds: channels.some(({ kind }) => kind === 'letter') === (letter !== null),
    problem: 'does not agree with `channels`',
    allowed: 'a group and a channel of kind letter, or null and no such channel',
  },
  {
    path: ['reasons', 'letter'],
    holds: reasons.letter.length > 0 === (letter !== null),
    problem: 'does not agree with `letter`',
    allowed: letter ? 'at least one reason' : 'an empty list, as there are no letters',
  },
  {
    path: ['reasons', 'message'],
    holds: reasons.message.length > 0 === sendsFromDesk(channels),
    problem: 'does not agree with `channels`',
    allowed: sendsFromDesk(channels) ? 'at least one reason' : 'an empty list, as the desk sends no message',
  },
  {
    path: ['reasons', 'letter'],
    holds: reasons.letter.every(({ id }) => id !== testLetterReason),
    problem: `the reason ${testLetterReason} is the test letter's own`,
    allowed: `any other name than ${testLetterReason}`,
  },
  {
    path: ['letter', 'testAddress'],
    holds: !letter?.testAddress || placeOf(letter.testAddress).length <= 38,
    problem: 'its last line, postcode and town, has more than 38 characters (NF Z10-011)',
    allowed: 'a postcode and a town of at most 38 characters together',
  },
  {
    path: ['firstPassword', 'ways'],
    holds: letter !== null || !firstPassword.ways.includes('letter'),
    problem: 'there are no letters here',
    allowed: 'statement-code, forgotten-path, proof',
  },
  ...(letter ? postChecks(letter) : []),
];

/** A letter leaves after its cut-off, goes wherever members live, and arrives before it runs out. */
const postChecks = ({ cutoff, collectionAt, product, products, ...letter }: LetterPolicy): Check[] => [
  {
    path: ['letter', 'collectionAt'],
    holds: collectionAt >= cutoff,
    problem: 'comes before `cutoff`',
    allowed: 'the same time or a later one',
  },
  {
    path: ['letter', 'product'],
    holds: !products.some(({ id, abroadOnly }) => id === product && abroadOnly),
    problem: 'does not go to mainland France',
    allowed: 'a product whose `abroadOnly` is false',
  },
  ...(['overseasExtraDays', 'europeExtraDays', 'worldExtraDays'] as const).map((area) => ({
    path: ['letter', 'products'],
    holds: products.some((one) => one[area] !== null),
    problem: `no product has \`${area}\``,
    allowed: 'at least one product that goes there',
  })),
  {
    path: ['letter', 'validityDaysOverseas'],
    holds: products.every((one) => calendarDaysOf(longestTransit(one)) < letter.validityDaysOverseas),
    problem: 'ends before a letter is sure to be there',
    allowed: 'more days, or products with fewer',
  },
];

const longestTransit = (product: PostalProduct): number =>
  product.transitDays +
  Math.max(product.overseasExtraDays ?? 0, product.europeExtraDays ?? 0, product.worldExtraDays ?? 0);

// Six days of transit a week, and at most three holidays on the way.
const calendarDaysOf = (transitDays: number): number => Math.ceil((transitDays * 7) / 6) + 4;

const placeOf = ({ postcode, town }: { postcode: string; town: string }): string => `${postcode} ${town}`;

// A code is typed where it was asked for: a member's own affair.
const sendsFromDesk = (channels: Policy['channels']): boolean =>
  channels.some(({ kind }) => kind === 'email-link' || kind.endsWith('-temporary'));

const wayChecks = ({ firstPassword, proofs, recovery, channels, chosenPassword }: Policy): Check[] => [
  {
    path: ['firstPassword', 'statementCodeFoundOn'],
    holds: firstPassword.ways.includes('statement-code') === (firstPassword.statementCodeFoundOn !== null),
    problem: 'does not agree with `ways`',
    allowed: 'words with the way statement-code, else null',
  },
  {
    path: ['firstPassword', 'ways'],
    holds: firstPassword.ways.includes('proof') === proofs.length > 0,
    problem: 'does not agree with `proofs`',
    allowed: 'the way proof with a list of proofs, or neither',
  },
  {
    path: ['recovery', 'codeFirst'],
    holds: !recovery.codeFirst || channels.some(({ kind }) => kind.endsWith('-temporary')),
    problem: 'needs a channel that then brings the temporary password',
    allowed: 'false, or true with email-temporary or sms-temporary',
  },
  {
    path: ['chosenPassword', 'forbiddenCharacters'],
    holds: chosenPassword.kind === 'digits' || !chosenPassword.forbiddenCharacters.some(isLetterOrDigit),
    problem: 'forbids a letter or a digit',
    allowed: 'other characters',
  },
];

const isLetterOrDigit = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);

/** Every name that must stand in another list of the same file. */
const references = (policy: Policy): Check[] => {
  const { facts, verification, proofs, spaceTypes, signIn, channels, letter } = policy;
  const factIds = facts.map(({ id }) => id);
  const kinds = channels.map(({ kind }) => kind);
  const products = letter?.products.map(({ id }) => id) ?? [];
  return [
    ...members(['verification', 'facts'], verification.facts, factIds),
    ...members(['signIn', 'franceConnectFor'], signIn.franceConnectFor, spaceTypes),
    ...proofs.flatMap(({ spaceTypes: spaces, anyOf, right, wrong }, row) => [
      ...members(['proofs', row, 'spaceTypes'], spaces, spaceTypes),
      ...members(['proofs', row, 'anyOf'], anyOf, factIds),
      ...members(['proofs', row, 'right'], right, kinds),
      member(['proofs', row, 'wrong'], wrong, [...kinds.filter((kind) => kind === 'letter'), 'supervisor']),
    ]),
    ...(letter ? [member(['letter', 'product'], letter.product, products)] : []),
  ];
};

const members = (path: Path, values: string[], allowed: string[]): Check[] =>
  values.map((value, row) => member([...path, row], value, allowed));

const member = (path: Path, value: string, allowed: string[]): Check => ({
  path,
  holds: allowed.includes(value),
  problem: `${value} does not stand in this file's list`,
  allowed: allowed.length > 0 ? `one of ${allowed.join(', ')}` : 'nothing, that list is empty',
});

const repeats = ({ channels, facts, disabled, reasons, signIn, letter }: Policy): Check[] => [
  ...once(
    ['channels'],
    channels.map(({ kind }) => kind),
  ),
  ...once(
    ['facts'],
    facts.map(({ id }) => id),
  ),
  ...once(
    ['disabled'],
    disabled.map(({ id }) => id),
  ),
  ...once(
    ['signIn', 'identifiers'],
    signIn.identifiers.map(({ kind }) => kind),
  ),
  ...once(['letter', 'products'], letter?.products.map(({ id }) => id) ?? []),
  ...Object.entries(reasons).flatMap(([list, rows]) =>
    once(
      ['reasons', list],
      rows.map(({ id }) => id),
    ),
  ),
];

const once = (path: Path, values: string[]): Check[] =>
  values.map((value, row) => ({
    path: [...path, row],
    holds: values.indexOf(value) === row,
    problem: `repeats ${value}`,
    allowed: 'each once',
  }));
