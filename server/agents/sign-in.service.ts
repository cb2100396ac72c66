import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { permissionsOf } from '../core/permissions.ts';
import type { WebVisit } from '../http/routes.ts';
import { absoluteHours, idleMinutes, type Identified } from '../http/session.ts';
import type { Me, OwnProof, SignIn } from './agents.schema.ts';
import * as store from './agents.store.ts';
import { kindsOf, offerFactors, useFactor } from './factors.service.ts';
import { nextOf } from './next.service.ts';
import { noteSignIn } from './roster.service.ts';
import { assertInNetwork } from './site-network.service.ts';
import { siteOf } from './sites.service.ts';
import { isLinked, isPasswordShut } from './sso-accounts.service.ts';
import { countTry, forgiveTries, triesNameOf } from './tries.service.ts';

/**
 * Counts the try, compares, asks the second factor of who has one, opens the session under a new identifier.
 *
 * @throws AppError `too-many` while the account waits, `signed-out` when username and password do not go together:
 * the same answers, at the same cost, for usernames that nobody has. `second-factor` after a right password only: with
 * what may be given, and a challenge for a key.
 */
export const signIn = async (visit: WebVisit, { username, ...proof }: SignIn): Promise<Me> => {
  const name = triesNameOf(visit.house, username);
  // A place in the queue first: a full one counts nothing, so that no flood elsewhere slows an agent down.
  const found = await visit.house.hashing.enter(async () => {
    await countTry(visit, name);
    return visit.web.authenticate();
  });
  if (!found) {
    await perform(visit, async (ctx) =>
      record(ctx, { type: 'agent.sign-in-failed', result: 'failed', data: { username: name } }),
    );
    throw new AppError('signed-out', 'agents.wrongPassword');
  }
  if (await isPasswordShut(visit.house, found.id)) throw new AppError('signed-out', 'sso.passwordShut');
  await proveAtSignIn(visit, found.id, proof);
  return openSession(visit, found, (ctx) => forgiveTries(ctx, name));
};

/**
 * The second factor of who has one; the try was counted together with the password's.
 *
 * @throws AppError `second-factor` when it is missing or wrong.
 */
export const proveAtSignIn = async (visit: WebVisit, agentId: string, proof: OwnProof): Promise<void> => {
  const { house } = visit;
  if ((await kindsOf(house.pool, agentId)).length === 0) return;
  const isGiven = proof.code || proof.assertion;
  const asked = { agentId, sessionId: '', before: 'sign-in' };
  if (isGiven && (await useFactor(visit, asked, { code: proof.code, assertion: proof.assertion }))) return;

  if (!isGiven) {
    const data = { agentId, before: 'sign-in' };
    await perform(visit, async (ctx) => record(ctx, { type: 'agent.factor-asked', data }));
  }
  const secondFactor = await offerFactors(house, asked);
  const words = isGiven ? 'factors.codeWrong' : 'factors.needed';
  throw new AppError('second-factor', words, { secondFactor, ...(isGiven && { fields: { code: words } }) });
};

/** Opens a session of somebody who has proved who they are, under a new identifier; `more` goes with it. */
export const openSession = async (
  visit: WebVisit,
  found: Identified,
  more: (ctx: Ctx) => Promise<void>,
): Promise<Me> => {
  await assertInNetwork(visit, found);
  const former = visit.web.deskSessionId;
  const { sessionId } = await visit.web.signIn(found.id);
  const permissions = permissionsOf(found.role);
  const actor = { ...found, kind: 'agent', sessionId, permissions, next: null } as const;
  await perform({ ...visit, actor }, async (ctx) => {
    await more(ctx);
    if (former) await store.deleteSession(ctx.db, former);
    await store.insertSession(ctx.db, sessionId, found.id, ctx.now.toISOString());
    await noteSignIn(ctx, found.id);
    record(ctx, { type: 'agent.signed-in', data: {} });
  });
  return describe(visit, found.id, sessionId);
};

/** Ends the session on the server, not only in the browser. Answers the same when there was none. */
export const signOut = async (visit: WebVisit): Promise<void> => {
  const { deskSessionId } = visit.web;
  if (deskSessionId) {
    await perform(visit, async (ctx) => {
      await store.deleteSession(ctx.db, deskSessionId);
      record(ctx, { type: 'agent.signed-out', data: {} });
    });
  }
  await visit.web.signOut();
};

export const describeMe = (ctx: Ctx): Promise<Me> => {
  if (ctx.actor.kind !== 'agent') throw new AppError('signed-out', 'common.signedOut');
  return describe(ctx, ctx.actor.id, ctx.actor.sessionId);
};

const describe = async (
  { house, language }: Pick<Ctx, 'house' | 'language'>,
  agentId: string,
  sessionId: string,
): Promise<Me> => {
  const found = await store.findSession(house.pool, agentId, sessionId);
  if (!found) throw new AppError('signed-out', 'common.signedOut');
  return {
    id: found.agentId,
    username: found.username,
    name: found.name,
    role: found.role,
    organisations: found.organisationIds,
    permissions: [...permissionsOf(found.role)],
    site: (await siteOf(house.pool, found.siteId))?.name ?? null,
    team: found.team,
    next: nextOf(house, found),
    factors: await kindsOf(house.pool, found.agentId),
    hasPassword: found.hasPassword && !(await isPasswordShut(house, found.agentId)),
    sso: (await isLinked(house, found.agentId)) ? (house.sso?.label[language] ?? null) : null,
    endsAt: new Date(found.signedInAt.getTime() + absoluteHours * 3_600_000).toISOString(),
    idleMinutes,
    demo: house.demo,
    training: house.training,
    mailbox: house.mailbox ? '/mailbox' : null,
  };
};
