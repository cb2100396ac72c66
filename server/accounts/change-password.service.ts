import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { Secret } from '../core/secret.ts';
import { recoveryPaths } from '../core/vocabulary.ts';
import { forgetUses, secondsUntilLeft, spend, type Want } from '../credentials/budgets.service.ts';
import { endAllOfAccount, useUp } from '../credentials/credentials.service.ts';
import { readTemporaryPassword } from '../credentials/temporary-password.ts';
import { endLettersOfAccount } from '../letters/letters.service.ts';
import { findMemberFile, personalDataOf } from '../members/members.service.ts';
import { endMessagesOfAccount } from '../messages/messages.service.ts';
import { tellMember } from '../messages/notices.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { closuresOfAccounts } from './account-closures.service.ts';
import * as store from './accounts.store.ts';
import * as counters from './counters.store.ts';
import { firstCodeDigest } from './gate.ts';
import { nextStepOf, type NextStep } from './next-step.ts';
import { checkChosenPassword, normalisePassword, type PersonalData } from './password-rule.ts';
import { openPortalSession, type OpenedSession } from './portal-sessions.service.ts';
import { proveAgain } from './prove-again.service.ts';
import * as sessions from './portal-sessions.store.ts';

export type NewPassword = {
  password: Secret;
  /** Asked in a session that a password opened. */
  currentPassword: Secret | null;
  address: string;
  portalClientId: string | null;
};
/** `session` is null where the organisation makes its members sign in again. */
export type ChangeAnswer = { session: OpenedSession | null; next: NextStep | null };
type Owner = { accountId: string; memberId: string; sessionId: string };
/** `seen`: the hash that must still be the account's; undefined where the session's own secret decides. */
type Chosen = { hash: string; password: Secret; seen: string | null | undefined };

/**
 * Chooses a new password. A session that a temporary secret opened needs nothing more, and the change consumes that
 * secret; any other needs the current password. The change zeroes the counters, ends every other session, secret and
 * message with one, and calls back letters not yet released.
 *
 * @throws AppError `invalid-input` with each reason when the rule refuses it, or on `currentPassword`; `conflict`
 * when what opened the session has ended meanwhile; `too-many` past the changes that a member's own space allows.
 */
export const changePassword = async (
  visit: Visit,
  policy: Policy,
  typed: NewPassword,
): Promise<ChangeAnswer> => {
  const { actor, house } = visit;
  if (actor.kind !== 'member') throw new AppError('signed-out', 'common.signedOut');

  assertAllowed(policy, typed.password, await personalDataOf({ ...visit, db: house.pool }, actor.memberId));
  const seen = actor.mayOnlyChangePassword ? undefined : await proofOf(visit, policy, actor, typed);
  const password = new Secret(normalisePassword(typed.password.expose()));
  const hash = await house.hashing.enter(() => house.hashing.hash(password));
  const answer = await perform(visit, (ctx) => keepPassword(ctx, policy, actor, { hash, password, seen }));
  // The alert must stand: the refusal is thrown only now.
  if (answer instanceof AppError) throw answer;
  return answer;
};

/** Who came through an identity provider and has no password yet has none to prove. */
const proofOf = async (
  visit: Visit,
  policy: Policy,
  { accountId, sessionId }: Owner,
  { currentPassword, address, portalClientId }: NewPassword,
): Promise<string | null> => {
  const now = visit.house.clock().toISOString();
  const session = await sessions.findPortalSession(visit.house.pool, policy.id, sessionId, now);
  if (session?.opened_by === 'france-connect' && session.password_hash === null) return null;
  return proveAgain(visit, policy, { accountId, password: currentPassword, address, portalClientId });
};

const keepPassword = async (
  ctx: Ctx,
  policy: Policy,
  actor: Owner,
  chosen: Chosen,
): Promise<ChangeAnswer | AppError> => {
  const now = ctx.now.toISOString();
  const session = await sessions.findPortalSession(ctx.db, policy.id, actor.sessionId, now);
  const account = await store.holdAccount(ctx.db, actor.accountId);
  const closures = await closuresOfAccounts(ctx, [actor.accountId]);
  if (!session || !account || closures.has(account.id)) throw new AppError('signed-out', 'common.signedOut');

  const isOwnSpace = chosen.seen !== undefined;
  const changes: Want[] = [{ budget: 'password-changes-per-account', key: `account:${account.id}` }];
  if (isOwnSpace && !(await spend(ctx, policy.id, changes, account.member_id))) {
    record(ctx, {
      type: 'account.password-changed',
      organisationId: policy.id,
      memberId: account.member_id,
      result: 'refused',
      data: { after: session.opened_by ?? 'password', credentialsEnded: 0, lettersCancelled: 0 },
    });
    const retryAfterSeconds = await secondsUntilLeft(ctx, changes);
    return new AppError('too-many', 'space.passwordBusy', { retryAfterSeconds });
  }

  const used = session.credential_id ? await useUp(ctx, session.credential_id) : undefined;
  if (session.credential_id && !used) throw new AppError('conflict', 'portal.secretEnded');
  // A code was consumed by its use; its session is then what one change alone may consume.
  if ((await sessions.deletePortalSession(ctx.db, session.id)) === 0)
    throw new AppError('conflict', 'portal.secretEnded');
  const openedBy = session.opened_by ?? (session.credential_id ? 'temporary' : 'first-code');
  const firstCode = openedBy === 'first-code' ? (account.first_code_digest ?? '') : undefined;
  if (firstCode !== undefined && firstCodeDigest(ctx.house.keys, account.id, chosen.password) === firstCode) {
    throw new AppError('invalid-input', 'portal.sameAsFirstCode', {
      fields: { newPassword: 'portal.sameAsFirstCode' },
    });
  }
  const onlyWhile = { firstCode, passwordHash: chosen.seen };
  const saved = await store.setPassword(ctx.db, account.id, { hash: chosen.hash, at: now }, onlyWhile);
  if (!saved) throw new AppError('conflict', 'portal.secretEnded');

  await counters.resetAllOfAccount(ctx.db, account.id);
  if (!isOwnSpace) await forgetUses(ctx, waysBackOf(account.id));
  const ended = await endAllOfAccount(ctx, account.id);
  await endMessagesOfAccount(ctx, account.id);
  const { cancelled } = await endLettersOfAccount(ctx, account.id, used?.letterId ?? null);
  await sessions.deletePortalSessionsOf(ctx.db, account.id);
  record(ctx, {
    type: 'account.password-changed',
    organisationId: policy.id,
    memberId: account.member_id,
    data: {
      after: openedBy,
      credentialsEnded: ended.length,
      lettersCancelled: cancelled,
    },
  });
  await tellMember(ctx, await findMemberFile(ctx, actor.memberId), {
    template: 'notice-password-changed',
    accountId: account.id,
    askedBy: 'member',
    except: used?.channel === 'letter' ? null : (used?.channel ?? null),
  });
  if (policy.afterChange.signInAgain) return { session: null, next: null };
  const opened = { openedBy: 'password', credentialId: null } as const;
  const anew = await openPortalSession(ctx, policy, account, opened);
  return {
    session: anew,
    next: nextStepOf({ ...account, contacts_confirmed_at: null }, policy.afterChange, false),
  };
};

// The way back that ends here was the member's own, whoever else had asked in their name.
const waysBackOf = (accountId: string): Want[] =>
  recoveryPaths.flatMap((path) => {
    const key = `account:${accountId}:${path}`;
    return (['recoveries-per-member', 'proofs-per-member'] as const).map((budget) => ({ budget, key }));
  });

const assertAllowed = (policy: Policy, typed: Secret, personal: PersonalData): void => {
  const failures = checkChosenPassword(
    policy.chosenPassword,
    typed.expose(),
    personal,
    (text) => readTemporaryPassword(text).shape,
  );
  const [first] = failures;
  if (!first) return;
  const rule = policy.chosenPassword;
  throw new AppError('invalid-input', 'portal.passwordRefused', {
    fields: { newPassword: `portal.password.${first}` },
    params: rule.kind === 'digits' ? { digits: rule.digits } : composedParams(rule),
    reasons: failures.map((failure) => `portal.password.${failure}`),
  });
};

const composedParams = (rule: Extract<Policy['chosenPassword'], { kind: 'composed' }>) => ({
  least: rule.minLength,
  most: rule.maxLength,
  forbidden: rule.forbiddenCharacters.join(' '),
});
