import { record } from '../audit/record.ts';
import type { Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { checkPassword } from '../core/hashing.ts';
import { perform } from '../core/perform.ts';
import { Secret } from '../core/secret.ts';
import * as store from './agents.store.ts';
import { countTry, forgiveTries, triesNameOf } from './tries.service.ts';

/**
 * Asks the agent's own password again before something that a session left open must not do; `before` names it in the
 * audit. Compares, which is slow: never inside a transaction.
 *
 * @throws AppError `invalid-input` at the field `password` when it is wrong; `too-many` while the account waits,
 * `busy` when the hashing queue is full: then nothing was compared.
 */
export const confirmIdentity = async (visit: Visit, password: string, before: string): Promise<void> => {
  const { actor, house } = visit;
  const agent = actor.kind === 'agent' ? await store.findOpenAgent(house.pool, actor.id) : undefined;
  if (!agent) throw new AppError('signed-out', 'common.signedOut');

  const name = triesNameOf(house, agent.username);
  // Forgiven before the place is given up: right passwords that come together do not slow each other down.
  const isTheirs = await house.hashing.enter(async () => {
    await countTry(visit, name);
    const matches = await checkPassword(house.keys, new Secret(password), agent.passwordHash);
    await settle(visit, name, matches, before);
    return matches;
  });
  if (isTheirs) return;
  const fields = { password: 'agents.confirmWrong' };
  throw new AppError('invalid-input', 'agents.confirmWrong', { fields });
};

const settle = (visit: Visit, name: string, matches: boolean, before: string): Promise<void> =>
  perform(visit, async (ctx) => {
    if (!matches) return record(ctx, { type: 'agent.confirm-failed', result: 'failed', data: { before } });
    await forgiveTries(ctx, name);
    record(ctx, { type: 'agent.confirmed', data: { before } });
  });
