import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { Secret } from '../core/secret.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { AccountRow } from './accounts.store.ts';
import * as counters from './counters.store.ts';
import { countFirst, noteWrong, ofChosen, type Via } from './gate-count.ts';
import { holdOpen } from './gate.ts';
import { normalisePassword } from './password-rule.ts';
import { notSlowed } from './slowing.service.ts';

/**
 * The current password, asked again before an open session may change what lets a member in (ASVS 7.5.1). It
 * passes the same gate as a sign-in: a place in the queue, the try counted first, the same counter, the same limit.
 *
 * @returns the hash that it was right for, so that the act can make sure that it still is.
 * @throws AppError `invalid-input` on `currentPassword` when it is missing, wrong, or the account locked by now.
 */
export const proveAgain = async (
  visit: Visit,
  policy: Policy,
  typed: Via & { accountId: string; password: Secret | null },
): Promise<string> => {
  if (typed.password === null) throw refused('space.currentPasswordNeeded');
  const password = new Secret(normalisePassword(typed.password.expose()));
  const hash = await visit.house.hashing.enter(async () => {
    const found = await countFirst(visit, policy, typed, ofChosen);
    const mayCompare = found.isOpen && found.counted.attempts <= policy.lock.maxFailures;
    const known = mayCompare ? (found.account?.password_hash ?? null) : null;
    const isRight = await visit.house.hashing.check(password, known);
    return perform(visit, async (ctx) => {
      const still = isRight ? await holdOpen(ctx, found.account) : undefined;
      if (still && still.password_hash === known) {
        await notSlowed(ctx, typed.address);
        await counters.forgiveUpTo(ctx.db, found.counter, found.counted.number, policy.lock.maxFailures);
        noteProved(ctx, policy, still);
        return known;
      }
      const { address, portalClientId } = typed;
      await noteWrong(ctx, policy, found, { address, portalClientId, compared: mayCompare, again: true });
      return null;
    });
  });
  if (hash === null) throw refused('space.currentPasswordWrong');
  return hash;
};

const noteProved = (ctx: Ctx, policy: Policy, account: AccountRow): void =>
  record(ctx, {
    type: 'account.password-proved',
    organisationId: policy.id,
    memberId: account.member_id,
    data: {},
  });

const refused = (words: string): AppError =>
  new AppError('invalid-input', words, { fields: { currentPassword: words } });
