import { placeAgent } from '../../server/agents/placement.service.ts';
import { addSite } from '../../server/agents/sites.service.ts';
import { perform, systemVisit } from '../../server/core/perform.ts';
import type { NewSite } from '../../server/agents/sites.schema.ts';
import { everyOrganisation, type TestServer } from './server.ts';

const visitOf = ({ house }: TestServer) => systemVisit(house, 'tests', everyOrganisation(house));

/** Says where an agent works, or whose households are theirs. */
export const placed = async (server: TestServer, username: string, placement: object): Promise<void> => {
  const { id } = await server.house.pool('agents').where({ username }).first('id');
  await perform(visitOf(server), (ctx) => placeAgent(ctx, id as string, placement));
};

export const siteWith = (server: TestServer, name: string, hours: NewSite['hours']) =>
  addSite(visitOf(server), { name, hours });
