import { fold } from '../core/text.ts';

/** Who an identity provider says somebody is: birth date as `yyyy-mm-dd`, names as it writes them. */
export type PivotIdentity = {
  birthDate: string;
  givenNames: string;
  familyName: string;
  usualName: string | null;
};

type Named = { usualName: string; birthName: string | null; firstName: string };

/** The same first given name, and one family name, birth or usual, in common. Birth dates are compared elsewhere. */
export const isSamePerson = (identity: PivotIdentity, member: Named): boolean => {
  const first = firstOf(identity.givenNames);
  if (first === '' || first !== firstOf(member.firstName)) return false;
  const theirs = foldedNames([identity.familyName, identity.usualName]);
  return foldedNames([member.usualName, member.birthName]).some((name) => theirs.includes(name));
};

// A hyphen keeps two names one: Jean-Pierre is not Jean.
const firstOf = (names: string): string => fold(names.trim().split(/[\s,]+/u)[0] ?? '');

const foldedNames = (names: (string | null)[]): string[] =>
  names.flatMap((name) => (name && fold(name) !== '' ? [fold(name)] : []));
