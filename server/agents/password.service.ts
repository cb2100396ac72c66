import { record } from '../audit/record.ts';
import type { Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { Secret } from '../core/secret.ts';
import { findOpenAgent } from './agents.store.ts';
import { kindsOf } from './factors.service.ts';
import { assertPassword } from './invitations.service.ts';
import { deleteSessionsOf, exchangePassword } from './roster.store.ts';
import { countTry, forgiveTries, triesNameOf } from './tries.service.ts';

/**
 * The agent's own password, by the former one. Every other session of theirs ends.
 *
 * @throws AppError `invalid-input` at the field that is wrong; `too-many` while the account waits; `conflict` when the
 * password was changed meanwhile.
 */
export const changeOwnPassword = async (
  visit: Visit,
  { current, next }: { current: string; next: string },
): Promise<void> => {
  const { actor, house } = visit;
  const agent = actor.kind === 'agent' ? await findOpenAgent(house.pool, actor.id) : undefined;
  if (!agent || actor.kind !== 'agent') throw new AppError('signed-out', 'common.signedOut');
  assertPassword(next, agent, 'next');
  if (current === next) throw wrong('next', 'agents.samePassword');

  const name = triesNameOf(house, agent.username);
  const made = await house.hashing.enter(async () => {
    await countTry(visit, name);
    const isTheirs = await house.hashing.check(new Secret(current), agent.passwordHash);
    return isTheirs ? house.hashing.hash(new Secret(next)) : null;
  });
  if (made === null) {
    await perform(visit, async (ctx) =>
      record(ctx, { type: 'agent.confirm-failed', result: 'failed', data: { before: 'agent.password' } }),
    );
    throw wrong('current', 'agents.confirmWrong');
  }
  const hasFactor = (await kindsOf(house.pool, actor.id)).length > 0;
  await perform(visit, async (ctx) => {
    const hashes = { from: agent.passwordHash ?? '', to: made };
    if (!(await exchangePassword(ctx.db, actor.id, hashes)))
      throw new AppError('conflict', 'common.conflict');
    // Tries at a second factor are counted together with these: a right password must not forgive them.
    if (!hasFactor) await forgiveTries(ctx, name);
    await deleteSessionsOf(ctx.db, actor.id, actor.sessionId);
    record(ctx, { type: 'agent.password-changed', data: {} });
  });
};

const wrong = (field: string, problem: string): AppError =>
  new AppError('invalid-input', problem, { fields: { [field]: problem } });
