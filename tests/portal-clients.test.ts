import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../server/cli.ts';
import { systemVisit } from '../server/core/perform.ts';
import { readEnv } from '../server/env.ts';
import { addPortalClient, revokePortalClient } from '../server/portal/portal-clients.service.ts';
import type { Answer } from './support/client.ts';
import { buildHolder, type Built } from './support/holders.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const organisation = 'mutuelle-agents-publics';
const portal = `/portal/api/${organisation}`;

describe.each(databases)('an organisation’s own server on %s', (engine) => {
  let server: TestServer;
  let member: Built;
  let key: string;
  beforeAll(async () => {
    server = await startServer(engine);
    member = await buildHolder(server, { password: 'Tilleul+2026!' });
    key = await newKey();
  });
  afterAll(() => server.stop());

  const visit = () => systemVisit(server.house, 'tests', []);
  const newKey = async (of = organisation): Promise<string> =>
    (await addPortalClient(visit(), of, 'le portail')).key.expose();
  /** As a program would: no anti-robot step, no cookie. */
  const knock = (headers: Record<string, string>, password = 'Tilleul+2026!'): Promise<Answer> =>
    server
      .anonymous()
      .send('POST', `${portal}/sign-in`, { identifier: member.identifier, password }, headers);
  const keyed = (shown = key) => ({ authorization: `Bearer ${shown}`, 'x-member-address': '203.0.113.7' });
  /** The block of addresses whose guesses were counted. */
  const blocksOf = async (holder: Built): Promise<string[]> => {
    const prefix = `account:${holder.accountId}:temporary:`;
    const rows = await server.house.pool('attempt_counters').where('id', 'like', `${prefix}%`);
    return rows.map(({ id }) => (id as string).slice(prefix.length).replace(/:\d{4}-\d\d-\d\d$/, ''));
  };
  const guess = async (headers: Record<string, string>): Promise<string[]> => {
    const other = await buildHolder(server, {});
    const body = { identifier: other.identifier, password: '0000-0000-00000' };
    const client = server.anonymous();
    const proofOfWork = await client.work(portal);
    await client.send('POST', `${portal}/sign-in`, { ...body, proofOfWork }, headers);
    return blocksOf(other);
  };

  test('signs a member in with its key, from anywhere and without the anti-robot step', async () => {
    const answer = await knock({
      ...keyed(),
      origin: 'https://portail.example',
      'sec-fetch-site': 'cross-site',
    });

    expect(answer).toMatchObject({ status: 200, body: { status: 'signed-in' } });
  });

  test('without its key it is like anybody else', async () => {
    const withoutWork = await knock({});
    const fromElsewhere = await knock({ origin: 'https://portail.example' });

    expect(withoutWork.status).toBe(400);
    expect(fromElsewhere.status).toBe(403);
  });

  test('passes the member’s network address, which budgets count', async () => {
    const blocks = await guess({ authorization: `Bearer ${key}`, 'x-member-address': '203.0.113.77' });

    expect(blocks).toEqual(['203.0.113']);
  });

  test('an address that anybody passes without a key is not believed', async () => {
    expect(await guess({ 'x-member-address': '203.0.113.77' })).toEqual(['127.0.0']);
  });

  test('without the member’s address it reads what concerns no member, and does nothing', async () => {
    const headers = { authorization: `Bearer ${key}` };
    const asked = { path: 'forgotten', identifier: member.identifier };
    const counted = await server.house.pool('attempt_counters').count({ n: '*' });
    const spent = await server.house.pool('budgets').count({ n: '*' });

    const answers = [
      await knock(headers),
      await server.anonymous().send('POST', `${portal}/recoveries`, asked, headers),
      await server.anonymous().send('POST', `${portal}/links`, { token: 'x' }, headers),
      await server.anonymous().send('PUT', `${portal}/contacts`, { contacts: {} }, headers),
    ];

    for (const { status, body } of answers) {
      expect(status).toBe(400);
      expect([body.message, body.errors['X-Member-Address']].join()).toMatch(
        /X-Member-Address.*X-Member-Add/,
      );
    }
    expect(await server.house.pool('attempt_counters').count({ n: '*' })).toEqual(counted);
    expect(await server.house.pool('budgets').count({ n: '*' })).toEqual(spent);
    for (const page of ['description', 'challenge']) {
      expect((await server.anonymous().get(`${portal}/${page}`, headers)).status).toBe(200);
    }
  });

  test('an address that is none is refused', async () => {
    const answer = await knock({ authorization: `Bearer ${key}`, 'x-member-address': 'localhost' });

    expect(answer).toMatchObject({
      status: 400,
      body: { errors: { 'X-Member-Address': expect.any(String) } },
    });
  });

  test('a wrong, a foreign and a revoked key are refused before anything else', async () => {
    const foreign = await newKey('safiag');
    const { id, key: revoked } = await addPortalClient(visit(), organisation, 'l’ancien portail');
    await revokePortalClient(visit(), id);
    const counted = await server.house.pool('attempt_counters').count({ n: '*' });

    for (const wrong of ['portal_nothing', foreign, revoked.expose()]) {
      expect((await knock(keyed(wrong))).status).toBe(401);
    }
    expect((await knock(keyed())).status).toBe(200);
    expect(await server.house.pool('attempt_counters').count({ n: '*' })).toEqual(counted);
  });

  test('opens nothing of the desk, and stands nowhere as it is', async () => {
    const desk = await server.anonymous().get('/api/me', { authorization: `Bearer ${key}` });
    const rows = JSON.stringify(await server.house.pool('portal_clients'));

    expect(desk.status).toBe(401);
    expect(rows).not.toContain(key);
    expect(server.logged.join('\n')).not.toContain(key);
  });

  test('its keys are made, listed and revoked from the command line', async () => {
    const env = readEnv({
      DATABASE_URL: server.databaseUrl,
      DATA_DIR: server.directory,
      LOG_LEVEL: 'silent',
    });
    const run = async (...args: string[]) => {
      const lines: string[] = [];
      const say = (line: string): void => void lines.push(line);
      const input = (async function* () {
        yield Buffer.from('');
      })();
      const code = await runCli(['portal-client', ...args], env, { out: say, err: say, input });
      return { code, out: lines.join('\n') };
    };

    const added = await run('add', organisation, 'Portail 2026');
    const made = /portal_[\w-]{43}/.exec(added.out)?.[0] ?? '';
    const id = /La clé (\S+) est faite/.exec(added.out)?.[1] ?? '';
    const listed = await run('list');
    const before = await knock(keyed(made));
    const revoked = await run('revoke', id);
    const after = await knock(keyed(made));

    expect([added.code, listed.code, revoked.code]).toEqual([0, 0, 0]);
    expect(listed.out).toContain('Portail 2026');
    expect(listed.out).not.toContain(made);
    expect([before.status, after.status]).toEqual([200, 401]);
    expect((await run('list')).out).toMatch(/Portail 2026.*révoquée/);
    expect((await run('revoke', id)).code).toBe(1);
    expect((await run('add', 'nowhere', 'Portail')).code).toBe(2);
  });
});
