import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alertsAbout, choosePassword, leftOf, sheets, signInWith } from './support/returns.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('a letter that comes back while something else happens to it, on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  const post = async (path: string, body: object) => (await server.as('print-operator')).post(path, body);
  const returned = (body: object) => post('/api/returns', { reason: 'unclaimed', ...body });
  const one = async (more: Parameters<typeof sheets>[2] = {}) => {
    const [sheet] = await sheets(server, [{}], more);
    if (!sheet) throw new Error('No letter.');
    return sheet;
  };
  const both = async <A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> => Promise.all([a, b]);

  test('two scans of one letter: one return, one paper to destroy', async () => {
    for (let round = 0; round < 5; round += 1) {
      const sheet = await one();

      const answers = await both(returned({ code: sheet.code }), returned({ reference: sheet.reference }));

      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await leftOf(server, sheet)).toMatchObject({
        destructions: 1,
        outgoing: ['address-doubtful'],
      });
    }
  });

  test('its password is used: used and told to a supervisor, or dead and used by nobody', async () => {
    for (let round = 0; round < 8; round += 1) {
      const sheet = await one();
      const { client } = await signInWith(server, sheet);

      const [came, chosen] = await both(returned({ code: sheet.code }), choosePassword(client, sheet));

      expect(came.status).toBe(200);
      const wasUsed = chosen.status === 200;
      expect(await leftOf(server, sheet)).toMatchObject({
        state: 'returned',
        password: wasUsed ? 'dead used' : 'dead returned',
      });
      expect(await alertsAbout(server, sheet)).toEqual(wasUsed ? ['used-letter-returned'] : []);
      const account = await server.house.pool('accounts').where({ id: sheet.accountId }).first();
      expect(account.password_hash !== null).toBe(wasUsed);
      if (!wasUsed) expect(chosen.status).toBe(409);
    }
  });

  test('its lot is declared deposited: refused and alive, or brought back and dead', async () => {
    for (let round = 0; round < 5; round += 1) {
      const sheet = await one({ state: 'counted' });

      const [came, deposit] = await both(
        returned({ code: sheet.code }),
        post(`/api/lots/${sheet.lotId}/deposit`, { version: 1 }),
      );

      expect(deposit.status).toBe(200);
      const { state, password } = await leftOf(server, sheet);
      expect([came.status, state, password]).toEqual(
        came.status === 200 ? [200, 'returned', 'dead returned'] : [422, 'deposited', 'live'],
      );
    }
  });
});
