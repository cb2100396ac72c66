import type { Knex } from 'knex';
import type { Db, Scope } from '../core/ctx.ts';
import { readPage, type ListQuery } from '../core/page.ts';
import type { Role } from '../core/vocabulary.ts';

export type RosterRow = {
  id: string;
  username: string;
  name: string;
  role: Role;
  password_hash: string;
  created_at: string;
  closed_at: string | null;
  site_id: string | null;
  team: string | null;
  email: string | null;
  experience: 'beginner' | 'senior' | null;
  password_due_since: string | null;
  last_signed_in_at: string | null;
  rights_reviewed_at: string;
  rights_reviewed_by: string | null;
  rights_told_at: string | null;
  version: number;
};
type OrganisationRow = { agent_id: string; organisation_id: string };
type SessionRow = { id: string; agent_id: string; signed_in_at: string; last_seen_at: string };

/**
 * Whose accounts are asked for: those that serve one of these organisations at least; `wholly`: no other than these.
 */
export type Reach = Scope & { wholly: boolean };

export const roster = (db: Db, { organisationIds, wholly }: Reach) => {
  const serving = db<OrganisationRow>('agent_organisations').whereIn('organisation_id', [...organisationIds]);
  const found = db<RosterRow>('agents').whereIn('id', serving.select('agent_id'));
  if (!wholly) return found;
  const others = db<OrganisationRow>('agent_organisations').whereNotIn('organisation_id', [
    ...organisationIds,
  ]);
  return found.whereNotIn('id', others.select('agent_id'));
};

export const findAgent = (db: Db, reach: Reach, id: string): Promise<RosterRow | undefined> =>
  roster(db, reach).where({ id }).first() as Promise<RosterRow | undefined>;

export const findNamed = (db: Db, reach: Reach, username: string): Promise<RosterRow | undefined> =>
  roster(db, reach).where({ username }).first() as Promise<RosterRow | undefined>;

const columns = {
  name: 'name',
  username: 'username',
  role: 'role',
  createdAt: 'created_at',
  lastSignedInAt: 'last_signed_in_at',
} as const;
export type RosterField = keyof typeof columns;
export const rosterFields = Object.keys(columns) as [RosterField, ...RosterField[]];

export type RosterFilter = {
  id?: string[];
  role?: Role;
  open?: boolean;
  site?: string;
  /** Whose link works after this moment. */
  invitedAfter?: string;
  /** Who has not signed in since, nor was made since. */
  awaySince?: string;
};

export const listAgents = (
  db: Db,
  reach: Reach,
  { filter, sort, ...page }: ListQuery<RosterFilter, RosterField>,
): Promise<{ rows: RosterRow[]; total: number }> => {
  let found: Knex.QueryBuilder = roster(db, reach);
  if (filter.id) found = found.whereIn('id', filter.id);
  if (filter.role) found = found.where({ role: filter.role });
  if (filter.site) found = found.where({ site_id: filter.site });
  if (filter.invitedAfter) {
    const waiting = db('agent_invitations').where('expires_at', '>', filter.invitedAfter);
    found = found.whereIn('id', waiting.select('agent_id'));
  }
  if (filter.awaySince) {
    const here = db<RosterRow>('agents').where('last_signed_in_at', '>=', filter.awaySince);
    found = found.where('created_at', '<', filter.awaySince).whereNotIn('id', here.select('id'));
  }
  if (filter.open === true) found = found.whereNull('closed_at');
  if (filter.open === false) found = found.whereNotNull('closed_at');
  return readPage<RosterRow>(found, page, [
    { column: columns[sort.field], order: sort.order },
    { column: 'id' },
  ]);
};

export const listNames = (db: Db, reach: Reach): Promise<Pick<RosterRow, 'id' | 'name' | 'username'>[]> =>
  roster(db, reach).select('id', 'name', 'username') as Promise<RosterRow[]>;

/** Of these agents, the organisations within the scope. */
export const organisationsOf = async (
  db: Db,
  scope: Scope,
  agentIds: string[],
): Promise<Map<string, string[]>> => {
  const rows = await db<OrganisationRow>('agent_organisations')
    .whereIn('agent_id', agentIds)
    .whereIn('organisation_id', [...scope.organisationIds])
    .orderBy('organisation_id');
  const found = new Map<string, string[]>();
  for (const row of rows) found.set(row.agent_id, [...(found.get(row.agent_id) ?? []), row.organisation_id]);
  return found;
};

/**
 * Takes the turn of all who make accounts: two administrators cannot each take the other's rights away, since the
 * second reads what the first has left.
 */
export const lockAdministrators = async (db: Db): Promise<void> => {
  await db<RosterRow>('agents').where({ role: 'administrator' }).orderBy('id').forUpdate().select('id');
};

/**
 * Changes an account in one statement: as it was read, within reach, and, where `leaving` names organisations that
 * lose an administrator by it, only while each has another one. Answers whether it hit.
 */
export const updateAgent = async (
  db: Db,
  reach: Reach,
  { id, version, leaving = [] }: { id: string; version: number; leaving?: readonly string[] },
  change: Partial<RosterRow>,
): Promise<boolean> => {
  let found: Knex.QueryBuilder = roster(db, reach).where({ id, version });
  if (leaving.length > 0) found = found.whereNotExists(leftWithout(db, id, leaving));
  return (await found.update({ ...change, version: version + 1 })) === 1;
};

/** Whether one of these organisations has no other open administrator. */
export const isLastAdministrator = async (db: Db, id: string, leaving: readonly string[]): Promise<boolean> =>
  (await leftWithout(db, id, leaving).first('mine.organisation_id')) !== undefined;

const leftWithout = (db: Db, id: string, leaving: readonly string[]) =>
  db('agent_organisations as mine')
    .where('mine.agent_id', id)
    .whereIn('mine.organisation_id', [...leaving])
    .whereNotExists(
      db('agent_organisations as theirs')
        .join('agents as other', 'other.id', 'theirs.agent_id')
        .where('other.role', 'administrator')
        .whereNull('other.closed_at')
        .whereNot('other.id', id)
        .where('theirs.organisation_id', db.ref('mine.organisation_id'))
        .select('other.id'),
    )
    .select('mine.organisation_id');

export const replaceOrganisations = async (
  db: Db,
  agentId: string,
  organisations: string[],
): Promise<void> => {
  await db<OrganisationRow>('agent_organisations').where({ agent_id: agentId }).delete();
  await db<OrganisationRow>('agent_organisations').insert(
    organisations.map((organisation_id) => ({ agent_id: agentId, organisation_id })),
  );
};

/** Ends them on the server: the next request of any of them is signed out. Answers how many there were. */
export const deleteSessionsOf = (db: Db, agentId: string, but?: string): Promise<number> => {
  let found = db<SessionRow>('agent_sessions').where({ agent_id: agentId });
  if (but !== undefined) found = found.whereNot({ id: but });
  return found.delete();
};

export const listSessionsOf = (db: Db, agentId: string): Promise<SessionRow[]> =>
  db<SessionRow>('agent_sessions').where({ agent_id: agentId }).orderBy('signed_in_at', 'desc');

/** The password in place of whatever was there; nothing is due any more. */
export const setPassword = async (db: Db, id: string, passwordHash: string): Promise<boolean> =>
  (await db<RosterRow>('agents')
    .where({ id })
    .whereNull('closed_at')
    .update({ password_hash: passwordHash, password_due_since: null })) === 1;

/** The same, unless somebody changed it since it was compared. */
export const exchangePassword = async (
  db: Db,
  id: string,
  { from, to }: { from: string; to: string },
): Promise<boolean> =>
  (await db<RosterRow>('agents')
    .where({ id, password_hash: from })
    .whereNull('closed_at')
    .update({ password_hash: to, password_due_since: null })) === 1;

export const noteSignIn = async (db: Db, id: string, at: string): Promise<void> => {
  await db<RosterRow>('agents').where({ id }).update({ last_signed_in_at: at });
};

export const readExperience = async (
  db: Db,
  id: string,
): Promise<Pick<RosterRow, 'experience' | 'site_id'> | undefined> =>
  db<RosterRow>('agents').where({ id }).first('experience', 'site_id');
