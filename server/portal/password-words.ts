import type { Visit } from '../core/ctx.ts';
import type { Policy } from '../organisations/policy.schema.ts';

/** The organisation's rule for chosen passwords as sentences, each the one that would refuse. */
export const ruleInWords = (
  { house, language }: Pick<Visit, 'house' | 'language'>,
  policy: Policy,
): string[] => {
  const rule = policy.chosenPassword;
  const say = (key: string, params = {}) => house.words.say(language, `portal.password.${key}`, params);
  if (rule.kind === 'digits') return [say('exactly-digits', { digits: rule.digits })];
  return [
    say('too-short', { least: rule.minLength }),
    ...rule.requires.map((kind) => say(`needs-${kind}`)),
    ...(rule.forbiddenCharacters.length > 0
      ? [say('forbidden-character', { forbidden: rule.forbiddenCharacters.join(' ') })]
      : []),
  ];
};

/** The same lines in the same order as regular expressions (flags `su`), for ticking while a member types. */
export const ruleAsTests = ({ chosenPassword: rule }: Policy): string[] => {
  if (rule.kind === 'digits') return [`^[0-9]{${rule.digits}}$`];
  return [
    `^.{${rule.minLength},}$`,
    ...rule.requires.map((kind) => classes[kind]),
    ...(rule.forbiddenCharacters.length > 0
      ? [`^[^${rule.forbiddenCharacters.map(escaped).join('')}]*$`]
      : []),
  ];
};

// As checkChosenPassword counts them.
const classes = {
  digit: '[0-9]',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  special: '[^\\p{L}\\p{M}\\p{N}\\s]',
} as const;

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
