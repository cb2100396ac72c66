import { blockOf } from '../accounts/address-block.ts';
import { holdOpen } from '../accounts/gate.ts';
import { openPortalSession, type OpenedSession } from '../accounts/portal-sessions.service.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { Secret } from '../core/secret.ts';
import { giveBackTo, spend, type Want } from '../credentials/budgets.service.ts';
import { useUp, type Recognised } from '../credentials/credentials.service.ts';
import { endCodesOf, recogniseCode } from '../credentials/one-time.service.ts';
import type { WebVisit } from '../http/routes.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import * as store from './recoveries.store.ts';
import type { RecoveryRow } from './recoveries.store.ts';
import { ended, recoveryIdOf, seenBy } from './recovery-choices.service.ts';
import { stepInWords, type Step } from './recovery-steps.ts';

type Tried =
  | { as: 'right'; step: Step; session: OpenedSession | null }
  | { as: 'ended' | 'wrong' | 'code-ended' | 'replaced' | 'used' };

/**
 * A typed code. It is counted before it is compared, on the recovery and on what may be guessed from one block of
 * addresses, in the whole organisation and installation; past any of them nothing is compared, and the answer is that of a wrong one. A former
 * code of this recovery is told as such and costs nothing. Of however many right ones at once, one goes through.
 *
 * @throws AppError `invalid-input` on the field for every code that does not go through, `conflict` when this
 * browser has no recovery that waits for one.
 */
export const typeRecoveryCode = async (
  visit: WebVisit,
  organisationId: string,
  typed: string,
): Promise<Step> => {
  const policy = policyOf(visit.house, organisationId);
  const id = recoveryIdOf(visit, policy);
  const tried = await perform(visit, (ctx) =>
    tryCode(ctx, policy, id, { typed: new Secret(typed), address: visit.web.address }),
  );
  if (tried.as === 'ended') throw ended(visit, policy);
  if (tried.as !== 'right') {
    const words = `recovery.code.${tried.as === 'code-ended' ? 'ended' : tried.as}`;
    throw new AppError('invalid-input', words, { fields: { code: words } });
  }
  if (tried.session) visit.web.setPortalCookie(policy.id, tried.session.token);
  return tried.step;
};

const tryCode = async (
  ctx: Ctx,
  policy: Policy,
  id: string,
  { typed, address }: { typed: Secret; address: string },
): Promise<Tried> => {
  const which = { id, organisationId: policy.id, now: ctx.now.toISOString() };
  const row = await store.countCode(ctx.db, which, policy.code.tries);
  if (!row) {
    const still = await store.findOpen(ctx.db, which);
    const isDead = still?.step === 'enter-code';
    note(ctx, policy, still, isDead ? 'no-try-left' : 'ended');
    return { as: isDead ? 'wrong' : 'ended' };
  }

  const wants = guessWants(policy, address);
  const within = await spend(ctx, policy.id, wants, row.member_id);
  const among = { recoveryId: row.id, accountId: within ? row.account_id : null, purpose: 'recovery' };
  const recognised = await recogniseCode(ctx, among, typed);
  if (recognised.as === 'live') {
    const right = await useCode(ctx, policy, row, recognised.credential.id);
    if (right) {
      await giveBackTo(ctx, wants);
      return right;
    }
  } else if (recognised.as !== 'unknown') {
    await store.giveTryBack(ctx.db, row.id);
    await giveBackTo(ctx, wants);
    const as = formerAs(recognised);
    note(ctx, policy, row, as);
    return { as };
  }

  if (row.code_tries >= policy.code.tries) {
    await endCodesOf(ctx, { recoveryId: row.id, accountId: row.account_id });
  }
  note(ctx, policy, row, within ? 'wrong' : 'not-compared');
  return { as: 'wrong' };
};

/** Uses it up, and goes on to what the organisation's file says; nothing when it or the account has ended. */
const useCode = async (
  ctx: Ctx,
  policy: Policy,
  row: RecoveryRow,
  credentialId: string,
): Promise<Tried | undefined> => {
  const account = await holdOpen(ctx, row.account_id ? { id: row.account_id } : undefined);
  const used = account && (await useUp(ctx, credentialId));
  if (!account || !used) return undefined;

  const seen = await seenBy(ctx, policy, row);
  const way = seen.offered.find(({ channel }) => channel === row.channel) ?? null;
  const opens = way?.brings === 'code';
  const now = ctx.now.toISOString();
  await store.changeRecovery(ctx.db, row.id, {
    proved: 1,
    step: opens ? 'choose-password' : 'sent',
    ...(!opens && way && { to_send: way.brings, to_send_at: now, lease_until: null }),
  });
  note(ctx, policy, row, 'right');
  const standing = { ...seen, way, codeDone: true, letterAsked: row.letter_asked === 1 };
  if (!opens) {
    return { as: 'right', step: stepInWords(ctx, policy, { ...standing, step: 'sent' }), session: null };
  }
  const session = await openPortalSession(ctx, policy, account, { openedBy: 'code', credentialId: null });
  record(ctx, {
    type: 'account.signed-in',
    organisationId: policy.id,
    memberId: account.member_id,
    data: { secret: 'code' },
  });
  return { as: 'right', step: stepInWords(ctx, policy, { ...standing, step: 'choose-password' }), session };
};

/** What a typed code is taken from before it is compared: past the first nobody else is any the worse. */
export const guessWants = (policy: Policy, address: string): Want[] => [
  { budget: 'wrong-codes-per-address-block', key: blockOf(address) },
  { budget: 'wrong-codes-per-organisation', key: policy.id },
  { budget: 'wrong-codes-everywhere', key: 'everywhere' },
];

const formerAs = (recognised: Exclude<Recognised, { as: 'unknown' }>): 'replaced' | 'used' | 'code-ended' => {
  if (recognised.as === 'used') return 'used';
  return recognised.credential.ended_as === 'superseded' ? 'replaced' : 'code-ended';
};

const note = (ctx: Ctx, policy: Policy, row: RecoveryRow | undefined, outcome: string): void =>
  record(ctx, {
    type: 'recovery.code-tried',
    organisationId: policy.id,
    memberId: row?.member_id ?? null,
    result: outcome === 'right' ? 'done' : 'failed',
    data: { tries: Number(row?.code_tries ?? 0), outcome },
  });
