import type { Ctx } from '../core/ctx.ts';
import { insertCorrection } from './import-lines.store.ts';
import { correctionDigest } from './plan-lines.ts';
import type { Field } from './plan.ts';

/**
 * Remembers that a person corrected what the management system says: an import that still carries the old value does
 * not overwrite the new one, until the master confirms or 30 days have passed (DOMAIN, "People").
 *
 * @param old as it was on file; null when nothing was.
 */
export const noteCorrection = (
  ctx: Ctx,
  {
    organisationId,
    memberId,
    field,
    old,
  }: {
    organisationId: string;
    memberId: string;
    field: Field;
    old: string | null;
  },
): Promise<void> =>
  insertCorrection(ctx.db, {
    id: ctx.newId(),
    organisation_id: organisationId,
    member_id: memberId,
    field,
    old_digest: correctionDigest(ctx.house.keys, memberId, field, old ?? ''),
    corrected_at: ctx.now.toISOString(),
    confirmed_at: null,
  });
