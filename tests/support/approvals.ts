import { createAgent } from '../../server/agents/agents.service.ts';
import { systemVisit } from '../../server/core/perform.ts';
import { pageOf } from './callers.ts';
import type { Answer, Client } from './client.ts';
import type { Built } from './holders.ts';
import { deskPassword, everyOrganisation, type TestServer } from './server.ts';

export type Request = { id: string; version: number; memberId: string };

/** Asks a second person for an act on the account as it is. */
export const askFor = async (client: Client, { id }: Pick<Built, 'id'>, asked: object): Promise<Answer> => {
  const { version = 1 } = await pageOf(client, { id });
  return client.post(`/api/members/${id}/approvals`, { version, ...asked });
};

/** The same, where it must be taken; answers the request. */
export const asked = async (client: Client, member: Pick<Built, 'id'>, act: object): Promise<Request> => {
  const { status, body } = await askFor(client, member, act);
  if (status !== 201) throw new Error(`Asking a second person answered ${status}: ${body.message}`);
  return body as Request;
};

export const end = (
  client: Client,
  how: 'approve' | 'refuse' | 'withdraw',
  { id, version }: Request,
  more: object = {},
): Promise<Answer> => client.post(`/api/approvals/${id}/${how}`, { version, ...more });

/** What is kept of a request. */
export const rowOf = (server: TestServer, { id }: Request) =>
  server.house.pool('approvals').where({ id }).first();

/** What is owed to a member, by kind. */
export const owedTo = async (server: TestServer, { id }: Pick<Built, 'id'>): Promise<string[]> =>
  (await server.house.pool('callbacks').where({ member_id: id })).map(({ kind }) => kind as string);

/** A supervisor more than every test server has. */
export const anotherSupervisor = async (server: TestServer, username: string): Promise<Client> => {
  const organisations = everyOrganisation(server.house);
  const visit = systemVisit(server.house, 'tests', organisations);
  const agent = { username, name: `${username} de test`, role: 'supervisor' as const, organisations };
  await createAgent(visit, { ...agent, password: deskPassword }, organisations);
  return server.anonymous().signIn(username, deskPassword);
};
