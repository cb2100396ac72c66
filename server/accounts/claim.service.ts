import type { Ctx } from '../core/ctx.ts';
import { closuresOf } from '../members/closure.service.ts';
import { lookForMemberFile, type MemberFile } from '../members/members.service.ts';
import type { AccountForMessage } from '../messages/gateways.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import * as accounts from './accounts.store.ts';
import type { AccountRow } from './accounts.store.ts';
import * as counters from './counters.store.ts';
import { chosenCounter, holdOpen } from './gate.ts';
import { canonicalIdentifier, identifierIndex } from './identifiers.ts';

/** Whose a typed identifier is: budgets count by `owner`, which an identifier that nobody has owns too. */
export type Claim = { owner: string; account: AccountRow | undefined };

/** One statement, whether anybody has the identifier or not. */
export const claimOf = async (ctx: Ctx, policy: Policy, identifier: string): Promise<Claim> => {
  const canonical = canonicalIdentifier(policy.signIn.identifiers, identifier);
  const index = identifierIndex(ctx.house.keys, policy.id, canonical);
  const account = await accounts.findByIdentifier(ctx.db, policy.id, index);
  return { owner: account ? `account:${account.id}` : `unknown:${index}`, account };
};

/** Everything about an account that a proof given from outside is weighed with. */
export type Claimant = {
  /** The holder whose file counts: of one person's several rows, one that is not closed. */
  member: MemberFile | undefined;
  /** Neither frozen nor closed. */
  isOpen: boolean;
  isLocked: boolean;
  hasConnected: boolean;
};

/** Five statements, whoever it is and nobody included: what is not there is asked for all the same. */
export const claimantOf = async (
  ctx: Ctx,
  policy: Policy,
  account: AccountRow | undefined,
): Promise<Claimant> => {
  const accountId = account?.id ?? '';
  const memberId = await openHolderOf(ctx, accountId, account?.member_id ?? '');
  const scoped = { db: ctx.db, scope: { organisationIds: [policy.id] } };
  const member = await lookForMemberFile(scoped, memberId ?? '');
  const counter = chosenCounter(accountId);
  const tries = await counters.readCounters(ctx.db, [counter]);
  return {
    member,
    isOpen: account !== undefined && account.frozen_at === null && member !== undefined,
    isLocked: (tries.get(counter)?.attempts ?? 0) >= policy.lock.maxFailures,
    hasConnected: Boolean(account?.password_hash ?? account?.first_signed_in_at),
  };
};

/** Of the rows that lead to an account one that nothing closes, `preferred` if it is one of them. */
export const openHolderOf = async (
  ctx: Ctx,
  accountId: string,
  preferred: string,
): Promise<string | undefined> => {
  const holders = (await accounts.listHolders(ctx.db, [accountId])).map(({ memberId }) => memberId);
  const closures = await closuresOf(ctx, holders.length > 0 ? holders : ['']);
  const open = holders.filter((id) => !closures.has(id)).sort();
  return open.includes(preferred) ? preferred : open[0];
};

/** What the messages room asks of this one: the account held, with what its temporary passwords share. */
export const accountForMessage = async (
  ctx: Ctx,
  accountId: string,
): Promise<AccountForMessage | undefined> => {
  return forMessage(ctx, await holdOpen(ctx, { id: accountId }));
};

/** Frozen and closed ones too: whoever calls about them is verified like anybody else. */
export const accountForCallerCode = async (
  ctx: Ctx,
  accountId: string,
): Promise<AccountForMessage | undefined> =>
  forMessage(ctx, await accounts.holdAnyAccount(ctx.db, accountId));

const forMessage = ({ now }: Ctx, account: AccountRow | undefined): AccountForMessage | undefined => {
  if (!account) return undefined;
  const { id, organisation_id: organisationId, member_id: memberId, temporary_salt: salt } = account;
  const isSuspected = (account.suspected_until ?? '') > now.toISOString();
  return { id, organisationId, memberId, salt, isSuspected };
};
