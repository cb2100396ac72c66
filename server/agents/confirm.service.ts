import { record } from '../audit/record.ts';
import type { Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { checkPassword } from '../core/hashing.ts';
import { perform } from '../core/perform.ts';
import { Secret } from '../core/secret.ts';
import type { OwnProof } from './agents.schema.ts';
import * as store from './agents.store.ts';
import { kindsOf, useFactor } from './factors.service.ts';
import { countTry, forgiveTries, triesNameOf } from './tries.service.ts';

/**
 * Asks again who sits at an open session, before something that it must not do by itself: the second factor of who has
 * one, the password of who has none; `before` names it in the audit. Slow: never inside a transaction.
 *
 * @throws AppError `invalid-input` at the field `code` or `password` when it is missing or wrong; `too-many` while the
 * account waits, `busy` when the hashing queue is full: then nothing was compared.
 */
export const confirmIdentity = async (visit: Visit, proof: OwnProof, before: string): Promise<void> => {
  const { actor, house } = visit;
  if (actor.kind !== 'agent') throw new AppError('signed-out', 'common.signedOut');
  const hasFactor = (await kindsOf(house.pool, actor.id)).length > 0;
  const field = hasFactor ? 'code' : 'password';
  const isGiven = hasFactor ? proof.code || proof.assertion : proof.password;
  if (!isGiven) throw notProved(field, hasFactor ? 'factors.codeMissing' : 'agents.confirmMissing');
  const agent = await store.findOpenAgent(house.pool, actor.id);
  if (!agent) throw new AppError('signed-out', 'common.signedOut');

  const name = triesNameOf(house, agent.username);
  const isTheirs = hasFactor
    ? await proveByFactor(visit, { name, sessionId: actor.sessionId, agentId: agent.id }, proof, before)
    : await proveByPassword(visit, { name, passwordHash: agent.passwordHash }, proof, before);
  if (!isTheirs) throw notProved(field, hasFactor ? 'factors.codeWrong' : 'agents.confirmWrong');
};

const proveByFactor = async (
  visit: Visit,
  { name, ...own }: { name: string; agentId: string; sessionId: string },
  proof: OwnProof,
  before: string,
): Promise<boolean> => {
  await countTry(visit, name);
  const matches = await useFactor(visit, { ...own, before }, proof);
  await settle(visit, name, matches, before);
  return matches;
};

// Forgiven before the place is given up: right passwords that come together do not slow each other down.
const proveByPassword = (
  visit: Visit,
  { name, passwordHash }: { name: string; passwordHash: string | null },
  { password = '' }: OwnProof,
  before: string,
): Promise<boolean> =>
  visit.house.hashing.enter(async () => {
    await countTry(visit, name);
    const matches = await checkPassword(visit.house.keys, new Secret(password), passwordHash);
    await settle(visit, name, matches, before);
    return matches;
  });

const notProved = (field: string, words: string): AppError =>
  new AppError('invalid-input', words, { fields: { [field]: words } });

const settle = (visit: Visit, name: string, matches: boolean, before: string): Promise<void> =>
  perform(visit, async (ctx) => {
    if (!matches) return record(ctx, { type: 'agent.confirm-failed', result: 'failed', data: { before } });
    await forgiveTries(ctx, name);
    record(ctx, { type: 'agent.confirmed', data: { before } });
  });
