import type { ChosenPasswordRule } from '../organisations/policy-parts.schema.ts';

/** Printable ASCII without the blank, by class: what every keyboard types. */
const sizes = { digit: 10, upper: 26, lower: 26, special: 32 } as const;
/** CNIL 2022-100 counts specials otherwise: 37 of them in its table of 99 signs. */
const cnilSpecials = 37;

/** CNIL 2022-100: alone, with a restriction of access. Its own 99^12 is 79.55 bits, which it rounds to 80. */
const cnilBits = { alone: 79.5, restricted: 50 } as const;

/** log2(N^L) of the shortest password allowed, as if chosen by chance from all that is allowed (FACTS 2.6). */
export const bitsOfRule = (rule: ChosenPasswordRule): number => {
  if (rule.kind === 'digits') return rule.digits * Math.log2(10);
  const all = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  return rule.minLength * Math.log2(all - forbiddenAscii(rule.forbiddenCharacters));
};

export type CnilCase = 'alone' | 'restricted' | null;

/**
 * The case of CNIL 2022-100 that the rule satisfies, by the CNIL's own examples of composition or by what the
 * rule guarantees: a member may choose from nothing but the classes that it requires. `restricted` holds only
 * with a restriction of access, which every account here has: it locks after at most ten failures.
 */
export const cnilCaseOf = (rule: ChosenPasswordRule): CnilCase => {
  const bits = guaranteedBits(rule);
  if (bits >= cnilBits.alone || isExample(rule, 'alone')) return 'alone';
  return bits >= cnilBits.restricted || isExample(rule, 'restricted') ? 'restricted' : null;
};

/** What a rule guarantees, the least demanding password of the shortest length. */
export const guaranteedBits = (rule: ChosenPasswordRule): number => {
  if (rule.kind === 'digits') return bitsOfRule(rule);
  const required = rule.requires.reduce((sum, name) => sum + sizes[name], 0);
  const forbidden = rule.requires.includes('special') ? forbiddenAscii(rule.forbiddenCharacters) : 0;
  // A rule that requires no class lets people choose digits alone.
  return rule.minLength * Math.log2(required === 0 ? sizes.digit : required - forbidden);
};

/** Alone: 12 of four classes with 37 specials, or 14 of digits and both letters. Restricted: 8 of three classes. */
const isExample = (rule: ChosenPasswordRule, which: 'alone' | 'restricted'): boolean => {
  if (rule.kind === 'digits') return which === 'restricted' && rule.digits >= 16;
  const specials = cnilSpecials - forbiddenAscii(rule.forbiddenCharacters);
  const has = (...names: (keyof typeof sizes)[]) => names.every((name) => rule.requires.includes(name));
  if (which === 'restricted') {
    const enough = rule.requires.includes('special') ? specials >= 11 : true;
    return rule.minLength >= 8 && rule.requires.length >= 3 && enough;
  }
  const four = rule.minLength >= 12 && has('digit', 'upper', 'lower', 'special') && specials >= cnilSpecials;
  return four || (rule.minLength >= 14 && has('digit', 'upper', 'lower'));
};

const forbiddenAscii = (characters: string[]): number =>
  new Set(characters.filter((character) => /^[!-~]$/.test(character))).size;
