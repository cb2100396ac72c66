import { addDays, parisDay } from '../core/calendar.ts';
import type { Ctx } from '../core/ctx.ts';
import { digest, type Keys } from '../core/crypto.ts';
import type { ContactKind } from '../core/vocabulary.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { listChanges } from './contact-changes.store.ts';
import { isWaiting } from './contact-trust.ts';
import type { Contact, MemberFile } from './members.store.ts';

/**
 * The kinds of a member's contacts that changed too short a while ago to be sent a way back in: 30 days, or 72
 * hours when the change was confirmed through the old contact. One query; none when nothing is recent.
 */
export const waitingContactsOf = async (
  ctx: Pick<Ctx, 'db' | 'now' | 'house'>,
  member: Pick<MemberFile, 'id' | 'organisationId' | 'contacts'>,
): Promise<Set<ContactKind>> => {
  const rule = policyOf(ctx.house, member.organisationId).contacts;
  const recent = member.contacts.filter((contact) => isWaiting(rule, contact, null, ctx.now));
  if (recent.length === 0) return new Set();

  // A day more than the waiting time: `since` is a day of Paris, `changed_at` a moment.
  const earliest = addDays(parisDay(ctx.now), -rule.waitingDays - 1);
  const changes = await listChanges(ctx.db, member.id, earliest);
  const confirmedAt = ({ kind, value }: Contact): string | null => {
    const latest = changes.find((change) => change.kind === kind);
    const isThisOne = latest?.new_digest === contactDigest(ctx.house.keys, member.id, kind, value);
    return latest && isThisOne && latest.confirmed_at ? latest.changed_at : null;
  };
  const waiting = recent.filter((contact) => isWaiting(rule, contact, confirmedAt(contact), ctx.now));
  return new Set(waiting.map(({ kind }) => kind));
};

/** The contact of this kind if there is one and it may be sent a way back in now; see `waitingContactsOf`. */
export const trustedContactOf = async (
  ctx: Pick<Ctx, 'db' | 'now' | 'house'>,
  member: Pick<MemberFile, 'id' | 'organisationId' | 'contacts'>,
  kind: ContactKind,
): Promise<Contact | undefined> => {
  const contact = member.contacts.find((one) => one.kind === kind);
  if (!contact) return undefined;
  return (await waitingContactsOf(ctx, member)).has(kind) ? undefined : contact;
};

/** How a contact's value is remembered beside its change, so that a confirmation holds for that value alone. */
export const contactDigest = (keys: Keys, memberId: string, kind: ContactKind, value: string): string =>
  digest(keys, 'contact-index', memberId, kind, value);
