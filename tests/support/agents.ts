import { createAgent } from '../../server/agents/agents.service.ts';
import { systemVisit } from '../../server/core/perform.ts';
import type { Role } from '../../server/core/vocabulary.ts';
import type { Client } from './client.ts';
import { deskPassword, everyOrganisation, type TestServer } from './server.ts';

/** One more agent of the desk, signed in; without organisations named they work for all. */
export const hire = async (
  server: TestServer,
  username: string,
  role: Role,
  organisations?: string[],
): Promise<Client> => {
  const known = everyOrganisation(server.house);
  const agent = { username, name: `${username} de test`, role, password: deskPassword };
  const visit = systemVisit(server.house, 'tests', known);
  await createAgent(visit, { ...agent, organisations: organisations ?? known }, known);
  return server.anonymous().signIn(username, deskPassword);
};
