import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAgent } from '../server/agents/agents.service.ts';
import { perform, systemVisit } from '../server/core/perform.ts';
import { record } from '../server/audit/record.ts';
import { markAddressDoubtful } from '../server/members/addresses.service.ts';
import { pageOf, speakWith } from './support/callers.ts';
import type { Answer, Client } from './support/client.ts';
import { correct, correctInBranch, buildKnown, outgoingOf } from './support/corrections.ts';
import { buildHolder } from './support/holders.ts';
import { contact } from './support/people.ts';
import {
  databases,
  deskPassword,
  everyOrganisation,
  startServer,
  type TestServer,
} from './support/server.ts';

const organisation = 'msa-sud-aquitaine';
const password = 'Tilleul+2026!';
const titles = 'N° adhérent;Rang;Objet;Nouvelle valeur;Depuis le;Motif';

describe.each(databases)('the daily file of changes on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  // A day of its own for each test.
  let day = 0;
  const today = () => `2026-11-${String(day).padStart(2, '0')}`;
  beforeEach(() => {
    day += 2;
    server.clock.set(`${today()}T09:00:00.000Z`);
  });
  const as = (account: string): Promise<Client> => server.anonymous().signIn(account, deskPassword);
  const nextMorning = () => server.clock.set(`2026-11-${String(day + 1).padStart(2, '0')}T06:00:00.000Z`);
  const download = async (
    id: string,
    account = 'administrator',
    proof: object = { password: deskPassword },
  ): Promise<Answer> => (await as(account)).post(`/api/change-files/${id}/csv`, proof);
  const fileOf = (of = organisation) => download(`${of}_${today()}`);
  const linesIn = ({ bytes }: Answer): string[] =>
    Buffer.from(bytes).toString('utf8').replace('\ufeff', '').trimEnd().split('\r\n');
  const list = async (filter: object = {}, account = 'administrator', sort = 'DESC'): Promise<Answer> =>
    (await as(account)).get(
      `/api/change-files?filter=${encodeURIComponent(JSON.stringify(filter))}&sort=["day","${sort}"]&range=[0,24]`,
    );
  const exports = async () =>
    (await server.house.pool('audit_events').where({ type: 'change-file.exported' }).orderBy('seq')).map(
      (row) => [row.organisation_id, JSON.parse(row.payload as string).data],
    );
  test('has one line for each member and kind, as management systems read it', async () => {
    const member = await buildKnown(server, { memberNumber: 'A2', rank: '01' });
    const agent = await as('agent');
    await correctInBranch(agent, member, {
      contacts: { email: 'un@courriel.example' },
      reason: 'typing-error',
    });
    server.clock.advance(60);
    await correctInBranch(await as('agent'), member, {
      contacts: {
        email: '=deux@courriel.example',
        mobile: '06 39 98 77 42',
        landline: '+32 2 500 12 34',
        fax: null,
      },
      address: { lines: ['Appt 4', '12, rue des "Lilas"'], postcode: '64000', town: 'Pau' },
      reason: 'moved',
    });

    nextMorning();
    const file = await fileOf();

    expect(file.status).toBe(200);
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(file.headers.get('content-disposition')).toContain(`${organisation}-${today()}.csv`);
    expect([...file.bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const since = today().split('-').reverse().join('/');
    expect(linesIn(file)).toEqual([
      titles,
      `A2;01;e-mail;'=deux@courriel.example;${since};Déménagement`,
      `A2;01;mobile;0639987742;${since};Déménagement`,
      `A2;01;fixe;003225001234;${since};Déménagement`,
      `A2;01;adresse;"Appt 4 | 12, rue des ""Lilas"" | 64000 Pau";${since};Déménagement`,
    ]);
  });

  test('carries what members correct on the portal, what agents report, and where mail came back', async () => {
    const base = { organisationId: organisation, password, contacts: [contact('mobile', '+33639980101')] };
    const own = await buildHolder(server, {
      ...base,
      memberNumber: 'B1',
      nir: { body: '2610399997001', key: null },
    });
    const portal = server.anonymous();
    await portal.post(`/portal/api/${organisation}/sign-in`, { identifier: own.identifier, password });
    const saved = { contacts: { mobile: '' }, currentPassword: password };
    await portal.send('PUT', `/portal/api/${organisation}/contacts`, saved);

    const agent = await as('agent');
    const dead = await buildKnown(server, { memberNumber: 'B2' });
    await agent.post(`/api/members/${dead.id}/death`, { version: (await pageOf(agent, dead)).version });
    const closed = await buildKnown(server, { memberNumber: 'B3', contractEndOn: '2026-01-31' });
    await agent.post(`/api/members/${closed.id}/disputed-closure`, {
      version: (await pageOf(agent, closed)).version,
    });
    const gone = await buildKnown(server, { memberNumber: 'B4' });
    const returned = () =>
      perform(systemVisit(server.house, 'tests', everyOrganisation(server.house)), async (ctx) => {
        record(ctx, { type: 'demo.loaded', data: { members: 0 } });
        return markAddressDoubtful(ctx, { id: gone.id, organisationId: organisation }, 'system');
      });
    const marked = [await returned(), await returned()];

    nextMorning();
    const since = today().split('-').reverse().join('/');
    expect(marked).toEqual([true, false]);
    expect(linesIn(await fileOf())).toEqual([
      titles,
      `B1;;mobile;;${since};Par l’adhérent, sur le portail`,
      `B2;;décès signalé;;${since};Signalé au guichet`,
      `B3;;fermeture contestée;;${since};Contesté au guichet`,
      `B4;;adresse douteuse;;${since};Courrier revenu`,
    ]);
  });

  test('is made once the day is over; made again, it holds the same, and what left keeps its day', async () => {
    const member = await buildKnown(server);
    const late = `${today()}T22:59:59.999Z`;
    server.clock.set(late);
    await correctInBranch(await as('agent'), member, { contacts: { fax: '05 59 00 12 34' } });

    const early = await fileOf();
    server.clock.set(`${today()}T23:04:59.000Z`);
    const stillEarly = await fileOf();
    const before = await outgoingOf(server, member);
    server.clock.set(`${today()}T23:05:00.000Z`);
    const first = await fileOf();
    const after = await outgoingOf(server, member);
    server.clock.advance(3 * 24 * 60);
    const again = await fileOf();

    for (const { status, body } of [early, stillEarly]) {
      expect([status, body.rule]).toEqual([422, 'change-file.day-not-over']);
    }
    expect([before[0]?.exported_on, after[0]?.exported_on]).toEqual([null, today()]);
    expect(linesIn(first)).toHaveLength(2);
    expect(Buffer.from(again.bytes).equals(Buffer.from(first.bytes))).toBe(true);
    expect(await outgoingOf(server, member)).toEqual(after);
    expect((await exports()).slice(-2)).toEqual([
      [organisation, { day: today(), lines: 1 }],
      [organisation, { day: today(), lines: 1 }],
    ]);
  });

  test('a change of the next morning is the next day’s', async () => {
    const member = await buildKnown(server);
    const agent = await as('agent');
    await correctInBranch(agent, member, { contacts: { fax: '05 59 00 12 34' } });
    server.clock.set(`${today()}T23:00:00.000Z`);
    const again = await as('agent');
    await speakWith(again, member, { channel: 'branch' });
    await correctInBranch(again, member, { contacts: { landline: '05 59 00 12 35' } });
    nextMorning();

    const file = await fileOf();

    expect(linesIn(file).map((line) => line.split(';')[2])).toEqual(['Objet', 'fax']);
    expect((await outgoingOf(server, member)).map((row) => [row.kind, row.exported_on])).toEqual([
      ['fax', today()],
      ['landline', null],
    ]);
  });

  test('asks again who takes it, refuses where nothing is shown whole, and leaves nothing then', async () => {
    const account = () => server.house.pool('agents').where({ username: 'administrator' });
    const masking = { name: 'Sous-traitant', hours: [], noUnmasking: true };
    const member = await buildKnown(server);
    await correctInBranch(await as('agent'), member, { contacts: { fax: '05 59 00 12 34' } });
    nextMorning();
    const id = `${organisation}_${today()}`;
    const before = (await exports()).length;

    const without = await download(id, 'administrator', {});
    const wrong = await download(id, 'administrator', { password: 'une-autre-phrase-bien-longue' });
    const read = await (await as('administrator')).get(`/api/change-files/${id}/csv`);

    for (const { status, body } of [without, wrong])
      expect([status, body.errors]).toEqual([400, { password: expect.any(String) }]);
    expect(read.status).toBe(405);
    expect(await exports()).toHaveLength(before);
    expect((await outgoingOf(server, member))[0]?.exported_on).toBeNull();
    await account().update({
      site_id: (await (await as('administrator')).post('/api/sites', masking)).body.id,
    });
    expect(await download(id)).toMatchObject({ status: 422, body: { rule: 'site.no-unmasking' } });
    await account().update({ site_id: null });
    expect((await download(id)).status).toBe(200);
  });

  test('is listed for administrators of its organisation, with how much it carries, and for nobody else', async () => {
    const home = await buildKnown(server);
    const other = await buildKnown(server, { organisationId: 'mgen' });
    await correctInBranch(await as('agent'), home, { contacts: { email: null, mobile: null } });
    await correct(await as('agent'), home, { contacts: { fax: '05 59 00 12 34' } });
    await correctInBranch(await as('agent'), other, { contacts: { mobile: '06 39 98 77 43' } });
    nextMorning();
    const known = everyOrganisation(server.house);
    const visit = systemVisit(server.house, 'tests', known);
    const mine = {
      username: `admin${day}`,
      name: 'Admin',
      role: 'administrator',
      organisations: ['mgen'],
    } as const;
    await createAgent(visit, { ...mine, organisations: ['mgen'], password: deskPassword }, known);
    for (const id of [organisation, 'mgen']) await download(`${id}_${today()}`);

    const listed = await list({ organisationId: 'mgen' });
    const ids = [`${organisation}_${today()}`, `mgen_${today()}`, 'nothing'];
    const some = await list({ id: ids });
    const theirs = await list({}, mine.username);
    const foreign = await download(ids[0] ?? '', mine.username);
    const odd = await Promise.all([download('nothing'), download(`${organisation}_2026-02-30`)]);

    expect(listed.body).toEqual([{ id: ids[1], organisationId: 'mgen', day: today(), lines: 1, members: 1 }]);
    expect(some.headers.get('content-range')).toBe('change-files 0-1/2');
    expect(some.body).toContainEqual({
      id: ids[0],
      organisationId: organisation,
      day: today(),
      lines: 3,
      members: 1,
    });
    expect(new Set(theirs.body.map((one: { organisationId: string }) => one.organisationId))).toEqual(
      new Set(['mgen']),
    );
    expect([foreign.status, ...odd.map(({ status }) => status)]).toEqual([404, 404, 404]);
    for (const account of ['agent', 'supervisor', 'print-operator', 'auditor']) {
      expect([(await list({}, account)).status, (await download(ids[0] ?? '', account)).status]).toEqual([
        403, 403,
      ]);
    }
  });
});
