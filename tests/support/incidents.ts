import type { BulkRequest } from '../../server/supervision/bulk.schema.ts';
import type { Incident } from '../../server/supervision/incidents.schema.ts';
import type { Answer, Client } from './client.ts';
import { deskPassword, type TestServer } from './server.ts';

export const organisation = 'mutuelle-agents-publics';

/** Opens an incident that was known when it began; a test names only what matters to it. */
export const openIncident = async (
  server: TestServer,
  client: Client,
  more: object = {},
): Promise<Incident> => {
  const at = server.clock.now().toISOString();
  const body = { kind: 'agent-misuse', organisationIds: [organisation], beganAt: at, knownAt: at, ...more };
  const opened = await client.post('/api/incidents', body);
  if (opened.status !== 201) throw new Error(`Opening an incident answered ${opened.status}.`);
  return opened.body as Incident;
};

export const approve = (
  client: Client,
  { id, version }: Pick<BulkRequest, 'id' | 'version'>,
): Promise<Answer> => client.post(`/api/bulk-requests/${id}/approve`, { version, password: deskPassword });

/** Types and data of the events about this id, in their order. */
export const eventsAbout = async (
  { house }: TestServer,
  id: string,
): Promise<{ type: string; memberId: string | null; data: Record<string, unknown> }[]> =>
  (await house.pool('audit_events').whereLike('payload', `%${id}%`).orderBy('seq')).map((row) => ({
    type: row.type,
    memberId: row.member_id,
    data: JSON.parse(row.payload).data,
  }));
