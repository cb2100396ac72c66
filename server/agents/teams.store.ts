import type { Db } from '../core/ctx.ts';

export type Place = { siteId: string | null; team: string | null };
export type Team = Place & { organisationId: string; siteName: string | null; agents: number };

export const findPlace = async (db: Db, agentId: string): Promise<Place | undefined> => {
  const row = (await db('agents').where({ id: agentId }).first('site_id', 'team')) as
    { site_id: string | null; team: string | null } | undefined;
  return row && { siteId: row.site_id, team: row.team };
};

/** How many agents of each of these organisations, print operators and auditors aside, work at each site and team. */
export const countTeams = async (db: Db, organisationIds: readonly string[]): Promise<Team[]> => {
  const rows = (await db('agents as a')
    .join('agent_organisations as o', 'o.agent_id', 'a.id')
    .leftJoin('sites as s', 's.id', 'a.site_id')
    .whereIn('o.organisation_id', [...organisationIds])
    .whereIn('a.role', ['agent', 'supervisor'])
    .whereNull('a.closed_at')
    .groupBy('o.organisation_id', 'a.site_id', 's.name', 'a.team')
    .orderBy(['s.name', 'a.team', 'o.organisation_id'])
    .select('o.organisation_id', 'a.site_id', 's.name', 'a.team', db.raw('count(*) as agents'))) as {
    organisation_id: string;
    site_id: string | null;
    name: string | null;
    team: string | null;
    agents: number | string;
  }[];
  return rows.map((row) => ({
    organisationId: row.organisation_id,
    siteId: row.site_id,
    siteName: row.name,
    team: row.team,
    agents: Number(row.agents),
  }));
};
