import type { Policy } from '../organisations/policy.schema.ts';

/** What stands between a member and their space, first that applies. */
export type NextStep = 'change-password' | 'terms' | 'contacts' | 'space';

/**
 * Where a session leads: the organisation's terms, then the contacts, which are confirmed anew after each change of
 * password (seed 004: the change forgets `contacts_confirmed_at`). A session that only chooses a password leads
 * there and nowhere else.
 */
export const nextStepOf = (
  account: { terms_version: string | null; contacts_confirmed_at: string | null },
  { termsVersion, confirmContacts }: Policy['afterChange'],
  mayOnlyChangePassword: boolean,
): NextStep => {
  if (mayOnlyChangePassword) return 'change-password';
  if (termsVersion !== null && termsVersion !== account.terms_version) return 'terms';
  if (confirmContacts.length > 0 && account.contacts_confirmed_at === null) return 'contacts';
  return 'space';
};
