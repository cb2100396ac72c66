import { record } from '../audit/record.ts';
import type { Ctx, House, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { checkPassword, hashPassword } from '../core/hashing.ts';
import type { ListQuery, Page } from '../core/page.ts';
import { perform } from '../core/perform.ts';
import { permissionsOf } from '../core/permissions.ts';
import { Secret } from '../core/secret.ts';
import type { Role } from '../core/vocabulary.ts';
import type { WebVisit } from '../http/routes.ts';
import { absoluteHours, idleMinutes, type SessionKeeper } from '../http/session.ts';
import type { Agent, Me, NewAgent, Placement } from './agents.schema.ts';
import * as store from './agents.store.ts';
import { placeAgent, saysWhere } from './placement.service.ts';
import { siteOf } from './sites.service.ts';
import { countTry, forgiveTries, triesNameOf } from './tries.service.ts';

export { confirmIdentity } from './confirm.service.ts';
export { kinOf, teamOf } from './placement.service.ts';
export { siteOf } from './sites.service.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Whether the demo's accounts are the ones that sign in here. */
    demo: boolean;
  }
}

/**
 * Counts the try, compares, opens the session under a new identifier.
 *
 * @throws AppError `too-many` while the account waits, `signed-out` when username and password do not go together:
 * the same answers, at the same cost, for usernames that nobody has.
 */
export const signIn = async (visit: WebVisit, username: string): Promise<Me> => {
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

  const former = visit.web.deskSessionId;
  const { sessionId } = await visit.web.signIn(found.id);
  const actor = { ...found, kind: 'agent', sessionId, permissions: permissionsOf(found.role) } as const;
  await perform({ ...visit, actor }, async (ctx) => {
    await forgiveTries(ctx, name);
    if (former) await store.deleteSession(ctx.db, former);
    await store.insertSession(ctx.db, sessionId, found.id, ctx.now.toISOString());
    record(ctx, { type: 'agent.signed-in', data: {} });
  });
  return describe(visit.house, found.id, sessionId);
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
  return describe(ctx.house, ctx.actor.id, ctx.actor.sessionId);
};

const describe = async (house: House, agentId: string, sessionId: string): Promise<Me> => {
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
    endsAt: new Date(found.signedInAt.getTime() + absoluteHours * 3_600_000).toISOString(),
    idleMinutes,
    demo: house.demo,
    mailbox: house.mailbox ? '/mailbox' : null,
  };
};

/** What http asks of this room; app.ts hands it over. */
export const sessionKeeper = (getHouse: () => House): SessionKeeper => ({
  find: async (agentId, sessionId) => {
    const found = await store.findSession(getHouse().pool, agentId, sessionId);
    if (!found) return undefined;
    const { role, name, siteId, team } = found;
    const permissions = permissionsOf(role);
    return {
      id: sessionId,
      actor: { kind: 'agent', id: agentId, sessionId, name, role, permissions, siteId, team },
      scope: { organisationIds: found.organisationIds },
      signedInAt: found.signedInAt,
      lastSeenAt: found.lastSeenAt,
    };
  },
  touch: (db, sessionId, now) => store.touchSession(db, sessionId, now.toISOString()),
  verify: async (username, password) => {
    const house = getHouse();
    const agent = await store.findByUsername(house.pool, username.trim().toLowerCase());
    const hash = agent?.passwordHash ?? null;
    // `signIn` holds the place in the hashing queue.
    const matches = await checkPassword(house.keys, password, hash);
    if (!matches || !agent) return null;
    const { id, name, role, siteId, team } = agent;
    return { id, name, role, siteId, team };
  },
});

/** @throws AppError `conflict` when the username is taken, `invalid-input` for an unknown organisation or site. */
export const createAgent = async (
  visit: Visit,
  input: NewAgent,
  known: readonly string[],
): Promise<string> => {
  const unknown = input.organisations.find((one) => !known.includes(one));
  if (unknown)
    throw new AppError('invalid-input', 'agents.unknownOrganisation', {
      params: { known: known.join(', ') },
    });
  const { house } = visit;
  const passwordHash = await house.hashing.enter(() => hashPassword(house.keys, new Secret(input.password)));
  return perform(visit, async (ctx) => {
    if (await store.findByUsername(ctx.db, input.username))
      throw new AppError('conflict', 'agents.usernameTaken');
    const { username, name, role, organisations } = input;
    const id = ctx.newId();
    const createdAt = ctx.now.toISOString();
    await store.insertAgent(ctx.db, { id, username, name, role, organisations, passwordHash, createdAt });
    record(ctx, { type: 'agent.created', data: { agentId: id, role, organisations } });
    if (saysWhere(input)) await placeAgent(ctx, id, input);
    return id;
  });
};

/** @throws AppError `not-found` for a username that no open account has, `invalid-input` for an unknown site. */
export const setAgent = (visit: Visit, username: string, placement: Placement): Promise<void> =>
  perform(visit, async (ctx) => {
    const agent = await store.findByUsername(ctx.db, username.trim().toLowerCase());
    if (!agent) throw new AppError('not-found', 'agents.unknownUsername');
    await placeAgent(ctx, agent.id, placement);
  });

export const countAgents = (ctx: { db: House['pool'] }): Promise<number> => store.countAgents(ctx.db);

export const listAgents = (
  ctx: Ctx,
  query: ListQuery<{ id?: string[]; role?: Role; q?: string }, 'name' | 'username' | 'role' | 'createdAt'>,
): Promise<Page<Agent>> => store.listAgents(ctx.db, ctx.scope, query);

/** Who signs in with this username; nobody whose account is closed. */
export const idOfAgent = async (db: House['pool'], username: string): Promise<string | undefined> =>
  (await store.findByUsername(db, username.trim().toLowerCase()))?.id;

export const namesOfAgents = store.namesOfAgents;

export const agentsSharing = store.agentsSharing;

/** Removes sessions that can no longer be used. */
export const sweepSessions = (db: House['pool'], now: Date): Promise<void> =>
  store.deleteSessionsBefore(db, new Date(now.getTime() - absoluteHours * 3_600_000).toISOString());
