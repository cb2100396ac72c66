import { bitsOfRule, cnilCaseOf, guaranteedBits } from './password-strength.ts';
import type { Check, Examined } from './weak-points.ts';

/** NIST SP 800-63B-4 3.1.1.2: where a password stands alone. */
const longEnough = 15;

/** What is weak in the chosen and in the first password. Rules and their sources stand with the words. */
export const passwordChecks = ({ policy }: Examined): Check[] => {
  const { chosenPassword: rule, lock, firstPassword, afterChange } = policy;
  const isDigits = rule.kind === 'digits';
  const bits = bitsOfRule(rule);
  const isBelowCnil = cnilCaseOf(rule) === null;
  const length = isDigits ? rule.digits : rule.minLength;
  const forbidden = isDigits ? [] : rule.forbiddenCharacters;
  const required = isDigits ? [] : rule.requires;
  const statementCode = firstPassword.ways.includes('statement-code');
  return [
    {
      id: 'password-digits',
      severity: 'high',
      isWeak: isDigits && isBelowCnil,
      bits,
      params: ({ number }) => ({ length, bits: number(bits, 2), failures: lock.maxFailures }),
    },
    {
      id: 'password-below-cnil',
      severity: 'high',
      isWeak: !isDigits && isBelowCnil,
      bits: guaranteedBits(rule),
      params: ({ number }) => ({ length, bits: number(guaranteedBits(rule), 1) }),
    },
    {
      id: 'password-short',
      severity: 'low',
      isWeak: !isBelowCnil && length < longEnough,
      bits,
      params: ({ number }) => ({ length, longEnough, bits: number(bits, 1) }),
    },
    {
      id: 'password-composition',
      severity: 'low',
      isWeak: required.length > 0,
      bits: null,
      params: () => ({ classes: required.length, longEnough }),
    },
    {
      id: 'password-forbidden-characters',
      severity: 'medium',
      isWeak: forbidden.length > 0,
      bits,
      params: ({ number }) => ({ characters: forbidden.join(' '), length, bits: number(bits, 1) }),
    },
    {
      id: 'password-obvious',
      severity: 'medium',
      isWeak: !rule.refuseObvious,
      bits: null,
    },
    {
      id: 'password-personal',
      severity: 'low',
      isWeak: !rule.refusePersonal,
      bits: null,
    },
    {
      id: 'password-periodic-change',
      severity: 'low',
      isWeak: afterChange.changeRecommendedMonths !== null,
      bits: null,
      params: () => ({ months: afterChange.changeRecommendedMonths ?? 0 }),
    },
    {
      id: 'password-keypad',
      severity: 'low',
      isWeak: isDigits && rule.shuffledKeypad,
      bits: null,
    },
    {
      id: 'first-password-printed',
      severity: 'high',
      isWeak: statementCode,
      bits: 0,
      params: ({ language }) => ({ where: firstPassword.statementCodeFoundOn?.[language] ?? '' }),
    },
    {
      id: 'first-password-everlasting',
      severity: 'medium',
      isWeak: statementCode,
      bits: null,
    },
  ];
};
