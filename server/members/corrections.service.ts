import { parisDay } from '../core/calendar.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { fold } from '../core/text.ts';
import { addressText } from './address-text.ts';
import type { PostalAddress } from './address.ts';
import { replaceAddress } from './addresses.store.ts';
import { changeContacts, type ContactChange } from './contact-changes.service.ts';
import { noteCorrection, type CorrectedField } from './desk-corrections.service.ts';
import type { MemberFile } from './members.store.ts';
import { noteOutgoing } from './outgoing-changes.service.ts';

/** Who corrects a member's file (an agent's id, or `member`), why, and in which call. */
export type Correcting = { by: string; reason: string; callId: string | null };

/** The reason of what members correct themselves on the portal. */
export const byMember: Correcting = { by: 'member', reason: 'by-member', callId: null };

/**
 * Puts other contacts on file: their waiting time begins, imports that still carry the old ones leave them, the
 * management system hears of them with the daily file. The caller holds the account.
 *
 * @throws AppError `conflict` when one was changed meanwhile, `too-many` after too many changes in a day.
 */
export const correctContacts = async (
  ctx: Ctx,
  member: MemberFile,
  changes: ContactChange[],
  correcting: Correcting,
): Promise<void> => {
  await changeContacts(ctx, member, changes, correcting);
  for (const { kind } of changes) {
    const old = member.contacts.find((contact) => contact.kind === kind)?.value ?? null;
    await remember(ctx, member, { field: kind, old }, correcting);
  }
};

/**
 * The same for the postal address, at which no mail is known not to arrive any more.
 *
 * @throws AppError `conflict` when the file was changed meanwhile.
 */
export const correctAddress = async (
  ctx: Ctx,
  member: MemberFile,
  address: PostalAddress,
  correcting: Correcting,
): Promise<void> => {
  const isSaved = await replaceAddress(ctx.db, member, {
    address_lines: JSON.stringify(address.lines),
    postcode: address.postcode || null,
    town: address.town,
    country: address.country,
    address_since: parisDay(ctx.now),
    town_folded: fold(address.town),
  });
  if (!isSaved) throw new AppError('conflict', 'members.contactsChangedMeanwhile');
  await remember(ctx, member, { field: 'address', old: addressText(member.address) }, correcting);
};

const remember = async (
  ctx: Ctx,
  { organisationId, id: memberId }: MemberFile,
  { field, old }: { field: CorrectedField; old: string | null },
  { by, reason, callId }: Correcting,
): Promise<void> => {
  await noteCorrection(ctx, { organisationId, memberId, field, old });
  await noteOutgoing(ctx, { organisationId, memberId, kind: field, reason, callId, changedBy: by });
};
