import { record } from '../audit/record.ts';
import type { Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { Secret } from '../core/secret.ts';
import type { OwnProof } from './agents.schema.ts';
import * as store from './agents.store.ts';
import type { PutTo } from './factor-challenges.service.ts';
import { kindsOf, useFactor } from './factors.service.ts';
import { isPasswordShut } from './sso-accounts.service.ts';
import { useSsoProof } from './sso-proof.service.ts';
import { countTry, forgiveTries, triesNameOf } from './tries.service.ts';

/**
 * Asks again who sits at an open session, before something that it must not do by itself: the second factor of who has
 * one, the password of who has none, or the identity provider's new word; `before` names it in the audit. Slow: never
 * inside a transaction.
 *
 * @throws AppError `invalid-input` at the field `code`, `password` or `sso` when it is missing or wrong; `too-many` while the
 * account waits, `busy` when the hashing queue is full: then nothing was compared.
 */
export const confirmIdentity = async (visit: Visit, proof: OwnProof, before: string): Promise<void> => {
  const { actor, house } = visit;
  if (actor.kind !== 'agent') throw new AppError('signed-out', 'common.signedOut');
  const hasFactor = (await kindsOf(house.pool, actor.id)).length > 0;
  if (proof.sso) {
    const own = { agentId: actor.id, sessionId: actor.sessionId };
    return proveByProvider(visit, own, { proof: proof.sso, before, hasFactor });
  }
  if (!hasFactor && (await isPasswordShut(house, actor.id))) throw notProved('sso', 'sso.proofMissing');
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

// The provider's word stands for the password; for a second factor, where it says that it asked for one.
const proveByProvider = async (
  visit: Visit,
  own: PutTo,
  { proof, before, hasFactor }: { proof: string; before: string; hasFactor: boolean },
): Promise<void> => {
  const vouched = await useSsoProof(visit.house, own, proof);
  const isEnough = vouched !== undefined && (!hasFactor || vouched.secondFactor);
  await perform(visit, async (ctx) =>
    isEnough
      ? record(ctx, { type: 'agent.confirmed', data: { before } })
      : record(ctx, { type: 'agent.confirm-failed', result: 'failed', data: { before } }),
  );
  if (!isEnough) throw notProved('sso', vouched ? 'factors.codeMissing' : 'sso.proofOver');
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
    const matches = await visit.house.hashing.check(new Secret(password), passwordHash);
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
