import type { z } from 'zod';
import { holdOpen } from '../accounts/gate.ts';
import { noteContactsConfirmed, ownerOf } from '../accounts/own-account.service.ts';
import { proveAgain } from '../accounts/prove-again.service.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { look, perform, read } from '../core/perform.ts';
import { Secret } from '../core/secret.ts';
import { contactKinds, type ContactKind } from '../core/vocabulary.ts';
import type { WebVisit } from '../http/routes.ts';
import { noteCorrection } from '../imports/corrections.service.ts';
import { changeContacts, type ContactChange } from '../members/contact-changes.service.ts';
import { waitingContactsOf } from '../members/contact-trust.service.ts';
import { findMemberFile, type MemberFile, languageOf } from '../members/members.service.ts';
import { displayPhone } from '../members/phone.ts';
import { tellMember } from '../messages/notices.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { confirmableOf } from './contact-confirmation.service.ts';
import { readContact } from './contact-reading.ts';
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
    await proveAgain(visit, policy, { accountId, password, address: visit.web.address });
  }

  return perform(visit, async (ctx) => {
    // Held, so that of two corrections at once the second meets what the first one saved.
    if (!(await holdOpen(ctx, { id: accountId }))) throw new AppError('signed-out', 'common.signedOut');
    const changed = changes.map(({ kind }) => kind);
    if (changes.length > 0) await correct(ctx, before, changes, accountId);
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

const correct = async (
  ctx: Ctx,
  member: MemberFile,
  changes: ContactChange[],
  accountId: string,
): Promise<void> => {
  await changeContacts(ctx, member, changes, 'member');
  const isChanged = (kind: ContactKind) => changes.some((change) => change.kind === kind);
  const former = member.contacts.filter(({ kind }) => isChanged(kind));
  for (const { kind } of changes) {
    const old = former.find((contact) => contact.kind === kind)?.value ?? null;
    const correction = { organisationId: member.organisationId, memberId: member.id, field: kind, old };
    await noteCorrection(ctx, correction);
  }

  const language = languageOf(member);
  const what = changes.map(({ kind }) => ctx.house.words.say(language, `space.contactKinds.${kind}`));
  const others = member.contacts.filter(({ kind }) => !isChanged(kind));
  await tellMember(
    ctx,
    { ...member, contacts: others },
    {
      template: 'notice-contact-changed',
      accountId,
      askedBy: 'member',
      params: { what: what.join(', ') },
      former: former.flatMap(({ kind, value }) =>
        kind === 'email' || kind === 'mobile' ? [{ kind, value }] : [],
      ),
    },
  );
};

/** Only what is typed and differs from what is on file. @throws AppError with each field that cannot be read. */
const changesIn = (member: MemberFile, typed: Typed['contacts']): ContactChange[] => {
  const fields: Record<string, string> = {};
  const changes = contactKinds.flatMap((kind): ContactChange[] => {
    const text = typed[kind];
    if (text === undefined) return [];
    const reading = readContact(kind, text);
    if (!reading.ok) {
      fields[`contacts.${kind}`] = reading.problem;
      return [];
    }
    const now = member.contacts.find((contact) => contact.kind === kind)?.value ?? null;
    return reading.value === now ? [] : [{ kind, value: reading.value, corrected: reading.corrected }];
  });
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
