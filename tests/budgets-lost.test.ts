import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildHolder, type Built } from './support/holders.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('with the budgets lost, on %s', (engine) => {
  let server: TestServer;
  let member: Built;
  beforeAll(async () => {
    server = await startServer(engine);
    member = await buildHolder(server, { password: 'Tilleul+2026!', memberNumber: '424242' });
    await server.house.pool.schema.dropTable('budgets');
  });
  afterAll(() => server.stop());

  const posted = (path: string, body: object) =>
    server.anonymous().post(`/portal/api/${member.organisation}${path}`, body);

  test('the public side refuses: nothing unbounded gets in or out', async () => {
    const { identifier } = member;

    const recovery = await posted('/recoveries', { path: 'forgotten', identifier });
    const signIn = await posted('/sign-in', { identifier, password: 'Tilleul+2026!' });

    expect(recovery).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(signIn).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(await server.house.pool('recoveries').select('id')).toEqual([]);
    expect(await server.house.pool('portal_sessions').select('id')).toEqual([]);
  });

  test('agents go on', async () => {
    const agent = await server.as('agent');

    const found = await agent.post('/api/members/search', { filter: { q: '424242' } });
    const page = await agent.get(`/api/members/${member.id}`);

    expect(found.body).toHaveLength(1);
    expect(page.status).toBe(200);
    // What nobody could bound is not offered.
    expect(page.body.verification.codes).not.toContainEqual(expect.objectContaining({ state: 'open' }));
    expect(page.body.can.letter).toMatchObject({ state: 'approval', rule: 'letter-without-proof-budget' });
  });
});
