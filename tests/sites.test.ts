import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kinOf, siteOf, teamOf } from '../server/agents/agents.service.ts';
import { runCli } from '../server/cli.ts';
import { readEnv } from '../server/env.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('where agents work, on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  /** The command line over the server's own database. */
  const run = async (...args: string[]) => {
    const env = readEnv({
      DATABASE_URL: server.databaseUrl,
      DATA_DIR: server.directory,
      ORGANISATIONS_DIR: `${server.directory}/organisations`,
      TEMPLATES_DIR: `${server.directory}/templates`,
      LOG_LEVEL: 'silent',
    });
    const lines: string[] = [];
    const tell = (line: string) => void lines.push(line);
    const input = (async function* () {
      yield Buffer.from(`${deskPassword}\n`);
    })();
    const code = await runCli(args, env, { out: tell, err: tell, input });
    return { code, said: lines.join('\n') };
  };
  const idOf = async (username: string): Promise<string> =>
    (await server.house.pool('agents').where({ username }).first('id')).id as string;
  const eventsOf = async (type: string) =>
    (await server.house.pool('audit_events').where({ type }).orderBy('seq')).map((row) => ({
      text: row.payload as string,
      data: JSON.parse(row.payload).data,
    }));
  const listed = async (username: string) => {
    const admin = await server.anonymous().signIn('administrator', deskPassword);
    return (await admin.get(`/api/agents?filter={"q":"${username}"}`)).body[0];
  };

  test('an agent of no site is told so: nothing stands in the list, and no command has anything to name', async () => {
    const none = await run('site', 'list');
    const unknown = await run('agent', 'set', 'agent', '--site', 'Lille');

    expect(none).toEqual({ code: 0, said: 'Aucun site.' });
    expect(unknown).toEqual({ code: 1, said: expect.stringContaining('aucun site') });
    expect(await listed('agent')).toMatchObject({ site: null, team: null });
    expect(await teamOf(server.house.pool, await idOf('agent'))).toBeNull();
    expect(await siteOf(server.house.pool, null)).toBeUndefined();
  });

  test('sites are made with hours in either language or none, and listed in words', async () => {
    const hours = 'monday-friday 08:30-12:15, lundi-vendredi 13:30-18:00, saturday 09:00-12:00';
    const made = await run('site', 'add', 'Lille', '--hours', hours);
    const bare = await run('site', 'add', 'Anglet');
    const list = await run('site', 'list');

    expect(made).toEqual({ code: 0, said: 'Le site Lille est créé.' });
    expect(bare.code).toBe(0);
    expect(list.said.split('\n')).toEqual([
      'Anglet : horaires inconnus, toute heure compte',
      'Lille : du lundi au vendredi, de 8 h 30 à 12 h 15 et de 13 h 30 à 18 h ; le samedi, de 9 h à 12 h',
    ]);
    const { id } = await server.house.pool('sites').where({ name: 'Lille' }).first('id');
    expect((await siteOf(server.house.pool, id as string))?.hours.at(-1)).toEqual({
      days: ['saturday'],
      opens: '09:00',
      closes: '12:00',
    });
    expect((await eventsOf('site.created')).map(({ data }) => data)).toContainEqual({ siteId: id });
  });

  test('a name is taken once, also when two ask for it together', async () => {
    const again = await run('site', 'add', 'Lille');
    const both = await Promise.all([run('site', 'add', 'Pau'), run('site', 'add', 'Pau')]);

    expect(again).toEqual({ code: 1, said: expect.stringContaining('déjà ce nom') });
    expect(both.map(({ code }) => code).sort()).toEqual([0, 1]);
    expect(await server.house.pool('sites').where({ name: 'Pau' })).toHaveLength(1);
  });

  test.each([
    ['funday 08:00-12:00'],
    ['monday 08:00'],
    ['monday 12:00-08:00'],
    ['friday-monday 08:00-12:00'],
    ['monday 08:00-24:00'],
  ])('hours such as « %s » are refused and named', async (hours) => {
    const { code, said } = await run('site', 'add', 'Nulle part', '--hours', hours);

    expect([code, said]).toEqual([2, expect.stringContaining(`: ${hours}.`)]);
    expect(await server.house.pool('sites').where({ name: 'Nulle part' })).toEqual([]);
  });

  test('an account is made at its site; who signs in there and who lists accounts sees it', async () => {
    const { code } = await run(
      ...['agent', 'create', 'lou', '--name', 'Lou Essai', '--role', 'agent', '--password-stdin'],
      ...['--site', 'Lille', '--team', 'Équipe B', '--own', 'mgen:6100777', '--relatives', 'safiag:12-34'],
    );
    const client = await server.anonymous().signIn('lou', deskPassword);
    const me = (await client.get('/api/me')).body;
    const lou = await idOf('lou');

    expect(code).toBe(0);
    expect(me).toMatchObject({ site: 'Lille', team: 'Équipe B' });
    expect(await listed('lou')).toMatchObject({ site: 'Lille', team: 'Équipe B' });
    expect(await teamOf(server.house.pool, lou)).toBe('Équipe B');
    const { id: siteId } = await server.house.pool('sites').where({ name: 'Lille' }).first('id');
    const { actor } = (await server.house.sessions.find(lou, await sessionOf(lou))) ?? {};
    expect(actor).toMatchObject({ kind: 'agent', siteId, team: 'Équipe B' });
    const changes = (await eventsOf('agent.changed')).filter(({ data }) => data.agentId === lou);
    expect(changes.map(({ data }) => data)).toEqual([
      { agentId: lou, changed: ['site', 'team', 'own', 'relatives'], siteId, relatives: 2 },
    ]);
    expect(changes[0]?.text).not.toMatch(/6100777|12-?34|Lille|Équipe/);
  });

  const sessionOf = async (agentId: string): Promise<string> =>
    (await server.house.pool('agent_sessions').where({ agent_id: agentId }).first('id')).id as string;

  test('what is set replaces what was said, and what is not named stays', async () => {
    const lou = await idOf('lou');
    const kin = (organisationId: string, memberNumber: string) =>
      kinOf({ db: server.house.pool }, lou, { organisationId, memberNumber });
    const before = [await kin('mgen', '6100777'), await kin('safiag', '12 34'), await kin('mgen', '12-34')];

    const set = await run(
      'agent',
      'set',
      'lou',
      '--site',
      'Anglet',
      '--relatives',
      'safiag:ab12,mgen:6100777',
    );
    const after = [await kin('mgen', '6100777'), await kin('safiag', 'AB-12'), await kin('safiag', '1234')];
    await run('agent', 'set', 'lou', '--site', '', '--team', '', '--own', '');

    expect(set).toEqual({ code: 0, said: 'Le compte lou est modifié.' });
    expect(before).toEqual(['self', 'relative', null]);
    expect(after).toEqual(['self', 'relative', null]);
    expect(await kin('mgen', '6100777')).toBeNull();
    expect(await kin('safiag', 'ab12')).toBe('relative');
    expect(await listed('lou')).toMatchObject({ site: null, team: null });
    const last = (await eventsOf('agent.changed')).at(-1)?.data;
    expect(last).toEqual({ agentId: lou, changed: ['site', 'team', 'own'], siteId: null, relatives: 1 });
  });

  test('where alarms are told is kept, replaced and taken away, and never stands in the audit', async () => {
    const emailOf = async () => (await server.house.pool('agents').where({ username: 'lou' }).first()).email;
    await run('agent', 'set', 'lou', '--email', 'lou@guichet.example');
    const set = await emailOf();
    await run('agent', 'set', 'lou', '--team', 'C');
    const kept = await emailOf();
    await run('agent', 'set', 'lou', '--email', '');

    expect([set, kept, await emailOf()]).toEqual(['lou@guichet.example', 'lou@guichet.example', null]);
    const changes = await eventsOf('agent.changed');
    expect(changes.at(-1)?.data).toMatchObject({ changed: ['email'] });
    expect(changes.map(({ text }) => text).join('')).not.toContain('guichet.example');
  });

  test.each([
    [['agent', 'set', 'lou'], 2, /au moins une option/],
    [['agent', 'set', 'nobody', '--team', 'B'], 1, /Aucun compte ouvert/],
    [['agent', 'set', 'lou', '--site', 'Brest'], 1, /Sites connus : Anglet, Lille/],
    [['agent', 'set', 'lou', '--relatives', 'safiag'], 2, /--relatives attend organisme:numéro/],
    [['agent', 'set', 'lou', '--relatives', 'nulle-mutuelle:12'], 1, /Organismes connus/],
    [['agent', 'set', 'lou', '--own', 'safiag:1 2;3'], 2, /own/],
    [['agent', 'set', 'lou', '--team', 'x'.repeat(51)], 2, /team/],
    [['agent', 'set', 'lou', '--email', 'lou'], 2, /adresse électronique/],
    [['site', 'add'], 2, /attend 1 mot/],
  ])('%j is refused with what to do', async (args, code, sentence) => {
    const before = await eventsOf('agent.changed');

    expect(await run(...args)).toEqual({ code, said: expect.stringMatching(sentence) });
    expect(await eventsOf('agent.changed')).toEqual(before);
  });

  test('help names the commands', async () => {
    const { said } = await run('help');

    for (const command of ['agent set', 'site add|list']) expect(said).toContain(command);
  });
});
