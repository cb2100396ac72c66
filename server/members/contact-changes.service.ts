import { addDays, parisDay } from '../core/calendar.ts';
import type { Ctx } from '../core/ctx.ts';
import { seal, unseal } from '../core/crypto.ts';
import { AppError } from '../core/errors.ts';
import type { ContactKind } from '../core/vocabulary.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import * as store from './contact-changes.store.ts';
import type { ChangeRow } from './contact-changes.store.ts';
import { contactDigest, waitingContactsOf } from './contact-trust.service.ts';
import type { MemberFile } from './members.store.ts';

/** All four kinds corrected twice: nobody needs more, and each change tells the former contact. */
const mostADay = 8;

export type ContactChange = { kind: ContactKind; value: string | null; corrected: boolean };

/**
 * Puts other contacts on file and begins their waiting time. The caller holds the account.
 *
 * @throws AppError `conflict` when one was changed meanwhile, `too-many` after too many changes in a day.
 */
export const changeContacts = async (
  ctx: Ctx,
  member: MemberFile,
  changes: ContactChange[],
  { by, callId }: { by: string; callId: string | null },
): Promise<void> => {
  const say = (key: string): string => `${by === 'member' ? 'space' : 'members'}.${key}`;
  const dayAgo = new Date(ctx.now.getTime() - 86_400_000).toISOString();
  // Counted apart: an intruder's changes in the space must not keep the desk from putting things right.
  const before = (await store.listChanges(ctx.db, member.id, dayAgo)).filter(
    ({ changed_by }) => (changed_by === 'member') === (by === 'member'),
  );
  if (before.length + changes.length > mostADay) throw new AppError('too-many', say('contactsBusy'));

  const waiting = await waitingContactsOf(ctx, member);
  for (const { kind, value, corrected } of changes) {
    const old = member.contacts.find((one) => one.kind === kind)?.value ?? null;
    const isSaved = await store.replaceContact(ctx.db, old, {
      member_id: member.id,
      organisation_id: member.organisationId,
      kind,
      value,
      since: parisDay(ctx.now),
      corrected: corrected ? 1 : 0,
    });
    if (!isSaved) throw new AppError('conflict', say('contactsChangedMeanwhile'));
    // One that came a short while ago confirms nothing: an intruder would change twice and confirm it himself.
    const confirming = waiting.has(kind) ? null : old;
    await store.insertChange(ctx.db, changeRow(ctx, member, { kind, confirming, value, by, callId }));
  }
};

/** A change that the former contact may still confirm, with that contact. */
export type Confirmable = { id: string; kind: 'email' | 'mobile'; old: string };

/**
 * The latest change of each of the member's e-mail and mobile, while it waits: where something was on file before
 * it, and it is still what is on file.
 */
export const confirmableChangesOf = async (ctx: Ctx, member: MemberFile): Promise<Confirmable[]> => {
  const { waitingDays } = policyOf(ctx.house, member.organisationId).contacts;
  const rows = await store.listChanges(ctx.db, member.id, addDays(parisDay(ctx.now), -waitingDays));
  return (['email', 'mobile'] as const).flatMap((kind) => {
    const latest = rows.find((row) => row.kind === kind);
    const now = member.contacts.find((contact) => contact.kind === kind);
    if (!latest?.old_sealed || !now || latest.confirmed_at) return [];
    if (latest.new_digest !== contactDigest(ctx.house.keys, member.id, kind, now.value)) return [];
    return [{ id: latest.id, kind, old: open(ctx, latest.id, latest.old_sealed) }];
  });
};

/**
 * Whether whoever reads this may be trusted to say that it was somebody else: not what came a short while ago, which
 * an intruder may have put there, on file or changed again since; but what was on file before it for long enough.
 */
export const mayRepudiate = async (
  ctx: Ctx,
  member: MemberFile,
  kind: ContactKind,
  value: string,
): Promise<boolean> => {
  const { waitingDays } = policyOf(ctx.house, member.organisationId).contacts;
  // A day more than the waiting time, as where contacts are weighed.
  const rows = await store.listChanges(ctx.db, member.id, addDays(parisDay(ctx.now), -waitingDays - 1));
  const changes = rows.filter((row) => row.kind === kind);
  if (changes.some(({ id, old_sealed: old }) => old !== null && open(ctx, id, old) === value)) return true;
  if (member.contacts.some((contact) => contact.kind === kind && contact.value === value)) {
    return !(await waitingContactsOf(ctx, member)).has(kind);
  }
  const came = contactDigest(ctx.house.keys, member.id, kind, value);
  return !changes.some((change) => change.new_digest === came);
};

/** Counts one code typed, before it is compared with anything; false when no try is left. */
export const countCodeTry = (ctx: Ctx, id: string, most: number): Promise<boolean> =>
  store.countCodeTry(ctx.db, id, most);

/** A new code is on its way: its tries begin anew. */
export const forgetCodeTries = (ctx: Ctx, id: string): Promise<void> => store.forgetCodeTries(ctx.db, id);

/** False when it was confirmed before: of two right codes at once one counts. */
export const confirmContactChange = (ctx: Ctx, id: string): Promise<boolean> =>
  store.confirmChange(ctx.db, id, ctx.now.toISOString());

const changeRow = (
  ctx: Ctx,
  member: MemberFile,
  change: {
    kind: ContactKind;
    confirming: string | null;
    value: string | null;
    by: string;
    callId: string | null;
  },
): ChangeRow => {
  const id = ctx.newId();
  const { keys } = ctx.house;
  const { kind, confirming, value } = change;
  return {
    id,
    organisation_id: member.organisationId,
    member_id: member.id,
    kind,
    old_sealed: confirming === null ? null : seal(keys, 'message', placeOf(id), confirming),
    new_digest: value === null ? null : contactDigest(keys, member.id, kind, value),
    changed_by: change.by,
    changed_at: ctx.now.toISOString(),
    confirmed_at: null,
    code_tries: 0,
    call_id: change.callId,
  };
};

const open = (ctx: Ctx, id: string, sealed: string): string =>
  unseal(ctx.house.keys, 'message', placeOf(id), sealed);

const placeOf = (id: string): string => `contact_changes.old_sealed:${id}`;
