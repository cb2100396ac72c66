import type { Client } from './client.ts';
import type { TestServer } from './server.ts';

/** A call as the API answers it; a test reads what matters to it. */
export type ApiCall = {
  id: string;
  memberId: string | null;
  version: number;
  channel: string;
  caller: string;
};

/** The member of a telephone call speaks, unless it is said otherwise. */
export const openCall = async (client: Client, more: object = {}): Promise<ApiCall> =>
  (await client.post('/api/calls', { channel: 'telephone', caller: 'member', ...more })).body as ApiCall;

export const endCall = (client: Client, call: ApiCall, end: object = { ended: true }) =>
  client.patch(`/api/calls/${call.id}`, { ...end, version: call.version });

export const currentCall = async (client: Client): Promise<ApiCall | null> =>
  (await client.get('/api/calls/current')).body.call as ApiCall | null;

export const callRow = (server: TestServer, id: string) => server.house.pool('calls').where({ id }).first();

/** The events of one call in the order they happened, with their data. */
export const eventsOfCall = async (server: TestServer, callId: string): Promise<[string, object][]> => {
  const rows = await server.house.pool('audit_events').where({ call_id: callId }).orderBy('seq');
  return rows.map(({ type, payload }) => [type as string, JSON.parse(payload as string).data as object]);
};
