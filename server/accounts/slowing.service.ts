import { raiseAlert } from '../audit/alerts.service.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { giveBackTo, secondsUntilLeft, spend, type Want } from '../credentials/budgets.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { blockOf } from './address-block.ts';

const budgetOf = (address: string): Want[] => [
  { budget: 'failed-sign-ins-per-address-block', key: blockOf(address) },
];

/**
 * Takes a sign-in from its address block's budget of failed ones, before anything else is counted: a block that
 * guesses is slowed before it reaches, and locks, many members (YARDSTICK A10). Answers the refusal to throw once
 * the act has ended, or nothing.
 */
export const slowDown = async (
  ctx: Ctx,
  policy: Policy,
  address: string,
  secret: string,
): Promise<AppError | undefined> => {
  const wants = budgetOf(address);
  if (await spend(ctx, policy.id, wants)) return undefined;
  record(ctx, {
    type: 'account.sign-in-failed',
    organisationId: policy.id,
    result: 'refused',
    data: { secret, why: 'address-block' },
  });
  return new AppError('too-many', 'portal.tooMany', {
    retryAfterSeconds: await secondsUntilLeft(ctx, wants),
  });
};

/** A right password gives back what was taken before it was known to be right. Before the account's counters, as it was taken. */
export const notSlowed = (ctx: Ctx, address: string): Promise<void> => giveBackTo(ctx, budgetOf(address));

/** One more account has locked; beyond the organisation's usual rate a supervisor hears of it, and nothing else changes. */
export const noteLockRate = async (ctx: Ctx, organisationId: string): Promise<void> => {
  await spend(ctx, organisationId, [{ budget: 'locks-per-organisation', key: organisationId }]);
};

/** Somebody guesses at what was sent, or has read a letter that has not left: a supervisor calls the member. */
export const raiseTemporaryAlert = (
  ctx: Ctx,
  kind: 'temporary-tries' | 'letter-not-yet-active',
  account: { id: string; member_id: string },
  organisationId: string,
): Promise<void> =>
  raiseAlert(ctx, { organisationId, kind, memberId: account.member_id, subject: `account:${account.id}` });
