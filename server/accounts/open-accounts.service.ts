import type { Ctx } from '../core/ctx.ts';
import type { Secret } from '../core/secret.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import * as accounts from './accounts.store.ts';
import { firstCodeDigest } from './gate.ts';
import { identifierIndex, identifiersOf } from './identifiers.ts';
import * as store from './open-accounts.store.ts';
import * as sessions from './portal-sessions.store.ts';

export type HolderToOpen = {
  memberId: string;
  /** True when the member is not in the database before this act. */
  isNew: boolean;
  nirBody: string | null;
  memberNumber: string;
  /** Another holder who is the same person: same NIR, same birth date. Both lead to one account. */
  samePersonAs: string | null;
  firstPasswordCode: Secret | null;
};

/**
 * Which of these holders could not sign in because every identifier of theirs is somebody else's already: in the
 * database, or that of a holder before them in the list.
 */
export const holdersWithoutIdentifier = async (
  ctx: Ctx,
  policy: Policy,
  holders: Omit<HolderToOpen, 'firstPasswordCode'>[],
): Promise<Set<string>> => {
  const wanted = new Map(holders.map((holder) => [holder.memberId, indexesOf(ctx, policy, holder)]));
  const indexes = [...wanted.values()].flatMap((some) => some.map(({ index }) => index));
  const owners = new Map<string, string>();
  for (const row of await accounts.listByIdentifiers(ctx.db, policy.id, unique(indexes))) {
    owners.set(row.identifier_index, row.account_id);
  }
  const known = await store.accountIdsOf(ctx.db, knownMembers(holders));

  const without = new Set<string>();
  for (const holder of holders) {
    const own =
      known.get(holder.memberId) ??
      known.get(holder.samePersonAs ?? '') ??
      holder.samePersonAs ??
      holder.memberId;
    const mine = wanted.get(holder.memberId) ?? [];
    const free = mine.filter(({ index }) => (owners.get(index) ?? own) === own);
    if (mine.length > 0 && free.length === 0) without.add(holder.memberId);
    else for (const { index } of free) owners.set(index, own);
  }
  return without;
};

/**
 * Opens an account for each holder who has none: the account, whom it leads to, the identifiers it is signed in
 * with. For those who have one: the identifiers as they are now, and a first-password code while no password
 * has been chosen. A code is kept as a keyed digest only.
 */
export const openAccounts = async (ctx: Ctx, policy: Policy, holders: HolderToOpen[]): Promise<void> => {
  const former = holders.filter(({ isNew }) => !isNew).map(({ memberId }) => memberId);
  const accountOf = await store.accountIdsOf(ctx.db, knownMembers(holders));
  const openedFor =
    former.length > 0 ? await store.accountsOpenedFor(ctx.db, former) : new Map<string, string>();
  const leadAlready = new Set(accountOf.keys());
  const kept: HolderToOpen[] = [];
  const rows: accounts.AccountRow[] = [];

  for (const holder of holders) {
    const { memberId, samePersonAs, firstPasswordCode } = holder;
    const found = accountOf.get(memberId) ?? openedFor.get(memberId) ?? accountOf.get(samePersonAs ?? '');
    if (found) kept.push(holder);
    else rows.push(newAccount(ctx, policy, memberId, firstPasswordCode));
    accountOf.set(memberId, found ?? (rows.at(-1)?.id as string));
  }
  await accounts.insertAccounts(ctx.db, rows);
  await accounts.insertHolders(
    ctx.db,
    holders
      .filter(({ memberId }) => !leadAlready.has(memberId))
      .map(({ memberId }) => ({ member_id: memberId, account_id: accountOf.get(memberId) as string })),
  );
  if (former.length > 0) await removeFormerIdentifiers(ctx, policy, holders, accountOf);
  await accounts.insertIdentifiers(
    ctx.db,
    holders.flatMap((holder) =>
      indexesOf(ctx, policy, holder).map(({ kind, index }) => ({
        organisation_id: policy.id,
        identifier_index: index,
        kind,
        account_id: accountOf.get(holder.memberId) as string,
      })),
    ),
  );
  await keepFirstCodes(ctx, kept, accountOf);
};

/** Holders who are dependants now: nothing leads to their account any more. The account itself stays. */
export const shutAccounts = async (ctx: Ctx, policy: Policy, memberIds: string[]): Promise<void> => {
  const accountIds = unique([...(await store.accountIdsOf(ctx.db, memberIds)).values()]);
  if (accountIds.length === 0) return;
  await store.deleteHolders(ctx.db, memberIds);
  const left = await store.countHolders(ctx.db, accountIds);
  const shut = accountIds.filter((id) => left.get(id) === 0);
  const identifiers = await store.listIdentifiers(ctx.db, shut);
  await store.deleteIdentifiers(
    ctx.db,
    policy.id,
    identifiers.map((one) => one.identifier_index),
  );
  for (const id of shut) await sessions.deletePortalSessionsOf(ctx.db, id);
};

/** A NIR that has changed no longer opens; where two rows share an account, neither's identifiers go. */
const removeFormerIdentifiers = async (
  ctx: Ctx,
  policy: Policy,
  holders: HolderToOpen[],
  accountOf: ReadonlyMap<string, string>,
): Promise<void> => {
  const known = holders.filter(({ isNew }) => !isNew);
  const accountIds = unique(known.map(({ memberId }) => accountOf.get(memberId) as string));
  const shared = await store.countHolders(ctx.db, accountIds);
  const wanted = new Set(
    holders.flatMap((holder) => indexesOf(ctx, policy, holder)).map(({ index }) => index),
  );
  const gone = (await store.listIdentifiers(ctx.db, accountIds))
    .filter((row) => shared.get(row.account_id) === 1 && !wanted.has(row.identifier_index))
    .map((row) => row.identifier_index);
  if (gone.length > 0) await store.deleteIdentifiers(ctx.db, policy.id, gone);
};

const keepFirstCodes = async (
  ctx: Ctx,
  holders: HolderToOpen[],
  accountOf: ReadonlyMap<string, string>,
): Promise<void> => {
  for (const { memberId, firstPasswordCode } of holders) {
    const id = accountOf.get(memberId);
    if (!id || !firstPasswordCode) continue;
    await accounts.setFirstCode(ctx.db, id, firstCodeDigest(ctx.house.keys, id, firstPasswordCode));
  }
};

const newAccount = (ctx: Ctx, policy: Policy, memberId: string, code: Secret | null): accounts.AccountRow => {
  const account = blankAccount(ctx, policy.id, memberId);
  return { ...account, first_code_digest: code && firstCodeDigest(ctx.house.keys, account.id, code) };
};

/** An account that nothing opens yet. */
export const blankAccount = (ctx: Ctx, organisationId: string, memberId: string): accounts.AccountRow => {
  return {
    id: ctx.newId(),
    organisation_id: organisationId,
    member_id: memberId,
    password_hash: null,
    password_set_at: null,
    first_code_digest: null,
    temporary_salt: Buffer.from(ctx.house.random.bytes(16)).toString('base64url'),
    frozen_at: null,
    frozen_why: null,
    suspected_at: null,
    suspected_until: null,
    first_signed_in_at: null,
    last_signed_in_at: null,
    created_at: ctx.now.toISOString(),
    version: 1,
    terms_version: null,
    terms_accepted_at: null,
    contacts_confirmed_at: null,
  };
};

/** Which account each of these members leads to. */
export const { accountIdsOf } = store;

type Identified = Pick<HolderToOpen, 'nirBody' | 'memberNumber'>;

const indexesOf = (ctx: Ctx, policy: Policy, { nirBody, memberNumber }: Identified) =>
  identifiersOf(policy.signIn.identifiers, { nirBody, memberNumber }).map(({ kind, canonical }) => ({
    kind,
    index: identifierIndex(ctx.house.keys, policy.id, canonical),
  }));

const knownMembers = (holders: Pick<HolderToOpen, 'memberId' | 'isNew' | 'samePersonAs'>[]): string[] =>
  unique([
    ...holders.filter(({ isNew }) => !isNew).map(({ memberId }) => memberId),
    ...holders.flatMap(({ samePersonAs }) => samePersonAs ?? []),
  ]);

const unique = (texts: string[]): string[] => [...new Set(texts)];
