import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import type { OwnProof } from './agents.schema.ts';
import { confirmIdentity } from './confirm.service.ts';
import { ownOf, replaceRecoveryCodes } from './factor-enrolment.service.ts';
import type { KeyOffer, OwnFactors } from './factors.schema.ts';
import { describeFactors, offerFactors } from './factors.service.ts';
import * as store from './factors.store.ts';
import { deleteChallengesOf } from './factor-challenges.store.ts';
import { deleteSessionsOf, findAgent } from './roster.store.ts';

/**
 * Before a factor is added. Whose session opens nothing until they have one has given their password a moment ago, or
 * has none to give.
 */
export const proveBeforeAdding = async (visit: Visit, proof: OwnProof): Promise<void> => {
  if (visit.actor.kind === 'agent' && visit.actor.next === 'factor') return;
  await confirmIdentity(visit, proof, 'factor.add');
};

export const describeOwnFactors = (ctx: Ctx): Promise<OwnFactors> => {
  if (ctx.actor.kind !== 'agent') throw new AppError('signed-out', 'common.signedOut');
  return describeFactors(ctx.house, { agentId: ctx.actor.id, role: ctx.actor.role });
};

/** Something for a security key to sign, before a proof. @throws AppError `conflict` without a key. */
export const challengeKey = async (visit: Visit): Promise<KeyOffer> => {
  const own = ownOf(visit);
  const { options } = await offerFactors(visit.house, own);
  if (!options) throw new AppError('conflict', 'factors.noKey');
  await perform(visit, async (ctx) =>
    record(ctx, { type: 'agent.factor-asked', data: { agentId: own.agentId, before: 'confirm' } }),
  );
  return { options, endsAt: new Date(visit.house.clock().getTime() + 300_000).toISOString() };
};

/** Takes one away; with the last one its recovery codes. @throws AppError `not-found` for any but one's own. */
export const removeFactor = async (ctx: Ctx, id: string): Promise<null> => {
  const { agentId, sessionId } = ownOf(ctx);
  const row = await store.findFactor(ctx.db, { id, agentId });
  if (!row || !(await store.deleteFactor(ctx.db, id))) throw new AppError('not-found', 'common.notFound');
  if (!(await store.hasFactor(ctx.db, agentId))) await store.deleteRecoveryCodes(ctx.db, agentId);
  await deleteSessionsOf(ctx.db, agentId, sessionId);
  record(ctx, { type: 'agent.factor-removed', data: { factorId: id, kind: row.kind } });
  return null;
};

/** @throws AppError `conflict` without a factor: they would be the only one. */
export const renewRecoveryCodes = (visit: Visit): Promise<string[]> =>
  perform(visit, async (ctx) => {
    const { agentId } = ownOf(ctx);
    if (!(await store.hasFactor(ctx.db, agentId))) throw new AppError('conflict', 'factors.noFactor');
    return replaceRecoveryCodes(ctx, agentId);
  });

/**
 * Takes all factors of somebody who lost them, so that they enrol anew at their next sign-in; their sessions end.
 *
 * @throws AppError `policy-refused` for one's own, `not-found` for an agent who also works for organisations that the
 * administrator does not, `conflict` when there is none.
 */
export const resetFactors = async (ctx: Ctx, agentId: string): Promise<null> => {
  if (ctx.actor.kind === 'agent' && ctx.actor.id === agentId)
    throw new AppError('policy-refused', 'factors.notOwn', { rule: 'agent.own-rights' });
  const agent = await findAgent(ctx.db, { ...ctx.scope, wholly: true }, agentId);
  if (!agent || agent.closed_at !== null) throw new AppError('not-found', 'common.notFound');
  const factors = await store.deleteFactorsOf(ctx.db, agentId);
  if (factors === 0) throw new AppError('conflict', 'factors.noneToReset');
  await deleteChallengesOf(ctx.db, agentId);
  await deleteSessionsOf(ctx.db, agentId);
  record(ctx, { type: 'agent.factors-reset', data: { agentId, factors } });
  return null;
};
