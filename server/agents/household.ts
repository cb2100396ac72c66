import { toHalfWidth } from '../core/text.ts';

/** A member number in the one form in which households are compared, so that no spelling of it escapes. */
export const householdKey = (memberNumber: string): string =>
  toHalfWidth(memberNumber)
    .normalize('NFKC')
    .replace(/[\s.\-/_]/gu, '')
    .toUpperCase();
