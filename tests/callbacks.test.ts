import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callbackKinds, type Callback } from '../server/calls/callbacks.schema.ts';
import { oweCallback, type Owed } from '../server/calls/owing.service.ts';
import { perform, systemVisit } from '../server/core/perform.ts';
import type { Answer } from './support/client.ts';
import { buildHolder, eventsOf, type Built } from './support/holders.ts';
import {
  databases,
  deskPassword,
  everyOrganisation,
  startServer,
  wednesday,
  type TestServer,
} from './support/server.ts';

describe.each(databases)('what somebody owes a member on %s', (engine) => {
  let server: TestServer;
  let member: Built;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    server.clock.set(wednesday);
    await server.house.pool('callbacks').delete();
    await server.house.pool('agents').update({ team: null });
    member = await buildHolder(server);
  });

  const as = (account: string) => server.anonymous().signIn(account, deskPassword);
  const inHours = (hours: number) => new Date(server.clock.now().getTime() + hours * 3_600_000);
  const promise = async (more: object = {}, account = 'agent'): Promise<Answer> =>
    (await as(account)).post('/api/callbacks', {
      memberId: member.id,
      dueAt: inHours(2).toISOString(),
      note: 'Demande si son courrier est parti',
      ...more,
    });
  const owe = (more: Partial<Owed> = {}) =>
    perform(systemVisit(server.house, 'tests', everyOrganisation(server.house)), (ctx) =>
      oweCallback(ctx, {
        organisationId: member.organisation,
        memberId: member.id,
        kind: 'missed-promise',
        subject: ctx.newId(),
        dueAt: inHours(1),
        ...more,
      }),
    );
  const act = async (callback: Callback, name: 'take' | 'done', body: object = {}, account = 'agent') =>
    (await as(account)).post(`/api/callbacks/${callback.id}/${name}`, { version: callback.version, ...body });
  const list = async (filter: object = {}, account = 'agent', sort = 'ASC'): Promise<Answer> =>
    (await as(account)).get(
      `/api/callbacks?filter=${encodeURIComponent(JSON.stringify(filter))}&sort=["dueAt","${sort}"]&range=[0,49]`,
    );
  const idsIn = ({ body }: Answer): string[] => body.map(({ id }: Callback) => id);
  const row = (id: string) => server.house.pool('callbacks').where({ id }).first();
  const setTeam = (username: string, team: string) =>
    server.house.pool('agents').where({ username }).update({ team });
  const events = async () =>
    (await eventsOf(server, member.id)).filter((type) => type.startsWith('callback'));

  test('a promised call is its agent’s, in their open call, and recorded without its note', async () => {
    await setTeam('agent', 'Équipe A');
    const agent = await as('agent');
    const call = (await agent.post('/api/calls', { channel: 'telephone', caller: 'member' })).body;

    const promised = await agent.post('/api/callbacks', {
      memberId: member.id,
      dueAt: inHours(2).toISOString(),
      note: 'Demande si son courrier est parti',
      callId: call.id,
    });

    expect(promised).toMatchObject({
      status: 201,
      body: {
        kind: 'promised-call',
        what: 'Rappel promis',
        ownerName: 'agent de test',
        team: 'Équipe A',
        note: 'Demande si son courrier est parti',
        dueAt: inHours(2).toISOString(),
        overdue: false,
        doneAt: null,
        version: 1,
      },
    });
    expect(await row(promised.body.id)).toMatchObject({ call_id: call.id, created_by: call.agentId });
    const [event] = await server.house
      .pool('audit_events')
      .where({ call_id: call.id, type: 'callback.owed' });
    expect(event).toMatchObject({ member_id: member.id, organisation_id: member.organisation });
    expect(event.payload).not.toContain('courrier');
  });

  test('two promises to one member are two calls', async () => {
    await promise();
    await promise();

    expect(idsIn(await list())).toHaveLength(2);
  });

  test.each([
    ['past', -0.01, 'passé'],
    ['more than 30 days away', 30 * 24 + 1, '30 jours'],
  ])('a promise for a moment that is %s is refused in its field', async (_when, hours, words) => {
    const refused = await promise({ dueAt: inHours(hours).toISOString() });

    expect(refused.status).toBe(400);
    expect(refused.body.errors.dueAt).toContain(words);
    expect(await events()).toEqual([]);
  });

  test('a promise cannot be noted with a telephone number, nor in a call that has ended', async () => {
    const number = await promise({ note: 'rappeler au 06 39 98 01 02' });
    const sensitive = await promise({ note: 'sort de l’hôpital vendredi' });
    const confirmed = await promise({ note: 'sort de l’hôpital vendredi', confirmed: true });
    const ended = await promise({ callId: 'nobody' });

    expect(number).toMatchObject({ status: 400, body: { errors: { note: expect.any(String) } } });
    expect(sensitive).toMatchObject({ status: 422, body: { rule: 'note-sensitive' } });
    expect(confirmed.status).toBe(201);
    expect(ended).toMatchObject({ status: 409 });
    expect(await events()).toEqual(['callback.owed']);
  });

  test('the same thing is owed once, even after it was done', async () => {
    const first = await owe({ subject: 'letter-1' });
    if (!first) throw new Error('It was not written.');
    await act((await list()).body[0], 'done', { outcome: 'reached' });

    // Nothing to record: the act is rolled back, and its own caller would go on.
    await expect(owe({ subject: 'letter-1' })).rejects.toThrow('must record');
    await owe({ subject: 'letter-1', kind: 'undeliverable' });

    expect(await server.house.pool('callbacks').where({ subject: 'letter-1' })).toHaveLength(2);
  });

  test('each kind has its words, in both languages', async () => {
    for (const kind of callbackKinds) await owe({ kind });

    const french = (await list()).body.map(({ what }: Callback) => what);
    const english = await (await as('agent')).get('/api/callbacks', { 'accept-language': 'en' });
    expect(new Set(french).size).toBe(callbackKinds.length);
    expect(english.body.map(({ what }: Callback) => what)).not.toContain(french[0]);
  });

  test('an agent finds their team’s, what no team has, and their own; a supervisor all of their organisations’', async () => {
    await setTeam('agent', 'A');
    const { id: me } = (await (await as('agent')).get('/api/me')).body;
    const ours = await owe({ team: 'A', dueAt: inHours(1) });
    const nobodys = await owe({ dueAt: inHours(2) });
    const theirs = await owe({ team: 'B', dueAt: inHours(3) });
    const mine = await owe({ team: 'B', ownerId: me, dueAt: inHours(4) });
    const ids = (...rows: ({ id: string } | undefined)[]) => rows.map((one) => one?.id);

    expect(idsIn(await list())).toEqual(ids(ours, nobodys, mine));
    expect(idsIn(await list({}, 'colleague'))).toEqual(ids(nobodys));
    expect(idsIn(await list({}, 'supervisor'))).toEqual(ids(ours, nobodys, theirs, mine));
    expect(idsIn(await list({}, 'stranger'))).toEqual([]);
    expect(idsIn(await list({ team: 'B' }, 'supervisor', 'DESC'))).toEqual(ids(mine, theirs));
    expect(idsIn(await list({ team: 'B' }, 'colleague'))).toEqual([]);
    expect(idsIn(await list({ mine: true }))).toEqual(ids(mine));
    expect(idsIn(await list({ mine: false }))).toEqual(ids(ours, nobodys));
  });

  test('is filtered by state, member, organisation and lateness; the looking is recorded', async () => {
    const late = await owe({ dueAt: inHours(-1) });
    const ahead = await owe({ dueAt: inHours(1) });
    const other = await buildHolder(server, { organisationId: 'mgen' });
    await owe({ memberId: other.id, organisationId: 'mgen' });
    await act((await list({ memberId: other.id })).body[0], 'done', { outcome: 'no-longer-needed' });

    const overdue = await list({ overdue: true });
    expect(overdue.headers.get('content-range')).toBe('callbacks 0-0/1');
    expect(overdue.body).toMatchObject([{ id: late?.id, overdue: true }]);
    expect(idsIn(await list({ overdue: false, state: 'open' }))).toEqual([ahead?.id]);
    expect((await list({ state: 'done' })).body).toMatchObject([
      { memberId: other.id, outcome: 'no-longer-needed', doneByName: 'agent de test' },
    ]);
    expect(idsIn(await list({ organisationId: 'mgen', state: 'open' }))).toEqual([]);
    expect(idsIn(await list({ memberId: member.id }))).toEqual([late?.id, ahead?.id]);
    const [looked] = await server.house
      .pool('audit_events')
      .where({ type: 'callback.listed' })
      .orderBy('seq', 'desc');
    expect(JSON.parse(looked.payload).data).toEqual({ filters: ['memberId'] });
  });

  test('how much is overdue is counted for whoever would find it, without a trace', async () => {
    await owe({ dueAt: inHours(-1), team: 'B' });
    await owe({ dueAt: inHours(-1) });
    await owe({ dueAt: inHours(1) });
    const looks = () => server.house.pool('audit_events').count({ n: '*' });
    const agent = await as('agent');
    const supervisor = await as('supervisor');
    const before = await looks();

    expect((await agent.get('/api/callbacks/overdue')).body).toEqual({ overdue: 1 });
    expect((await supervisor.get('/api/callbacks/overdue')).body).toEqual({ overdue: 2 });
    expect(await looks()).toEqual(before);
  });

  test('is not for those who see no members', async () => {
    const owed = (await owe()) as unknown as Callback;
    for (const role of ['print-operator', 'administrator', 'auditor']) {
      expect((await list({}, role)).status).toBe(403);
      expect((await promise({}, role)).status).toBe(403);
      expect((await act(owed, 'take', {}, role)).status).toBe(403);
      expect((await act(owed, 'done', { outcome: 'reached' }, role)).status).toBe(403);
    }
    expect(await row(owed.id)).toMatchObject({ owner_id: null, done_at: null, version: 1 });
  });

  test('of another organisation’s member, is not found, as one that nobody has', async () => {
    const owed = (await owe()) as unknown as Callback;
    const nobodys = { ...owed, id: 'nobody' };
    const plain = ({ status, body }: Answer) => ({ status, body: { ...body, requestId: '' } });

    for (const [name, body] of [
      ['take', {}],
      ['done', { outcome: 'reached' }],
    ] as const) {
      const foreign = await act(owed, name, body, 'stranger');
      expect(foreign.status).toBe(404);
      expect(plain(foreign)).toEqual(plain(await act(nobodys, name, body, 'stranger')));
    }
    const foreign = await promise({}, 'stranger');
    expect(foreign.status).toBe(404);
    expect(plain(foreign)).toEqual(plain(await promise({ memberId: 'nobody' }, 'stranger')));
    expect(await events()).toEqual(['callback.owed']);
  });
});
