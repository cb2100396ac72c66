import type { Ctx } from '../core/ctx.ts';
import { digest, type Keys } from '../core/crypto.ts';
import type { ContactKind } from '../core/vocabulary.ts';
import { insertCorrection } from './desk-corrections.store.ts';

/** What imports ask: which corrections still stand against a file, and that it has confirmed some. */
export type { CorrectionRow } from './desk-corrections.store.ts';
export { confirmCorrections, listCorrections } from './desk-corrections.store.ts';

/** What may be corrected at the desk or on the portal and is then that word against the file's. */
export type CorrectedField = ContactKind | 'address';

/**
 * Remembers that a person corrected what the management system says: an import that still carries the old value does
 * not overwrite the new one, until the master confirms or 30 days have passed (DOMAIN, "People").
 *
 * @param old as it was on file; null when nothing was.
 */
export const noteCorrection = (
  ctx: Ctx,
  correction: { organisationId: string; memberId: string; field: CorrectedField; old: string | null },
): Promise<void> => {
  const { organisationId, memberId, field, old } = correction;
  return insertCorrection(ctx.db, {
    id: ctx.newId(),
    organisation_id: organisationId,
    member_id: memberId,
    field,
    old_digest: correctionDigest(ctx.house.keys, memberId, field, old ?? ''),
    corrected_at: ctx.now.toISOString(),
    confirmed_at: null,
  });
};

/**
 * How a value that was corrected is remembered without being kept: `desk_corrections.old_digest`. Telephone numbers
 * as E.164, an address as its text (address-text.ts), nothing on file as ''.
 */
export const correctionDigest = (
  keys: Keys,
  memberId: string,
  field: CorrectedField,
  value: string,
): string => digest(keys, 'contact-index', memberId, field, value);
