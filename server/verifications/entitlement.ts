import type { Caller } from '../core/vocabulary.ts';

/**
 * Whether whoever speaks may be verified, and then hears about the account: the member, or a legal representative
 * with a mandate in force. Everybody else can only set off the letter to the address on file.
 */
export const isEntitled = ({ caller, hasMandate }: { caller: Caller; hasMandate: boolean }): boolean =>
  caller === 'member' || (caller === 'legal-representative' && hasMandate);
