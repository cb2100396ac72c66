import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sweepAgents } from '../server/agents/agent-files.service.ts';
import type { AgentFile } from '../server/agents/agent-files.schema.ts';
import { runCli } from '../server/cli.ts';
import { readEnv } from '../server/env.ts';
import { hire } from './support/agents.ts';
import type { Answer, Client } from './support/client.ts';
import { proof } from './support/roster.ts';
import { databases, startServer, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('the desk’s accounts together on %s', (engine) => {
  let server: TestServer;
  let admin: Client;
  let local: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    admin = await server.as('administrator');
    await admin.post('/api/sites', { name: 'Lille', hours: [] });
    local = await hire(server, 'locale', 'administrator', ['mgen']);
    await hire(server, 'tom', 'agent', ['mgen']);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    server.clock.set(wednesday);
    await server.house.pool('attempt_counters').delete();
  });

  const row = (username: string) => server.house.pool('agents').where({ username }).first();
  const all = () => server.house.pool('agents').orderBy('username');
  const send = (text: string | Uint8Array, client = admin): Promise<Answer> =>
    client.send('POST', '/api/agent-files', text, { 'content-type': 'text/csv' });
  const apply = ({ id, version }: AgentFile, more: object = {}, client = admin): Promise<Answer> =>
    client.post(`/api/agent-files/${id}/apply`, { version, ...proof, ...more });

  describe('by a file', () => {
    const good = [
      'Identifiant;Nom;Rôle;Organismes;Site;Équipe;E-mail;Expérience;Foyer',
      'ana;"Essai; Ana";conseiller;Mgen | SAFIAG | mgen;LILLE;B;ana@guichet.example;débutant;MGEN:12-34',
      'tom;;superviseur;;;-;;;',
      'agent;agent de test;;;;;;;',
    ].join('\r\n');

    test('is read line by line, and nothing changes before it is applied; then all of it is done at once', async () => {
      const before = await all();
      const read = await send(`\uFEFF${good}\r\n`);
      const unchanged = await all();
      const stored = JSON.stringify(await server.house.pool('agent_files'));
      const unproved = await apply(read.body, { password: 'pas-le-bon-du-tout' });
      const done = await apply(read.body);
      const again = await apply(read.body);

      expect(read).toMatchObject({
        status: 201,
        body: {
          makes: 1,
          changes: 1,
          problems: 0,
          lines: [
            { line: 2, username: 'ana', what: 'make', problems: [] },
            { line: 3, username: 'tom', what: 'change', changed: ['role'], gives: { role: 'supervisor' } },
            { line: 4, username: 'agent', what: 'same', changed: [] },
          ],
        },
      });
      expect(read.body.lines[0].gives).toEqual({
        role: 'agent',
        organisations: ['mgen', 'safiag'],
        site: 'Lille',
      });
      expect(unchanged).toEqual(before);
      expect(stored).not.toMatch(/guichet\.example|Ana|12-34/);
      expect([unproved.status, done.status, again.status]).toEqual([400, 200, 409]);
      expect(done.body).toMatchObject({ made: 1, changed: 1, invitations: [{ username: 'ana' }] });
      const ana = (await admin.get(`/api/agents/${(await row('ana')).id}`)).body;
      expect(ana).toMatchObject({
        ...{ name: 'Essai; Ana', role: 'agent', organisations: ['mgen', 'safiag'], site: 'Lille', team: 'B' },
        ...{ experience: 'beginner', own: [{ organisationId: 'mgen', memberNumber: '1234' }] },
      });
      expect((await row('tom')).role).toBe('supervisor');
      expect((await send(good)).body).toMatchObject({ makes: 0, changes: 0, problems: 0 });
    });

    test('with anything wrong does nothing at all, and says where without quoting it', async () => {
      const text = [
        'username;name;role;organisations;site;email;relatives',
        'bea;Béa Essai;agent;mgen;;;',
        'Pas Bon!;X;agent;mgen;;;',
        'cel;;agent;mgen;Nulle-part;;',
        'dan;Dan;chef;inconnue;;pas-une-adresse;mgen',
        'bea;Béa;agent;mgen;;;',
        'administrator;;agent;;;;',
      ].join('\n');
      const before = await all();
      const { body } = await send(text);
      const applied = await apply(body);

      const at = (body as AgentFile).lines.map(({ line, problems }) => [
        line,
        problems.map(({ column }) => column),
      ]);
      expect(at).toEqual([
        [2, []],
        [3, ['username']],
        [4, ['name', 'site']],
        [5, ['role', 'organisations', 'email', 'relatives']],
        [6, ['username']],
        [7, ['role']],
      ]);
      const said = JSON.stringify((body as AgentFile).lines.map(({ problems }) => problems));
      expect(said).not.toMatch(/Pas Bon|Nulle-part|chef|inconnue|pas-une/);
      const messageAt = (line: number, column: string) =>
        (body as AgentFile).lines[line - 2]?.problems.find((one) => one.column === column)?.message;
      expect(messageAt(4, 'site')).toContain('Sites connus : Lille.');
      expect(messageAt(5, 'role')).toContain('conseiller, superviseur');
      expect(messageAt(5, 'organisations')).toMatch(/MGEN, .*Mutuelle des agents publics/);
      expect(applied).toMatchObject({ status: 422, body: { rule: 'agent-file.problems' } });
      expect(await all()).toEqual(before);
    });

    test.each<[string, string | Uint8Array]>([
      ['empty', ''],
      ['only titles', 'username;name'],
      ['an unknown title', 'username;motdepasse\nx;y'],
      ['no username', 'name;role\nx;agent'],
      ['a title twice', 'username;nom;name\nx;y;z'],
      ['a cell too many', 'username;name\nx;y;z'],
      ['an open quotation mark', 'username;name\nx;"y'],
      ['damaged accents', new Uint8Array([...Buffer.from('username;name\nx;Hé'), 0xe9])],
      ['a workbook', new Uint8Array([...Buffer.from('PK\u0003\u0004username;name\nx;y')])],
      ['too many lines', `username\n${Array.from({ length: 501 }, (_, n) => `u${n}`).join('\n')}`],
    ])('that is %s is refused whole', async (_what, text) => {
      const answer = await send(text);

      expect([answer.status, answer.body.message]).toEqual([400, expect.not.stringContaining('{')]);
    });

    test('is read as a French spreadsheet writes it too', async () => {
      const text = 'identifiant;rôle;organismes;nom\r\nzœ;débutant;mgen;Zoé Lœuf\r\n';
      const bytes = Uint8Array.from(Buffer.from(text.replaceAll('œ', '\u009c'), 'latin1'));
      const usual = await send(text.replace('zœ', 'zoe').replace('débutant', 'conseiller'));
      const [plain] = (await send(bytes)).body.lines;

      expect(usual.body).toMatchObject({ makes: 1, problems: 0 });
      expect(plain).toMatchObject({
        username: 'zœ',
        problems: [{ column: 'username' }, { column: 'role' }],
      });
    });

    test('of another sender, of another role or with others’ accounts is answered as if there were none', async () => {
      const read = (await send('username;team\ntom;C')).body;
      const theirs = await apply(read, {}, local);
      const taken = await send('username;team\ncolleague;C', local);
      const given = await send('username;organisations\ntom;safiag', local);
      const byAgent = await send('username;team\ntom;C', await server.as('agent'));

      expect([theirs.status, byAgent.status]).toEqual([404, 403]);
      expect(taken.body.lines[0].problems[0]).toMatchObject({ column: 'username' });
      expect(given.body.lines[0].problems).toMatchObject([{ column: 'organisations' }]);
    });

    test('names organisations by name and a team as it is written already; a new team is no mistake', async () => {
      await apply((await send('username;team\ntom;Équipe du Matin')).body);
      const lines = ['lea;Léa;agent;mutuelle des Agents-Publics;equipe du matin', 'leo;Léo;agent;MGEN;Soir'];
      const read = (await send(['username;name;role;organisations;team', ...lines].join('\n'))).body;
      const theirs = await send('username;organisations\ntom;safiag', local);
      await apply(read);
      await apply((await send('username;team\ntom;-')).body);

      expect(read).toMatchObject({ makes: 2, problems: 0 });
      const [lea, leo] = await Promise.all(['lea', 'leo'].map(async (one) => (await row(one)).id));
      expect((await admin.get(`/api/agents/${lea}`)).body).toMatchObject({
        organisations: ['mutuelle-agents-publics'],
        team: 'Équipe du Matin',
      });
      expect((await admin.get(`/api/agents/${leo}`)).body.team).toBe('Soir');
      const said = theirs.body.lines[0].problems[0].message;
      expect([said.includes('MGEN'), said.includes('SAFIAG')]).toEqual([true, false]);
    });

    test('does nothing when an account changed since it was read, and is forgotten after a day', async () => {
      const read = (await send('username;team\ntom;C\nlocale;D')).body;
      const { id, version } = await row('locale');
      await admin.patch(`/api/agents/${id}`, { version, name: 'Autre Nom' });
      const stale = await apply(read);
      server.clock.advance(24 * 60 + 1);
      await sweepAgents(server.house.pool, server.clock.now());

      expect(stale.status).toBe(409);
      expect((await row('tom')).team).toBeNull();
      expect(await server.house.pool('agent_files').where({ id: read.id })).toEqual([]);
    });
  });

  describe('by the command line', () => {
    const run = async (text: string) => {
      const path = join(server.directory, 'comptes.csv');
      writeFileSync(path, text);
      const env = readEnv({
        DATABASE_URL: server.databaseUrl,
        DATA_DIR: server.directory,
        ORGANISATIONS_DIR: `${server.directory}/organisations`,
        TEMPLATES_DIR: `${server.directory}/templates`,
        LOG_LEVEL: 'silent',
      });
      const lines: string[] = [];
      const tell = (line: string) => void lines.push(line);
      const input = (async function* () {})();
      const code = await runCli(['agent', 'import', path], env, { out: tell, err: tell, input });
      return { code, said: lines.join('\n') };
    };

    test('the same file is taken or refused in the same words, and links are told', async () => {
      const wrong = await run('username;name;role;organisations\neva;Eva;chef;mgen\n');
      const right = await run('username;name;role;organisations\neva;Eva;agent;mgen\n');

      expect(wrong).toEqual({
        code: 1,
        said: expect.stringMatching(/^Ligne 2, colonne role : .*\nRien n’est fait/),
      });
      expect(right).toEqual({
        code: 0,
        said: expect.stringMatching(
          /^1 compte\(s\) créé\(s\), 0 modifié\(s\)\.\neva : http.*\/#\/invitation\/[\w-]{43}$/,
        ),
      });
    });

    test('leaves every organisation its last administrator, and does nothing of such a file', async () => {
      const refused = await run('username;role;team\ntom;;Z\nlocale;agent;\nadministrator;agent;\n');

      expect(refused).toEqual({ code: 1, said: expect.stringContaining('dernier administrateur') });
      expect(await row('tom')).not.toMatchObject({ team: 'Z' });
      expect(await row('locale')).toMatchObject({ role: 'administrator' });
    });
  });
});
