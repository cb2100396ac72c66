import type { Db } from '../core/ctx.ts';
import type { Role } from '../core/vocabulary.ts';
import type { Agent } from './agents.schema.ts';

type AgentRow = {
  id: string;
  username: string;
  name: string;
  role: Role;
  password_hash: string;
  created_at: string;
  closed_at: string | null;
  site_id: string | null;
  team: string | null;
  /** Since when a new password is due; null: none is. */
  password_due_since: string | null;
  rights_reviewed_at: string;
  version: number;
};
type OrganisationRow = { agent_id: string; organisation_id: string };
type SessionRow = {
  id: string;
  agent_id: string;
  signed_in_at: string;
  last_seen_at: string;
  password_at: string;
};
type CounterRow = {
  id: string;
  tries: number;
  forgiven: number;
  first_at: string;
  last_at: string;
  not_before: string;
  locked_at: string | null;
  keep_until: string | null;
  account_id: string | null;
};

/** A row without what other tables tell of an agent. */
type BareAgent = Omit<Agent, 'organisations' | 'site'> & { siteId: string | null };
/** Without a hash no password signs in: an invitation waits, or somebody else vouches for them. */
export type AgentWithSecret = BareAgent & { passwordHash: string | null };
type AgentToInsert = Omit<AgentWithSecret, 'closedAt' | 'siteId' | 'team'> & { organisations: string[] };

export const findByUsername = async (db: Db, username: string): Promise<AgentWithSecret | undefined> => {
  const row = await db<AgentRow>('agents').where({ username }).whereNull('closed_at').first();
  return row && { ...toAgent(row), passwordHash: row.password_hash || null };
};

export const findOpenAgent = async (db: Db, id: string): Promise<AgentWithSecret | undefined> => {
  const row = await db<AgentRow>('agents').where({ id }).whereNull('closed_at').first();
  return row && { ...toAgent(row), passwordHash: row.password_hash || null };
};

/** Whose username this is, open or closed. */
export const idOfUsername = async (db: Db, username: string): Promise<string | undefined> =>
  (await db<AgentRow>('agents').where({ username }).first('id'))?.id;

export const countAgents = async (db: Db): Promise<number> => {
  const row = await db<AgentRow>('agents').count({ n: '*' }).first();
  return Number((row as { n: number | string } | undefined)?.n ?? 0);
};

/** Returns false when an account, open or closed, has this username already. */
export const insertAgent = async (db: Db, agent: AgentToInsert): Promise<boolean> => {
  const inserted = await db<AgentRow>('agents')
    .insert({
      id: agent.id,
      username: agent.username,
      name: agent.name,
      role: agent.role,
      password_hash: agent.passwordHash ?? '',
      created_at: agent.createdAt,
      closed_at: null,
      site_id: null,
      team: null,
      rights_reviewed_at: agent.createdAt,
      version: 1,
    })
    .onConflict('username')
    .ignore()
    .returning('id');
  if (inserted.length === 0) return false;
  await db<OrganisationRow>('agent_organisations').insert(
    agent.organisations.map((organisation_id) => ({ agent_id: agent.id, organisation_id })),
  );
  return true;
};

type FoundRow = AgentRow &
  SessionRow &
  OrganisationRow & { networks: string | null; factor_id: string | null };

/** The session with its agent and organisations, in one query; nothing when any of them has ended. */
export const findSession = async (db: Db, agentId: string, sessionId: string) => {
  const rows = await sessionQuery(db, sessionId).where('s.agent_id', agentId);
  return toSession(rows as FoundRow[]);
};

/** The same with what connect-session-knex keeps under the session's id: who knocks is one query. */
export const openSession = async (db: Db, sessionId: string) => {
  const rows = (await sessionQuery(db, sessionId)
    .join('sessions as kept', 'kept.sid', 's.id')
    .select('kept.sess')
    // Planning it takes PostgreSQL ten times as long as running it: under a name it is planned once a connection.
    .options({ name: 'open-session' })) as (FoundRow & { sess: unknown })[];
  const session = toSession(rows);
  return session && { ...session, kept: rows[0]?.sess };
};

const sessionQuery = (db: Db, sessionId: string) =>
  db<SessionRow>('agent_sessions as s')
    .join<AgentRow>('agents as a', 'a.id', 's.agent_id')
    .join<OrganisationRow>('agent_organisations as o', 'o.agent_id', 'a.id')
    .leftJoin('sites', 'sites.id', 'a.site_id')
    .where('s.id', sessionId)
    .whereNull('a.closed_at')
    .select(
      'a.id',
      'a.username',
      'a.name',
      'a.role',
      'a.site_id',
      'a.team',
      'a.password_due_since',
      'a.password_hash',
      'sites.networks',
      's.signed_in_at',
      's.last_seen_at',
      'o.organisation_id',
      db('agent_factors').whereRaw('agent_id = a.id').min('id').as('factor_id'),
    );

const toSession = (rows: FoundRow[]) => {
  const [first] = rows;
  if (!first) return undefined;
  return {
    agentId: first.id,
    username: first.username,
    name: first.name,
    role: first.role,
    siteId: first.site_id,
    team: first.team,
    isPasswordDue: first.password_due_since !== null,
    hasPassword: first.password_hash !== '',
    hasFactor: first.factor_id !== null,
    networks: first.networks === null ? null : (JSON.parse(first.networks) as string[]),
    signedInAt: new Date(first.signed_in_at),
    lastSeenAt: new Date(first.last_seen_at),
    organisationIds: rows.map((row) => row.organisation_id),
  };
};

export const insertSession = async (db: Db, id: string, agentId: string, at: string): Promise<void> => {
  await db<SessionRow>('agent_sessions').insert({
    id,
    agent_id: agentId,
    signed_in_at: at,
    last_seen_at: at,
    password_at: at,
  });
};

export const touchSession = async (db: Db, id: string, at: string): Promise<void> => {
  await db<SessionRow>('agent_sessions')
    .where({ id })
    .where('last_seen_at', '<', at)
    .update({ last_seen_at: at });
};

export const deleteSession = async (db: Db, id: string): Promise<void> => {
  await db<SessionRow>('agent_sessions').where({ id }).delete();
};

export const deleteSessionsBefore = async (db: Db, signedInBefore: string): Promise<void> => {
  await db<SessionRow>('agent_sessions').where('signed_in_at', '<', signedInBefore).delete();
};

/** Counts a try, unless one must still wait: then nothing is counted and nothing returned. */
export const countTry = async (
  db: Db,
  id: string,
  at: string,
  keepUntil: string,
): Promise<number | undefined> => {
  const [row] = await db<CounterRow>('attempt_counters')
    .insert({ id, tries: 1, forgiven: 0, first_at: at, last_at: at, not_before: at, keep_until: keepUntil })
    .onConflict('id')
    .merge({
      tries: db.raw('attempt_counters.tries + 1') as unknown as number,
      last_at: at,
      keep_until: keepUntil,
    })
    .where('attempt_counters.not_before', '<=', at)
    .returning('tries');
  return row && Number(row.tries);
};

export const delayNextTry = async (db: Db, id: string, notBefore: string): Promise<void> => {
  await db<CounterRow>('attempt_counters').where({ id }).update({ not_before: notBefore });
};

export const readNotBefore = async (db: Db, id: string): Promise<string | undefined> =>
  (await db<CounterRow>('attempt_counters').where({ id }).first('not_before'))?.not_before;

export const forgetTries = async (db: Db, id: string): Promise<void> => {
  await db<CounterRow>('attempt_counters').where({ id }).delete();
};

export const namesOfAgents = async (db: Db, ids: string[]): Promise<Map<string, string>> => {
  if (ids.length === 0) return new Map();
  const rows = await db<AgentRow>('agents').whereIn('id', ids).select('id', 'name');
  return new Map(rows.map((row) => [row.id, row.name]));
};

/** Agents, closed ones too, who work for at least one of these organisations. */
export const agentsSharing = async (db: Db, organisationIds: readonly string[]): Promise<string[]> => {
  const rows = await db<OrganisationRow>('agent_organisations')
    .whereIn('organisation_id', [...organisationIds])
    .distinct('agent_id');
  return rows.map((row) => row.agent_id);
};

/** Agents, closed ones too, who have this role now. */
export const agentsOfRole = async (db: Db, role: Role): Promise<string[]> =>
  (await db<AgentRow>('agents').where({ role }).select('id')).map(({ id }) => id);

/** Agents, closed ones too, who work at the site of this name now. */
export const agentsOfSite = async (db: Db, site: string): Promise<string[]> => {
  const named = db<{ id: string; name: string }>('sites').where({ name: site }).select('id');
  return (await db<AgentRow>('agents').whereIn('site_id', named).select('id')).map(({ id }) => id);
};

const toAgent = (row: AgentRow): BareAgent => ({
  id: row.id,
  username: row.username,
  name: row.name,
  role: row.role,
  siteId: row.site_id,
  team: row.team,
  createdAt: row.created_at,
  closedAt: row.closed_at,
});
