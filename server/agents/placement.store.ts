import type { Db } from '../core/ctx.ts';

export const kinds = ['self', 'relative'] as const;
export type Kin = (typeof kinds)[number];

type AgentRow = { id: string; site_id: string | null; team: string | null; version: number };
type RelativeRow = { agent_id: string; organisation_id: string; member_number: string; kind: Kin };

export type HouseholdKey = { organisationId: string; key: string };

export const readPlacement = async (
  db: Db,
  agentId: string,
): Promise<{ siteId: string | null; team: string | null } | undefined> => {
  const row = await db<AgentRow>('agents').where({ id: agentId }).first('site_id', 'team');
  return row && { siteId: row.site_id, team: row.team };
};

export const updatePlacement = async (
  db: Db,
  agentId: string,
  to: { siteId: string | null; team: string | null },
): Promise<void> => {
  await db<AgentRow>('agents')
    .where({ id: agentId })
    .update({
      site_id: to.siteId,
      team: to.team,
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

export const findKin = async (
  db: Db,
  agentId: string,
  { organisationId, key }: HouseholdKey,
): Promise<Kin | undefined> => {
  const household = { agent_id: agentId, organisation_id: organisationId, member_number: key };
  return (await db<RelativeRow>('agent_relatives').where(household).first('kind'))?.kind;
};
