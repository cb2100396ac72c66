import { AppError } from '../core/errors.ts';
import type { LetterPolicy } from '../organisations/policy-parts.schema.ts';
import type { Policy } from '../organisations/policy.schema.ts';

/** @throws AppError `policy-refused` when the organisation sends no letters (any more). */
export const letterPolicyOf = ({ letter }: Policy): LetterPolicy => {
  if (!letter) throw new AppError('policy-refused', 'lots.noLetters', { rule: 'letter.none' });
  return letter;
};
