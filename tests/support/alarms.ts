import { runAlarms } from '../../server/supervision/alarms-worker.ts';
import type { Alarm } from '../../server/supervision/alarms.schema.ts';
import { moveTo, wednesday, type AccountName, type TestServer } from './server.ts';

export type Standing = [kind: string, subject: string, count: number];

/** The alarms of one test server, as its supervisor sees them. */
export const alarmsOf = (server: () => TestServer) => {
  const pool = () => server().house.pool;
  const at = (iso: string): Promise<void> => moveTo(server(), iso);
  const list = async (filter: object = {}, account: AccountName = 'supervisor'): Promise<Alarm[]> => {
    const query = `filter=${encodeURIComponent(JSON.stringify(filter))}&sort=["raisedAt","ASC"]`;
    return (await (await server().as(account)).get(`/api/alarms?${query}`)).body;
  };
  const standing = async (): Promise<Standing[]> =>
    (await list({ open: true })).map(({ kind, subject, count }) => [kind, subject, count]);

  return {
    at,
    list,
    standing,
    /** What stands once the worker has passed at this moment. */
    passAt: async (iso: string): Promise<Standing[]> => {
      await at(iso);
      await runAlarms(server().house);
      return standing();
    },
    /** What events of this type said last. */
    lastEvent: async (type: string): Promise<unknown> => {
      const [row] = await pool()('audit_events').where({ type }).orderBy('seq', 'desc').limit(1);
      return row && JSON.parse(row.payload).data;
    },
    /** Nothing stands, or will, of what other tests left. */
    clear: async (): Promise<void> => {
      await pool()('letters').update({ state: 'cancelled' });
      await pool()('lots').update({ state: 'deposited', deposited_at: '2026-01-01T00:00:00.000Z' });
      await pool()('destructions').update({ witnessed_at: wednesday });
      for (const table of ['test_letters', 'alarm_tellings', 'alarms']) await pool()(table).delete();
      await at(wednesday);
    },
  };
};
