import type { TestServer } from './server.ts';

/** The agent among the five of « Accueil » at Nantes, five more of no team there, two of « Relais »; a site of nobody. */
export const placeAgents = async ({ house }: TestServer): Promise<{ nantes: string; empty: string }> => {
  const { pool, random, clock } = house;
  const at = clock().toISOString();
  const site = async (name: string): Promise<string> => {
    const id = random.id();
    await pool('sites').insert({ id, name, hours: '[]', created_at: at });
    return id;
  };
  const [nantes, empty] = [await site('Nantes'), await site('Nulle-Part')];

  const agent = await pool('agents').where({ username: 'agent' }).first();
  const organisations = await pool('agent_organisations')
    .where({ agent_id: agent.id })
    .select('organisation_id');
  await pool('agents').where({ id: agent.id }).update({ site_id: nantes, team: 'Accueil' });
  const others = [
    ...Array<string>(4).fill('Accueil'),
    ...Array<string>(2).fill('Relais'),
    '',
    '',
    '',
    '',
    '',
  ];
  for (const [n, team] of others.entries()) {
    const id = random.id();
    const name = { username: `extra-${n}`, name: `Extra ${n}` };
    await pool('agents').insert({ ...agent, id, ...name, site_id: nantes, team: team || null });
    await pool('agent_organisations').insert(
      organisations.map(({ organisation_id }) => ({ agent_id: id, organisation_id })),
    );
  }
  return { nantes, empty };
};
