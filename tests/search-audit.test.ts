import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { person, save } from './support/people.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

const people = [
  person({ organisationId: 'safiag', usualName: 'Martin', firstName: 'Pierre' }),
  person({
    organisationId: 'safiag',
    usualName: 'Santoni',
    firstName: 'Ghjulia',
    nir: { body: '190062A999903', key: '43' },
  }),
  person({ organisationId: 'safiag', usualName: 'Sans', firstName: 'Numéro' }),
];

describe.each(databases)('what looking at members leaves behind on %s', (engine) => {
  let server: TestServer;
  let ids: string[];
  beforeAll(async () => {
    server = await startServer(engine);
    ids = await save(server.house, people);
  });
  afterAll(() => server.stop());

  const search = async (q: string) =>
    (await server.as('agent')).post('/api/members/search', { filter: { q } });

  test('each search is in the audit and in the call, and what was typed is nowhere', async () => {
    await search('190062A99990343');
    await search('ghjulia santoni');

    const rows = await server.house
      .pool('audit_events')
      .where({ type: 'member.searched' })
      .orderBy('seq', 'desc');
    const payloads = rows.map((row) => String(row.payload));
    expect(JSON.parse(payloads[0] ?? '')).toMatchObject({
      data: { understoodAs: 'words', found: 1, more: false },
    });
    expect(rows[0].call_id).toEqual(expect.any(String));
    const everything = [...payloads, ...server.logged].join('\n').toLowerCase();
    for (const typed of ['santoni', 'ghjulia', '190062a999903', 'martin', 'exemple.example']) {
      expect(everything).not.toContain(typed);
    }
  });

  test('a search asks the database twelve things, its own row in the chain included', async () => {
    await search('martin');
    const asked: string[] = [];
    const note = ({ sql }: { sql: string }) => void asked.push(sql);
    server.house.pool.on('query', note);

    const answer = await search('martin').finally(() => server.house.pool.removeListener('query', note));

    expect(answer.body).toHaveLength(1);
    expect(asked.length).toBeLessThanOrEqual(12);
  });

  test('a search whose audit row cannot be written answers nothing', async () => {
    await search('martin');
    const { appendAudit } = server.house;
    server.house.appendAudit = () => Promise.reject(new Error('no room left'));

    const answer = await search('martin').finally(() => void (server.house.appendAudit = appendAudit));

    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  });

  test('whom nobody gave a number has none to show', async () => {
    const client = await server.as('supervisor');
    const reason = server.house.organisations.get('safiag')?.reasons.reveal[0]?.id;

    const answer = await client.post(`/api/members/${ids[2]}/reveal-nir`, { reason, password: deskPassword });

    expect(answer).toMatchObject({ status: 422, body: { code: 'policy-refused', rule: 'member.no-nir' } });
  });

  test('the whole NIR is shown for a reason of the list, in a call, and recorded', async () => {
    const client = await server.as('colleague');
    const id = ids[1];
    const reasons = server.house.organisations.get('safiag')?.reasons.reveal ?? [];
    const path = `/api/members/${id}/reveal-nir`;

    const body = { reason: reasons[0]?.id, password: deskPassword };
    const unproved = await client.post(path, { reason: reasons[0]?.id });
    const refused = await client.post(path, { ...body, reason: 'curiosity' });
    const shown = await client.post(path, body, { 'idempotency-key': 'reveal-1' });
    const foreign = await (await server.as('stranger')).post(path, body);
    const absent = await client.post('/api/members/nobody/reveal-nir', body);

    expect(unproved).toMatchObject({ status: 400, body: { errors: { password: expect.any(String) } } });
    expect(refused).toMatchObject({ status: 400, body: { errors: { reason: expect.any(String) } } });
    expect(shown).toMatchObject({ status: 200, body: { nir: '1 90 06 2A 999 903 43' } });
    expect(foreign).toMatchObject({ status: 404, body: absent.body });
    const [event] = await server.house.pool('audit_events').where({ type: 'member.nir-revealed' });
    expect(event).toMatchObject({ member_id: id, organisation_id: 'safiag', call_id: expect.any(String) });
    expect(await server.house.pool('idempotency_keys')).toEqual([]);
  });
});
