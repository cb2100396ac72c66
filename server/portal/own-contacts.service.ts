import type { z } from 'zod';
import { tellOfCorrection } from '../accounts/contact-notice.service.ts';
import { holdOpen } from '../accounts/gate.ts';
import { noteContactsConfirmed, ownerOf } from '../accounts/own-account.service.ts';
import { proveAgain } from '../accounts/prove-again.service.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { look, perform, read } from '../core/perform.ts';
import { Secret } from '../core/secret.ts';
import { contactKinds } from '../core/vocabulary.ts';
import type { WebVisit } from '../http/routes.ts';
import type { ContactChange } from '../members/contact-changes.service.ts';
import { readContacts } from '../members/contact-reading.ts';
import { waitingContactsOf } from '../members/contact-trust.service.ts';
import { byMember, correctContacts } from '../members/corrections.service.ts';
import { findMemberFile, type MemberFile } from '../members/members.service.ts';
import { displayPhone } from '../members/phone.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { confirmableOf } from './contact-confirmation.service.ts';
import type { ContactsSaved, OwnContacts, SaveContacts } from './portal.schema.ts';

type Shown = z.input<typeof OwnContacts>;
type Typed = z.output<typeof SaveContacts>;

/** The member's contacts in clear: a look, recorded like an agent's. */
export const showOwnContacts = (visit: WebVisit, organisationId: string): Promise<Shown> =>
  look(visit, async (ctx) => {
    const { memberId } = ownerOf(ctx);
    const shown = await contactsOf(ctx, await findMemberFile(ctx, memberId));
    record(ctx, { type: 'account.contacts-shown', organisationId, memberId, data: {} });
    return shown;
  });

/**
 * Confirms the contacts as they are, or corrects some. A correction needs the current password, waits before it may
 * carry a way back in, is told to the other contacts and the former one, and is not overwritten by an import that
 * still carries the old value.
 *
 * @throws AppError `invalid-input` on each field, `conflict` when one changed meanwhile.
 */
export const saveOwnContacts = async (
  visit: WebVisit,
  organisationId: string,
  typed: Typed,
): Promise<z.input<typeof ContactsSaved>> => {
  const policy = policyOf(visit.house, organisationId);
  const { accountId, memberId } = ownerOf(visit);
  const before = await read(visit, (ctx) => findMemberFile(ctx, memberId));
  const changes = changesIn(before, typed.contacts);
  if (changes.length > 0) {
    const password = typed.currentPassword === undefined ? null : new Secret(typed.currentPassword);
    const { address, portalClientId } = visit.web;
    await proveAgain(visit, policy, { accountId, password, address, portalClientId });
  }

  return perform(visit, async (ctx) => {
    // Held, so that of two corrections at once the second meets what the first one saved.
    if (!(await holdOpen(ctx, { id: accountId }))) throw new AppError('signed-out', 'common.signedOut');
    const changed = changes.map(({ kind }) => kind);
    if (changes.length > 0) {
      await correctContacts(ctx, before, changes, byMember);
      await tellOfCorrection(ctx, before, changed, { accountId, askedBy: byMember.by });
    }
    const next = await noteContactsConfirmed(ctx, policy);
    record(ctx, {
      type: 'account.contacts-confirmed',
      organisationId: policy.id,
      memberId,
      data: { changed },
    });
    const message = changed.length > 0 ? 'space.contactsSaved' : 'space.contactsConfirmed';
    return {
      ...(await contactsOf(ctx, await findMemberFile(ctx, memberId))),
      next,
      message: ctx.house.words.say(ctx.language, message),
    };
  });
};

/** @throws AppError with each field that cannot be read. */
const changesIn = (member: MemberFile, typed: Typed['contacts']): ContactChange[] => {
  const { changes, fields } = readContacts(member.contacts, typed);
  if (Object.keys(fields).length > 0) throw new AppError('invalid-input', 'common.invalidInput', { fields });
  return changes;
};

const contactsOf = async (ctx: Ctx, member: MemberFile): Promise<Shown> => {
  const waiting = await waitingContactsOf(ctx, member);
  const confirmable = await confirmableOf(ctx, member);
  return {
    contacts: contactKinds.map((kind) => {
      const contact = member.contacts.find((one) => one.kind === kind);
      return {
        kind,
        value: contact ? (kind === 'email' ? contact.value : displayPhone(contact.value)) : null,
        since: contact?.since || null,
        waiting: waiting.has(kind),
      };
    }),
    confirmable: confirmable.map(({ kind }) => kind),
  };
};
