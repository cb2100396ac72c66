import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runCli } from '../server/cli.ts';
import { systemVisit } from '../server/core/perform.ts';
import { addTelephonyClient, revokeTelephonyClient } from '../server/desk/telephony-clients.service.ts';
import { readEnv } from '../server/env.ts';
import { sweep } from '../server/sweep.ts';
import { currentCall } from './support/calls.ts';
import type { Client } from './support/client.ts';
import { contact, person, save } from './support/people.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

const number = '06 12 34 56 78';
const path = '/api/telephony/incoming-calls';

describe.each(databases)('a telephone system on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let key: string;
  beforeAll(async () => {
    server = await startServer(engine);
    key = (await addTelephonyClient(visit(), 'le standard')).key.expose();
    const mobile = contact('mobile', '+33612345678');
    await save(server.house, [
      person({ usualName: 'Martin', firstName: 'Léa', contacts: [mobile] }),
      person({ usualName: 'Martin', firstName: 'Paul', contacts: [mobile] }),
      person({ usualName: 'Autre', organisationId: 'mutuelle-imaginaire', contacts: [mobile] }),
      person({ usualName: 'Brown', firstName: 'Emma', contacts: [contact('mobile', '+447911123456')] }),
      person({ usualName: 'Faux', memberNumber: '0612345678' }),
    ]);
  });
  beforeEach(async () => {
    agent = await server.anonymous().signIn('agent', deskPassword);
  });
  afterAll(() => server.stop());

  const visit = () => systemVisit(server.house, 'tests', []);
  const announce = (body: object, shown = key) =>
    server.anonymous().post(path, body, { authorization: `Bearer ${shown}` });
  const idOf = async (body: object): Promise<string> =>
    /#\/incoming\/([\w-]+)$/.exec((await announce(body)).body.address as string)?.[1] ?? 'no address';
  const open = (id: string, client = agent) => client.get(`/api/incoming-calls/${id}`);

  test('posts a number with its key and gets an opaque address, which alone is kept in clear', async () => {
    const answer = await announce({ number });

    expect(answer.status).toBe(201);
    expect(answer.body.address).toMatch(/^http:\/\/localhost:3000\/#\/incoming\/[\w-]{36}$/);
    const rows = JSON.stringify([
      await server.house.pool('incoming_calls'),
      await server.house.pool('telephony_clients'),
      await server.house.pool('audit_events').where({ type: 'incoming-call.received' }),
    ]);
    for (const secret of ['12345678', '12 34 56 78', key]) {
      expect(rows).not.toContain(secret);
      expect(server.logged.join('\n')).not.toContain(secret);
    }
  });

  test('whoever picks up sees the members who have the number, and no others', async () => {
    const { status, body } = await open(await idOf({ number }));

    expect(status).toBe(200);
    const names = body.members.map(({ lastName, firstName }: Record<string, string>) => [
      lastName,
      firstName,
    ]);
    expect(names).toEqual([
      ['Autre', 'Jeanne'],
      ['Martin', 'Léa'],
      ['Martin', 'Paul'],
    ]);
    expect(body).toMatchObject({ more: false, note: null });
    expect(body.members[0]).toMatchObject({ headline: 'no-account' });
    expect(JSON.stringify(body)).not.toContain('12345678');
  });

  test('it is a search in the agent’s call: the same digest, and nobody is known to speak', async () => {
    await open(await idOf({ number }));
    await agent.post('/api/members/search', { filter: { q: number } });

    const call = await currentCall(agent);
    const [rung, typed] = await server.house
      .pool('audit_events')
      .where({ type: 'member.searched', call_id: call?.id })
      .orderBy('seq', 'desc')
      .limit(2);
    const query = (row: { payload: string }) => JSON.parse(row.payload).data.query as string;
    expect(query(rung)).toBe(query(typed));
    expect(call).toMatchObject({ channel: 'telephone', caller: 'unsaid' });
  });

  test('an agent of one organisation sees that organisation’s members', async () => {
    const stranger = await server.anonymous().signIn('stranger', deskPassword);

    const { body } = await open(await idOf({ number }), stranger);

    expect(body.members.map((one: { lastName: string }) => one.lastName)).toEqual(['Autre']);
  });

  test.each([
    ['withheld', 'anonymous', /masque/],
    ['empty', '', /masque/],
    ['foreign, whoever has it', '+44 7911 123456', /étranger/],
    ['no number at all', '3900', /ne se lit pas/],
    ['nobody’s', '06 98 76 54 32', /n’a ce numéro/],
  ])('a number that is %s suggests nobody, in words', async (_what, shown, note) => {
    const { status, body } = await open(await idOf({ number: shown }));

    expect(status).toBe(200);
    expect(body.members).toEqual([]);
    expect(body.note).toMatch(note);
  });

  test('for a quarter of an hour; then it is like one that never was, and is swept', async () => {
    const id = await idOf({ number });
    server.clock.advance(14);
    expect((await open(id)).status).toBe(200);

    server.clock.advance(1);
    const [over, never] = [await open(id), await open('nobody')];
    await sweep(server.house);

    expect(over).toMatchObject({ status: 404, body: never.body });
    expect(await server.house.pool('incoming_calls').where({ id })).toEqual([]);
  });

  test('an agent who is named is the only one who may open it', async () => {
    const id = await idOf({ number, username: 'AGENT' });
    const colleague = await server.anonymous().signIn('colleague', deskPassword);

    const theirs = await open(id, colleague);

    expect(theirs).toMatchObject({ status: 404, body: (await open('nobody', colleague)).body });
    expect((await open(id)).status).toBe(200);
    expect(await announce({ number, username: 'nobody' })).toMatchObject({
      status: 400,
      body: { errors: { username: expect.any(String) } },
    });
  });

  test('a wrong, a revoked and no key are refused, and nothing is kept', async () => {
    const { id, key: revoked } = await addTelephonyClient(visit(), 'l’ancien');
    await revokeTelephonyClient(visit(), id);
    const before = await server.house.pool('incoming_calls').count({ n: '*' });

    for (const wrong of ['telephony_nothing', revoked.expose()]) {
      expect((await announce({ number }, wrong)).status).toBe(401);
    }
    expect((await server.anonymous().post(path, { number })).status).toBe(401);
    expect(await server.house.pool('incoming_calls').count({ n: '*' })).toEqual(before);
  });

  test('the address is for those who search members, signed in', async () => {
    const id = await idOf({ number });
    const printRoom = await server.anonymous().signIn('print-operator', deskPassword);

    expect((await open(id, printRoom)).status).toBe(403);
    expect((await open(id, server.anonymous())).status).toBe(401);
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
      const code = await runCli(['telephony-client', ...args], env, { out: say, err: say, input });
      return { code, out: lines.join('\n') };
    };

    const added = await run('add', 'Standard 2026');
    const made = /telephony_[\w-]{43}/.exec(added.out)?.[0] ?? '';
    const id = /La clé (\S+) est faite/.exec(added.out)?.[1] ?? '';
    const listed = await run('list');
    const before = await announce({ number }, made);
    const revoked = await run('revoke', id);
    const after = await announce({ number }, made);

    expect([added.code, listed.code, revoked.code]).toEqual([0, 0, 0]);
    expect(listed.out).toContain('Standard 2026');
    expect(listed.out).not.toContain(made);
    expect([before.status, after.status]).toEqual([201, 401]);
    expect((await run('list')).out).toMatch(/Standard 2026.*révoquée/);
    expect((await run('revoke', id)).code).toBe(1);
    expect((await run('add', '<script>')).code).toBe(2);
  });
});
