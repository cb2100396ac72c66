import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import { fold } from '../core/text.ts';
import { listHouseholds } from './placement.store.ts';
import { listInvitations } from './invitations.store.ts';
import type { AgentPage, Experience, ListedAgent, ListFilter } from './roster.schema.ts';
import * as store from './roster.store.ts';
import type { Reach, RosterField, RosterRow } from './roster.store.ts';
import { listSites } from './sites.service.ts';

/**
 * Whose accounts somebody sees. Who manages accounts: those of agents who serve no organisation but theirs, so that
 * nothing another's administrator decided changes under them. Who does not: whoever acts for one of theirs.
 */
export const reachOf = ({ actor, scope }: Pick<Ctx, 'actor' | 'scope'>): Reach => ({
  ...scope,
  wholly: actor.kind !== 'agent' || actor.permissions.has('agent.manage'),
});

export const listAgents = async (
  ctx: Ctx,
  { filter, ...query }: ListQuery<ListFilter, RosterField>,
): Promise<Page<ListedAgent>> => {
  const { q, view, id, ...wanted } = filter;
  const { rows, total } = await store.listAgents(ctx.db, reachOf(ctx), {
    ...query,
    filter: {
      ...wanted,
      ...(q ? { id: await idsLike(ctx, q, id) } : id && { id }),
      ...(view === 'invited' && { invitedAfter: ctx.now.toISOString() }),
      ...(view === 'dormant' && { awaySince: new Date(ctx.now.getTime() - dormantMs).toISOString() }),
    },
  });
  return { rows: await toListed(ctx, rows), total };
};

/** Longer than any leave but the long ones: somebody should know why. */
const dormantMs = 90 * 86_400_000;

// Neither database folds accents by itself, and a desk has hundreds of accounts, not millions.
const idsLike = async (ctx: Ctx, typed: string, among?: string[]): Promise<string[]> => {
  const wanted = fold(typed);
  return (await store.listNames(ctx.db, reachOf(ctx)))
    .filter(({ name, username }) => fold(name).includes(wanted) || fold(username).includes(wanted))
    .map(({ id }) => id)
    .filter((id) => !among || among.includes(id));
};

/** One account whole. @throws AppError `not-found`, the same for another organisation's and for nobody's. */
export const agentPage = async (ctx: Ctx, id: string): Promise<AgentPage> => {
  const row = await findInReach(ctx, id);
  const [listed] = await toListed(ctx, [row]);
  const households = await listHouseholds(ctx.db, id);
  const of = (kind: 'self' | 'relative') =>
    households
      .filter((one) => one.kind === kind)
      .map(({ organisationId, key }) => ({ organisationId, memberNumber: key }));
  const sessions = await store.listSessionsOf(ctx.db, id);
  return {
    ...(listed as ListedAgent),
    email: row.email,
    own: of('self'),
    relatives: of('relative'),
    sessions: sessions.map((one) => ({ signedInAt: one.signed_in_at, lastSeenAt: one.last_seen_at })),
  };
};

/** @throws AppError `not-found`. */
export const findInReach = async (ctx: Ctx, id: string): Promise<RosterRow> => {
  const row = await store.findAgent(ctx.db, reachOf(ctx), id);
  if (!row) throw new AppError('not-found', 'common.notFound');
  return row;
};

/** Whether they must ask a second person before what is risky, or may be that person; and where. */
export const experienceOf = async (
  { db }: Pick<Ctx, 'db'>,
  agentId: string,
): Promise<{ experience: Experience; siteId: string | null }> => {
  const row = await store.readExperience(db, agentId);
  return { experience: row?.experience ?? 'usual', siteId: row?.site_id ?? null };
};

export const noteSignIn = (ctx: Ctx, agentId: string): Promise<void> =>
  store.noteSignIn(ctx.db, agentId, ctx.now.toISOString());

export const toListed = async (ctx: Ctx, rows: RosterRow[]): Promise<ListedAgent[]> => {
  const ids = rows.map(({ id }) => id);
  const organisations = await store.organisationsOf(ctx.db, ctx.scope, ids);
  const invited = await listInvitations(ctx.db, ids, ctx.now.toISOString());
  const siteNames = new Map((await listSites(ctx)).map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    id: row.id,
    username: row.username,
    name: row.name,
    role: row.role,
    organisations: organisations.get(row.id) ?? [],
    site: siteNames.get(row.site_id ?? '') ?? null,
    team: row.team,
    createdAt: row.created_at,
    closedAt: row.closed_at,
    experience: row.experience ?? 'usual',
    lastSignedInAt: row.last_signed_in_at,
    invitedUntil: invited.get(row.id) ?? null,
    hasPassword: row.password_hash !== '',
    isPasswordDue: row.password_due_since !== null,
    can: verdictsOf(ctx, row),
    version: Number(row.version),
  }));
};

const verdictsOf = ({ actor, house, language }: Ctx, row: RosterRow): ListedAgent['can'] => {
  const may = (permission: 'agent.manage' | 'agent.end-sessions') =>
    actor.kind === 'agent' && actor.permissions.has(permission);
  const verdict = (allowed: boolean, why: string | null = null) => ({
    allowed: allowed && why === null,
    why: why && house.words.say(language, why),
  });
  const own = actor.kind === 'agent' && actor.id === row.id ? 'agents.ownRights' : null;
  return {
    change: verdict(may('agent.manage'), row.closed_at ? 'agents.isClosed' : null),
    changeRights: verdict(may('agent.manage'), own),
    endSessions: verdict(may('agent.end-sessions')),
  };
};
