import { record } from '../audit/record.ts';
import type { Ctx, Db, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { hashPassword } from '../core/hashing.ts';
import { perform } from '../core/perform.ts';
import { Secret } from '../core/secret.ts';
import type { Headline } from '../core/vocabulary.ts';
import { endAllOfAccount, listLive, useUp } from '../credentials/credentials.service.ts';
import { readTemporaryPassword } from '../credentials/temporary-password.ts';
import { endLettersOfAccount, lettersUnderWay } from '../letters/letters.service.ts';
import type { LetterRow } from '../letters/letters.store.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { closuresOfAccounts } from './account-closures.service.ts';
import * as store from './accounts.store.ts';
import type { AccountRow } from './accounts.store.ts';
import * as counters from './counters.store.ts';
import { chosenCounter, firstCodeDigest } from './gate.ts';
import { checkChosenPassword, normalisePassword, type PersonalData } from './password-rule.ts';
import { openPortalSession, type OpenedSession } from './portal-sessions.service.ts';
import { headlineOf, type Standing } from './standing.ts';

type Holder = { id: string; organisationId: string };

/** Reads, for each member, everything that decides whether they may get in. */
export const standingsOf = async (
  ctx: { db: Db; now: Date; house: Ctx['house'] },
  members: Holder[],
): Promise<Map<string, Standing & { account: AccountRow | null }>> => {
  const ids = members.map(({ id }) => id);
  const accounts = new Map((await store.listOfMembers(ctx.db, ids)).map((row) => [row.holder_id, row]));
  const accountIds = [...new Set([...accounts.values()].map(({ id }) => id))];
  const closures = await closuresOfAccounts(ctx, accountIds);
  const tries = await counters.readCounters(ctx.db, accountIds.map(chosenCounter));
  const live = new Map((await listLive(ctx, accountIds)).map((row) => [row.account_id, row]));
  const letters = firstByAccount(await lettersUnderWay(ctx, accountIds));

  return new Map(
    members.map(({ id, organisationId }) => {
      const account = accounts.get(id) ?? null;
      const closure = closures.get(account?.id ?? '');
      const counter = account && tries.get(chosenCounter(account.id));
      const letter = account ? letters.get(account.id) : undefined;
      const credential = account ? live.get(account.id) : undefined;
      const standing: Standing = {
        hasAccount: account !== null,
        disabled: closure?.reason ?? null,
        disabledSince: closure?.since ?? null,
        frozenAt: account?.frozen_at ?? null,
        failures: counter?.attempts ?? 0,
        maxFailures: policyOf(ctx.house, organisationId).lock.maxFailures,
        lockedAt: counter ? (counter.lockedAt ?? counter.lastAt) : null,
        waiting: waitingFor(letter, credential?.valid_until, credential?.activated_at ?? null, ctx.now),
        firstSignedInAt: account?.first_signed_in_at ?? null,
        lastSignedInAt: account?.last_signed_in_at ?? null,
        hasPassword: Boolean(account?.password_hash),
      };
      return [id, { ...standing, account }];
    }),
  );
};

/** Headlines for result lists: what the members room asks of this one. */
export const headlinesOf = async (
  ctx: { db: Db; now: Date; house: Ctx['house'] },
  members: Holder[],
): Promise<Map<string, Headline>> => {
  const standings = await standingsOf(ctx, members);
  return new Map([...standings].map(([id, standing]) => [id, headlineOf(standing)]));
};

export type ChangeAnswer = { session: OpenedSession | null };

/**
 * Chooses a new password in a session that a temporary secret opened. The change consumes that secret, zeroes
 * the counters, ends every other session and temporary password and calls back letters not yet released.
 *
 * @throws AppError `invalid-input` with each reason when the rule refuses it, `conflict` when the secret that
 * opened the session has ended meanwhile.
 */
export const changePassword = async (
  visit: Visit,
  policy: Policy,
  typed: Secret,
  personal: (ctx: Ctx, memberId: string) => Promise<PersonalData>,
): Promise<ChangeAnswer> => {
  const { actor, house } = visit;
  if (actor.kind !== 'member') throw new AppError('signed-out', 'common.signedOut');
  if (!actor.mayOnlyChangePassword)
    throw new AppError('policy-refused', 'portal.askFirst', { rule: 'password.no-proof' });

  const about = await personal({ ...visit, db: house.pool } as Ctx, actor.memberId);
  assertAllowed(policy, typed, about);
  const password = new Secret(normalisePassword(typed.expose()));
  const hash = await house.hashing.enter(() => hashPassword(house.keys, password));
  return perform(visit, (ctx) => keepPassword(ctx, policy, actor, { hash, password }));
};

const keepPassword = async (
  ctx: Ctx,
  policy: Policy,
  actor: { accountId: string; memberId: string; sessionId: string },
  chosen: { hash: string; password: Secret },
): Promise<ChangeAnswer> => {
  const now = ctx.now.toISOString();
  const session = await store.findPortalSession(ctx.db, policy.id, actor.sessionId, now);
  const account = await store.holdAccount(ctx.db, actor.accountId);
  const closures = await closuresOfAccounts(ctx, [actor.accountId]);
  if (!session || !account || closures.has(account.id)) throw new AppError('signed-out', 'common.signedOut');

  const used = session.credential_id ? await useUp(ctx, session.credential_id) : undefined;
  if (session.credential_id && !used) throw new AppError('conflict', 'portal.secretEnded');
  const firstCode = session.credential_id ? undefined : (account.first_code_digest ?? '');
  if (firstCode !== undefined && firstCodeDigest(ctx.house.keys, account.id, chosen.password) === firstCode) {
    throw new AppError('invalid-input', 'portal.sameAsFirstCode', {
      fields: { newPassword: 'portal.sameAsFirstCode' },
    });
  }
  const saved = await store.setPassword(ctx.db, account.id, { hash: chosen.hash, at: now }, firstCode);
  if (!saved) throw new AppError('conflict', 'portal.secretEnded');

  await counters.resetAllOfAccount(ctx.db, account.id);
  const ended = await endAllOfAccount(ctx, account.id);
  const { cancelled } = await endLettersOfAccount(ctx, account.id, used?.letterId ?? null);
  await store.deletePortalSessionsOf(ctx.db, account.id);
  record(ctx, {
    type: 'account.password-changed',
    organisationId: policy.id,
    memberId: account.member_id,
    data: {
      after: session.credential_id ? 'temporary' : 'first-code',
      credentialsEnded: ended.length,
      lettersCancelled: cancelled,
    },
  });
  if (policy.afterChange.signInAgain) return { session: null };
  return {
    session: await openPortalSession(ctx, policy, account, { changeOnly: false, credentialId: null }),
  };
};

/** Ends the member's own session. */
export const endPortalSession = (visit: Visit, organisationId: string): Promise<void> =>
  perform(visit, async (ctx) => {
    const { actor } = visit;
    if (actor.kind !== 'member') return;
    await store.deletePortalSession(ctx.db, actor.sessionId);
    record(ctx, { type: 'account.signed-out', organisationId, memberId: actor.memberId, data: {} });
  });

/** Salts for the print room, which knows letters and no accounts. */
export const saltsOfAccounts = store.listSalts;

/** Leases, sweeps and the like, without an audit row (DOMAIN, "Audit and transactions"). */
export const sweepAccounts = async (db: Db, now: Date): Promise<void> => {
  await counters.sweepCounters(db, now.toISOString());
  await store.sweepPortalSessions(db, now.toISOString());
};

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

const firstByAccount = (rows: LetterRow[]): Map<string, LetterRow> => {
  const found = new Map<string, LetterRow>();
  for (const row of rows) if (!found.has(row.account_id)) found.set(row.account_id, row);
  return found;
};

const waitingFor = (
  letter: LetterRow | undefined,
  liveUntil: string | undefined,
  liveSince: string | null,
  now: Date,
): Standing['waiting'] => {
  if (letter && letter.valid_until >= now.toISOString()) {
    const stage =
      letter.state === 'deposited'
        ? 'letter-posted'
        : letter.state === 'printed'
          ? 'letter-printed'
          : 'letter-to-print';
    return { for: stage, since: letter.state_at, until: letter.valid_until };
  }
  return liveUntil && liveSince ? { for: 'temporary-password', since: liveSince, until: liveUntil } : null;
};
