import { record } from '../audit/record.ts';
import type { House, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { permissionsOf } from '../core/permissions.ts';
import { Secret } from '../core/secret.ts';
import { absoluteHours, type DeskSession, type SessionKeeper } from '../http/session.ts';
import type { NewAgent, Placement } from './agents.schema.ts';
import * as store from './agents.store.ts';
import { nextOf } from './next.service.ts';
import { placeAgent, saysWhere } from './placement.service.ts';

export { confirmIdentity } from './confirm.service.ts';
export { kinOf, teamOf } from './placement.service.ts';
export { experienceOf } from './roster.service.ts';
export { assertMayUnmask, countLook, countWayIn, mayUnmask } from './site-limits.service.ts';
export { siteOf } from './sites.service.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Whether the demo's accounts are the ones that sign in here. */
    demo: boolean;
    /** Whether this is a space to train in, where everybody is invented and nothing leaves. */
    training: boolean;
  }
}

/** What http asks of this room; app.ts hands it over. */
export const sessionKeeper = (getHouse: () => House): SessionKeeper => ({
  find: async (agentId, sessionId) => {
    const house = getHouse();
    const found = await store.findSession(house.pool, agentId, sessionId);
    return found && deskSession(house, sessionId, found);
  },
  open: async (sessionId) => {
    const house = getHouse();
    const found = await store.openSession(house.pool, sessionId);
    return found && { session: deskSession(house, sessionId, found), kept: found.kept };
  },
  touch: (db, sessionId, now) => store.touchSession(db, sessionId, now.toISOString()),
  verify: async (username, password) => {
    const house = getHouse();
    const agent = await store.findByUsername(house.pool, username.trim().toLowerCase());
    const hash = agent?.passwordHash ?? null;
    // `signIn` holds the place in the hashing queue.
    const matches = await house.hashing.check(password, hash);
    if (!matches || !agent) return null;
    const { id, name, role, siteId, team } = agent;
    return { id, name, role, siteId, team };
  },
});

const deskSession = (
  house: House,
  id: string,
  found: NonNullable<Awaited<ReturnType<typeof store.findSession>>>,
): DeskSession => {
  const { agentId, role, name, siteId, team, signedInAt, lastSeenAt, networks } = found;
  const permissions = permissionsOf(role);
  const next = nextOf(house, found);
  return {
    id,
    actor: { kind: 'agent', id: agentId, sessionId: id, name, role, permissions, siteId, team, next },
    scope: { organisationIds: found.organisationIds },
    signedInAt,
    lastSeenAt,
    networks,
  };
};

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
  const passwordHash = await house.hashing.enter(() => house.hashing.hash(new Secret(input.password)));
  return perform(visit, async (ctx) => {
    const { username, name, role, organisations } = input;
    const id = ctx.newId();
    const createdAt = ctx.now.toISOString();
    const agent = { id, username, name, role, organisations, passwordHash, createdAt };
    if (!(await store.insertAgent(ctx.db, agent))) throw new AppError('conflict', 'agents.usernameTaken');
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

/** Who signs in with this username; nobody whose account is closed. */
export const idOfAgent = async (db: House['pool'], username: string): Promise<string | undefined> =>
  (await store.findByUsername(db, username.trim().toLowerCase()))?.id;

export const namesOfAgents = store.namesOfAgents;

export const { agentsOfRole, agentsOfSite, agentsSharing } = store;

/** Removes sessions that can no longer be used. */
export const sweepSessions = (db: House['pool'], now: Date): Promise<void> =>
  store.deleteSessionsBefore(db, new Date(now.getTime() - absoluteHours * 3_600_000).toISOString());
