import type { AgentPage, Invited } from '../../server/agents/roster.schema.ts';
import type { Answer, Client } from './client.ts';
import { deskPassword, type TestServer } from './server.ts';

export const proof = { password: deskPassword };
/** A password that is one. */
export const phrase = 'quatre-mots-sans-rapport-aucun';

/** What an administrator does to accounts, each as it stands; by the usual one unless another client is named. */
export const roster = (server: () => TestServer) => {
  const admin = () => server().as('administrator');
  const row = (username: string) => server().house.pool('agents').where({ username }).first();
  const idOf = async (username: string): Promise<string> => (await row(username)).id;
  return {
    row,
    idOf,
    pageOf: async (username: string): Promise<AgentPage> =>
      (await (await admin()).get(`/api/agents/${await idOf(username)}`)).body,
    change: async (username: string, body: object, client?: Client): Promise<Answer> => {
      const { id, version } = await row(username);
      return (client ?? (await admin())).patch(`/api/agents/${id}`, { version, ...body });
    },
    act: async (username: string, name: string, body: object = {}, client?: Client): Promise<Answer> => {
      const { id, version } = await row(username);
      return (client ?? (await admin())).post(`/api/agents/${id}/${name}`, { version, ...body });
    },
    make: async (body: object, client?: Client): Promise<Answer> => {
      const account = { name: 'Une Personne', role: 'agent', organisations: ['mgen'] };
      return (client ?? (await admin())).post('/api/agents', { ...account, ...proof, ...body });
    },
    /** What the chain holds about an account, in order. */
    eventsOf: async (username: string) => {
      const id = await idOf(username);
      const rows = await server().house.pool('audit_events').whereLike('payload', `%${id}%`).orderBy('seq');
      return rows
        .map((one) => ({ type: one.type as string, data: JSON.parse(one.payload).data }))
        .filter(({ data }) => data.agentId === id);
    },
    accept: (token: string, password = phrase): Promise<Answer> =>
      server().anonymous().post('/api/invitations/accept', { token, password }),
  };
};

export const tokenIn = ({ link }: Invited): string => link.split('/').at(-1) ?? '';
