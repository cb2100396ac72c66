import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ListedSite } from '../server/agents/sites.schema.ts';
import { hire } from './support/agents.ts';
import { confirmByCode, pageOf, speakWith } from './support/callers.ts';
import type { Answer, Client } from './support/client.ts';
import { buildMember } from './support/recoveries.ts';
import { databases, deskPassword, startServer, wednesday, type TestServer } from './support/server.ts';

const hours = [{ days: ['monday'], opens: '08:30', closes: '18:00' }];
const noCaps = { looksPerHour: null, looksPerDay: null, waysInPerHour: null, waysInPerDay: null };

describe.each(databases)('what holds at a site, on %s', (engine) => {
  let server: TestServer;
  let admin: Client;
  let outside: Client;
  let site: ListedSite;
  beforeAll(async () => {
    server = await startServer(engine);
    admin = await server.as('administrator');
    outside = await hire(server, 'sous-traitant', 'agent', ['mgen']);
    site = (await admin.post('/api/sites', { name: 'Sous-traitant', hours })).body;
    await put('sous-traitant', { site: site.name });
  });
  afterAll(() => server.stop());
  beforeEach(() => server.clock.set(wednesday));

  const row = (username: string) => server.house.pool('agents').where({ username }).first();
  const put = async (username: string, body: object): Promise<Answer> => {
    const { id, version } = await row(username);
    return admin.patch(`/api/agents/${id}`, { version, ...body, password: deskPassword });
  };
  const change = async (body: object, client = admin, id = site.id): Promise<Answer> => {
    const { version } = await server.house.pool('sites').where({ id }).first();
    return client.patch(`/api/sites/${id}`, { version, ...body });
  };
  const eventsOf = async (type: string) =>
    (await server.house.pool('audit_events').where({ type }).orderBy('seq')).map(
      (one) => JSON.parse(one.payload).data,
    );

  test('a site is added, changed and listed with who works there; a name is taken once', async () => {
    const again = await admin.post('/api/sites', { name: 'Sous-traitant', hours: [] });
    const other = await admin.post('/api/sites', { name: 'Siège', hours: [], noUnmasking: true });
    const changed = await change({ name: 'Prestataire', networks: null });
    const listed = (await admin.get('/api/sites')).body as ListedSite[];
    const stale = await admin.patch(`/api/sites/${site.id}`, { version: 1, name: 'Autre' });
    const taken = await change({ name: 'Siège' });
    const refused = [
      await (await server.as('supervisor')).post('/api/sites', { name: 'X', hours: [] }),
      await (await server.as('agent')).get('/api/sites'),
      await admin.patch('/api/sites/nowhere', { version: 1, name: 'X' }),
    ];

    expect([again.status, other.status, changed.status]).toEqual([409, 201, 200]);
    expect(listed).toMatchObject([
      {
        name: 'Prestataire',
        agents: 1,
        hours,
        networks: null,
        caps: noCaps,
        can: { change: { allowed: true } },
      },
      { name: 'Siège', agents: 0, noUnmasking: true },
    ]);
    expect([stale.status, taken.status, ...refused.map(({ status }) => status)]).toEqual([
      409, 409, 403, 403, 404,
    ]);
    expect(await eventsOf('site.changed')).toEqual([{ siteId: site.id, changed: ['name', 'networks'] }]);
  });

  test.each([
    [{ networks: ['192.0.2.0/33'] }],
    [{ networks: ['mon bureau'] }],
    [{ networks: [] }],
    [{ caps: { ...noCaps, looksPerHour: 0 } }],
    [{ caps: { looksPerHour: 5 } }],
    [{ hours: [{ days: ['monday'], opens: '18:00', closes: '08:00' }] }],
    [{ id: 'x' }],
    [{ created_at: 'x' }],
  ])('%j is refused and changes nothing', async (body) => {
    const before = await server.house.pool('sites').where({ id: site.id }).first();

    expect((await change(body)).status).toBe(400);
    expect(await server.house.pool('sites').where({ id: site.id }).first()).toEqual(before);
  });

  test('a session from another network is refused at the next request and at sign-in, whatever a header says', async () => {
    const before = await outside.get('/api/me');
    await change({ networks: ['192.0.2.0/24', '2001:db8::/32'] });
    const forged = { 'x-forwarded-for': '192.0.2.7' };
    const refused = [await outside.get('/api/me'), await outside.get('/api/organisations', forged)];
    const body = { username: 'sous-traitant', password: deskPassword };
    const signIn = await server.anonymous().post('/api/session', body, forged);
    const wrong = await server.anonymous().post('/api/session', { ...body, password: 'faux-faux' });
    await change({ networks: ['127.0.0.0/8', '::1'] });
    const back = await outside.get('/api/me');

    expect(before.status).toBe(200);
    expect(refused.map(({ status, body: { rule } }) => [status, rule])).toEqual([
      [403, 'site.network'],
      [403, 'site.network'],
    ]);
    expect([signIn.status, signIn.body.rule, wrong.status]).toEqual([403, 'site.network', 401]);
    expect(await eventsOf('agent.elsewhere')).toEqual([{ agentId: (await row('sous-traitant')).id }]);
    expect(back.status).toBe(200);
    await change({ networks: null });
  });

  test('nobody changes what bounds their own site, nor one that serves what is not theirs', async () => {
    const local = await hire(server, 'admin-mgen', 'administrator', ['mgen']);
    await put('admin-mgen', { site: 'Prestataire' });
    const own = await change({ caps: noCaps }, local);
    const renamed = await change({ name: 'Prestataire' }, local);
    await put('colleague', { site: 'Siège' });
    const { id } = await server.house.pool('sites').where({ name: 'Siège' }).first();
    const shared = await change({ name: 'Autre' }, local, id);
    await put('colleague', { site: null });
    await put('admin-mgen', { site: null });

    expect([own, shared].map(({ status, body }) => [status, body.rule])).toEqual([
      [422, 'site.own'],
      [422, 'site.shared'],
    ]);
    expect(renamed.status).toBe(200);
  });

  test('searches and pages stop at the cap of the hour, then of the day, and are counted one by one', async () => {
    const member = await buildMember(server, 'mgen');
    await change({ caps: { ...noCaps, looksPerHour: 5, looksPerDay: 7 } });
    const look = () => outside.get(`/api/members/${member.id}`, { 'x-guichet-background': '1' });
    const search = () => outside.post('/api/members/search', { filter: { q: 'Introuvable Personne' } });
    const answers = await Promise.all([
      look(),
      search(),
      look(),
      search(),
      look(),
      search(),
      look(),
      search(),
    ]);
    const refused = answers.find(({ status }) => status === 429);
    server.clock.advance(60);
    await server.house.pool('agent_sessions').update({ last_seen_at: server.clock.now().toISOString() });
    const later = [await look(), await look(), await look()];
    const colleague = await (
      await server.anonymous().signIn('colleague', deskPassword)
    ).get(`/api/members/${member.id}`);
    await change({ caps: noCaps });

    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array(5).fill(200),
      ...Array(3).fill(429),
    ]);
    expect(refused?.body.message).toContain('5 recherches et fiches par heure');
    expect(Number(refused?.headers.get('retry-after'))).toBe(3_600);
    expect(later.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(later[2]?.body.message).toContain('7 recherches et fiches par jour');
    expect(colleague.status).toBe(200);
  });

  test('ways in stop at their cap, and a refused one sends nothing', async () => {
    await change({ caps: { ...noCaps, waysInPerHour: 1 } });
    const answers: Answer[] = [];
    const members = [await buildMember(server, 'mgen'), await buildMember(server, 'mgen')];
    for (const member of members) {
      await speakWith(outside, member);
      await confirmByCode(server, outside, member, 'sms');
      const { version } = await pageOf(outside, member);
      const body = { channel: 'sms', reason: 'forgot-password', version };
      answers.push(await outside.post(`/api/members/${member.id}/temporary-passwords`, body));
    }
    await change({ caps: noCaps });

    expect(answers.map(({ status }) => status)).toEqual([200, 429]);
    const sent = await server.house
      .pool('messages')
      .where({ member_id: members[1]?.id, template: 'temporary-password' });
    expect(sent).toEqual([]);
  });

  test('nothing masked is shown whole where the site says so, on the page and by the act', async () => {
    const member = await buildMember(server, 'mgen');
    const reason = server.house.organisations.get('mgen')?.reasons.reveal[0]?.id;
    const reveal = () =>
      outside.post(`/api/members/${member.id}/reveal-nir`, { reason, password: deskPassword });
    const before = await pageOf(outside, member);
    await change({ noUnmasking: true });
    const [refused, after] = [await reveal(), await pageOf(outside, member)];
    await speakWith(outside, member);
    const number = () => outside.post(`/api/members/${member.id}/number-to-call`, { kind: 'mobile' });
    const [noNumber, asked] = [await number(), await pageOf(outside, member)];
    const elsewhere = await server.as('agent');
    await speakWith(elsewhere, member);
    const free = await elsewhere.post(`/api/members/${member.id}/number-to-call`, { kind: 'mobile' });
    await change({ noUnmasking: false });
    const [shown, ourNumber] = [await reveal(), await number()];

    expect(noNumber).toMatchObject({ status: 422, body: { rule: 'site.no-unmasking' } });
    expect(JSON.stringify(noNumber.body)).not.toMatch(/\d{4}/);
    expect(asked.verification.callBacks).toMatchObject([{ kind: 'mobile', state: 'unavailable' }, {}]);
    expect(asked.verification.callBacks[0].why).toContain('entier');
    expect([free.status, ourNumber.status]).toEqual([200, 200]);
    expect(await eventsOf('verification.number-shown')).toHaveLength(2);
    expect([before.can.revealNir.allowed, after.can.revealNir.allowed]).toEqual([true, false]);
    expect(refused).toMatchObject({ status: 422, body: { rule: 'site.no-unmasking' } });
    expect(shown.status).toBe(200);
  });
});
