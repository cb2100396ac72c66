import { blockOf } from '../accounts/address-block.ts';
import { saltsOfAccounts } from '../accounts/accounts.service.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { digest } from '../core/crypto.ts';
import { dayOfMoment } from '../core/days.ts';
import { AppError } from '../core/errors.ts';
import { perform, read } from '../core/perform.ts';
import { Secret } from '../core/secret.ts';
import { giveBackTo, isSpent, spend, tellIfSpent, type Want } from '../credentials/budgets.service.ts';
import { hashTemporary } from '../credentials/credentials.service.ts';
import { readTemporaryPassword } from '../credentials/temporary-password.ts';
import type { WebVisit } from '../http/routes.ts';
import {
  acknowledgeTestLetter,
  testAccountOf,
  type Acknowledgement,
} from '../letters/test-acknowledgement.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { TestLetterAcknowledged } from './test-letter.schema.ts';

/**
 * Whoever an organisation's test letter went to types its password: the letter has come. It opens nothing, and asks
 * for no identifier. Like other temporary passwords: a typing error is told and compared with nothing, guesses are
 * bounded for each block of addresses, and what is recognised counts as no guess.
 *
 * @throws AppError `policy-refused` with what became of the letter, or that it is none: also the answer to a block that
 * has tried too often, and where no test letter was ever sent.
 */
export const sayTestLetterCame = async (
  visit: WebVisit,
  organisationId: string,
  typed: string,
): Promise<TestLetterAcknowledged> => {
  const policy = policyOf(visit.house, organisationId);
  const reading = readTemporaryPassword(typed);
  if (!reading.shape || !reading.checkOk) throw refused('typing-error');
  const symbols = new Secret(reading.symbols);
  const found = await visit.house.hashing.enter(() => tryOne(visit, policy, symbols));
  if (found.as !== 'acknowledged') {
    throw refused(found.as, found.as === 'expired' ? { date: dayOfMoment(visit.language, found.on) } : {});
  }
  const weeks = found.weeks.map((week) => Number(week.slice(-2))).join(', ');
  const message = visit.house.words.say(visit.language, 'portal.testLetter.acknowledged', { weeks });
  return { status: 'acknowledged', message };
};

const tryOne = async (visit: WebVisit, policy: Policy, symbols: Secret): Promise<Acknowledgement> => {
  const want: Want = { budget: 'test-letters-per-address-block', key: blockOf(visit.web.address) };
  if (await read(visit, (ctx) => isSpent(ctx, [want]))) return { as: 'unknown' };
  const { keys, pool } = visit.house;
  const accountId = await testAccountOf({ db: pool }, policy.id);
  const salt = accountId && (await saltsOfAccounts(pool, [accountId])).get(accountId);
  const decoy = digest(keys, 'temporary-password', policy.id).slice(0, 22);
  const hash = hashTemporary(keys, salt ?? decoy, symbols);

  return perform(visit, async (ctx) => {
    if (!(await spend(ctx, policy.id, [want]))) return note(ctx, policy, { as: 'unknown' }, 'over-budget');
    const found = await acknowledgeTestLetter(ctx, policy.id, { accountId, hash });
    if (found.as === 'unknown') await tellIfSpent(ctx, policy.id, want, null);
    else await giveBackTo(ctx, [want]);
    return found.as === 'acknowledged' ? found : note(ctx, policy, found, found.as);
  });
};

const note = (ctx: Ctx, policy: Policy, found: Acknowledgement, outcome: string): Acknowledgement => {
  record(ctx, {
    type: 'letter.test-tried',
    organisationId: policy.id,
    result: 'failed',
    data: { outcome },
  });
  return found;
};

const refused = (
  why: Exclude<Acknowledgement['as'], 'acknowledged'> | 'typing-error',
  params = {},
): AppError =>
  new AppError('policy-refused', `portal.testLetter.${why}`, { rule: `test-letter.${why}`, params });
