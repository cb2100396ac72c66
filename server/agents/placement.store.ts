import type { Db } from '../core/ctx.ts';
import type { Role } from '../core/vocabulary.ts';

export const kinds = ['self', 'relative'] as const;
export type Kin = (typeof kinds)[number];

type AgentRow = {
  id: string;
  role: Role;
  site_id: string | null;
  team: string | null;
  email: string | null;
  closed_at: string | null;
  version: number;
};
type OrganisationRow = { agent_id: string; organisation_id: string };
type RelativeRow = { agent_id: string; organisation_id: string; member_number: string; kind: Kin };

export type HouseholdKey = { organisationId: string; key: string };

type Placed = { siteId: string | null; team: string | null; email: string | null };

export const readPlacement = async (db: Db, agentId: string): Promise<Placed | undefined> => {
  const row = await db<AgentRow>('agents').where({ id: agentId }).first('site_id', 'team', 'email');
  return row && { siteId: row.site_id, team: row.team, email: row.email };
};

export const updatePlacement = async (db: Db, agentId: string, to: Placed): Promise<void> => {
  await db<AgentRow>('agents')
    .where({ id: agentId })
    .update({
      site_id: to.siteId,
      team: to.team,
      email: to.email,
      version: db.raw('version + 1') as unknown as number,
    });
};

/** Replaces an agent's households of one kind. One that is both their own and a relative's is their own. */
export const replaceHouseholds = async (
  db: Db,
  agentId: string,
  kind: Kin,
  households: HouseholdKey[],
): Promise<void> => {
  await db<RelativeRow>('agent_relatives').where({ agent_id: agentId, kind }).delete();
  for (const { organisationId, key } of households) {
    const inserted = db<RelativeRow>('agent_relatives')
      .insert({ agent_id: agentId, organisation_id: organisationId, member_number: key, kind })
      .onConflict(['agent_id', 'organisation_id', 'member_number']);
    await (kind === 'self' ? inserted.merge({ kind }) : inserted.ignore());
  }
};

export const countHouseholds = async (db: Db, agentId: string): Promise<number> => {
  const row = await db<RelativeRow>('agent_relatives').where({ agent_id: agentId }).count({ n: '*' }).first();
  return Number((row as { n: number | string } | undefined)?.n ?? 0);
};

export const listHouseholds = async (db: Db, agentId: string): Promise<(HouseholdKey & { kind: Kin })[]> => {
  const rows = await db<RelativeRow>('agent_relatives')
    .where({ agent_id: agentId })
    .orderBy(['organisation_id', 'member_number']);
  return rows.map((row) => ({ organisationId: row.organisation_id, key: row.member_number, kind: row.kind }));
};

export const findKin = async (
  db: Db,
  agentId: string,
  { organisationId, key }: HouseholdKey,
): Promise<Kin | undefined> => {
  const household = { agent_id: agentId, organisation_id: organisationId, member_number: key };
  return (await db<RelativeRow>('agent_relatives').where(household).first('kind'))?.kind;
};

export type ToTell = { id: string; email: string };

export const listSupervisorsToTell = async (db: Db, organisationId: string): Promise<ToTell[]> => {
  const rows = await db<AgentRow>('agents')
    .whereIn(
      'id',
      db<OrganisationRow>('agent_organisations')
        .where({ organisation_id: organisationId })
        .select('agent_id'),
    )
    .where({ role: 'supervisor' })
    .whereNull('closed_at')
    .whereNotNull('email')
    .orderBy('id')
    .select('id', 'email');
  return rows.map(({ id, email }) => ({ id, email: email ?? '' }));
};
