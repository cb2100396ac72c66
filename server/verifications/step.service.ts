import { callForAct, type StoredCall } from '../calls/calls.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ContactKind } from '../core/vocabulary.ts';
import { contactDigest } from '../members/contact-trust.service.ts';
import { findMemberFile, type MemberFile } from '../members/members.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { callerStandingOf, type CallerStanding } from './caller.service.ts';
import { isEntitled } from './entitlement.ts';
import * as store from './verifications.store.ts';
import type { ProofRow } from './verifications.store.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Whose account a member's file leads to; the accounts room hands it over. */
    accountIdOf: (db: Db, memberId: string) => Promise<string | null>;
  }
}

/** One step of a verification under way: its row is held until the transaction ends. */
export type Step = {
  policy: Policy;
  member: MemberFile;
  accountId: string;
  call: StoredCall;
  proof: ProofRow;
  standing: CallerStanding;
};

/**
 * Takes up the verification of whoever speaks in the agent's call.
 *
 * @throws AppError `not-found`; `policy-refused` while the caller is unsaid, for one who may hear nothing, for the
 * agent's own account or a relative's, and where there is no account.
 */
export const takeStep = async (ctx: Ctx, memberId: string): Promise<Step> => {
  const member = await findMemberFile(ctx, memberId);
  const { organisationId } = member;
  const policy = policyOf(ctx.house, organisationId);
  const accountId = await ctx.house.accountIdOf(ctx.db, memberId);
  if (!accountId) throw refused('no-account');

  const call = await callForAct(ctx, { organisationId, memberId });
  const before = await callerStandingOf(ctx, policy, member, accountId);
  if (before.kin) throw refused('own-account');
  if (call.caller === 'unsaid') throw refused('caller-unsaid');
  if (!isEntitled(before)) throw refused('caller-not-entitled');

  const openedAt = ctx.now.toISOString();
  const proof = await store.openProof(ctx.db, {
    id: ctx.newId(),
    organisationId,
    callId: call.id,
    memberId,
    accountId,
    caller: call.caller,
    openedAt,
  });
  // Read again, now that nobody else can answer in between.
  const standing = await callerStandingOf(ctx, policy, member, accountId);
  return { policy, member, accountId, call, proof, standing };
};

/** Where what is done in a step belongs, for the audit. */
export const aboutStep = ({ policy, member, call }: Step) => ({
  organisationId: policy.id,
  memberId: member.id,
  callId: call.id,
});

/** Whoever speaks holds this contact, as it is on file now. */
export const holdContact = async (
  ctx: Ctx,
  { member }: Step,
  proof: ProofRow,
  kind: ContactKind,
): Promise<void> => {
  const contact = member.contacts.find((one) => one.kind === kind);
  if (!contact) return;
  await store.confirmContact(
    ctx.db,
    proof,
    kind,
    contactDigest(ctx.house.keys, member.id, kind, contact.value),
  );
};

export const refused = (rule: string): AppError =>
  new AppError('policy-refused', `verifications.refused.${rule}`, { rule });
