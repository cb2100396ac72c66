import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from './support/client.ts';
import { buildHolder, type Built } from './support/holders.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('with an audit that cannot be written, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let operator: Client;
  let auditor: Client;
  let member: Built;
  let version: number;

  beforeAll(async () => {
    server = await startServer(engine);
    agent = await server.as('agent');
    operator = await server.as('print-operator');
    auditor = await server.as('auditor');
    member = await buildHolder(server, { password: 'Tilleul+2026!' });
    const wrong = { identifier: member.identifier, password: 'wrong' };
    for (let n = 0; n < 3; n += 1)
      await server.anonymous().post(`/portal/api/${member.organisation}/sign-in`, wrong);
    version = (await agent.get(`/api/members/${member.id}`)).body.version;
    await agent.post(`/api/members/${member.id}/temporary-passwords`, {
      channel: 'letter',
      reason: 'no-contact',
      version,
    });
    await breakAudit(server, engine);
  });
  afterAll(() => server.stop());

  const attempts: [string, () => Promise<{ status: number }>][] = [
    ['a search', () => agent.post('/api/members/search', { filter: { q: 'tilleul' } })],
    ['a look at a member', () => agent.get(`/api/members/${member.id}`)],
    [
      'an unblock',
      () => agent.post(`/api/members/${member.id}/unblock`, { reason: 'mistyped', version: version + 1 }),
    ],
    ['a NIR shown', () => agent.post(`/api/members/${member.id}/reveal-nir`, { reason: 'homonym' })],
    ['a call opened', () => agent.post('/api/calls', { channel: 'telephone', caller: 'member' })],
    [
      'a lot made',
      () => operator.post('/api/lots', { organisation: member.organisation, product: 'lettre-verte' }),
    ],
    [
      'a refusal',
      () => agent.post('/api/lots', { organisation: member.organisation, product: 'lettre-verte' }),
    ],
    ['a reading of the audit', () => auditor.get('/api/audit-events')],
    [
      'a member’s sign-in',
      () =>
        server.anonymous().post(`/portal/api/${member.organisation}/sign-in`, {
          identifier: member.identifier,
          password: 'Tilleul+2026!',
        }),
    ],
    [
      'a recovery asked for',
      () =>
        server.anonymous().post(`/portal/api/${member.organisation}/recoveries`, {
          path: 'forgotten',
          identifier: member.identifier,
        }),
    ],
    [
      'a link opened',
      () => server.anonymous().post(`/portal/api/${member.organisation}/links`, { token: 'a'.repeat(43) }),
    ],
    [
      'an agent’s sign-in',
      () => server.anonymous().post('/api/session', { username: 'agent', password: deskPassword }),
    ],
  ];

  test.each(attempts)('%s answers 503 and changes nothing', async (_what, attempt) => {
    const before = await dump(server);

    const { status } = await attempt();

    expect(status).toBe(503);
    expect(await dump(server)).toEqual(before);
  });

  test('what looks at no member still answers', async () => {
    expect((await agent.get('/api/organisations')).status).toBe(200);
    expect((await agent.get('/api/me')).status).toBe(200);
  });
});

const breakAudit = async ({ house }: TestServer, engine: string): Promise<void> => {
  if (engine === 'sqlite') {
    await house.pool.raw(
      "create trigger no_audit before insert on audit_events begin select raise(abort, 'unwritable'); end",
    );
    return;
  }
  await house.pool.raw(
    "create function no_audit() returns trigger language plpgsql as $$ begin raise exception 'unwritable'; end $$",
  );
  await house.pool.raw(
    'create trigger no_audit before insert on audit_events for each row execute function no_audit()',
  );
};

/** Every row of every table but sessions. */
const dump = async ({ house }: TestServer): Promise<Record<string, unknown[]>> => {
  const tables = [
    'audit_events',
    'audit_head',
    'attempt_counters',
    'idempotency_keys',
    'members',
    'contacts',
    'calls',
    'accounts',
    'credentials',
    'portal_sessions',
    'unblocks',
    'letters',
    'lots',
    'imports',
    'messages',
    'recoveries',
    'budgets',
    'alerts',
    'contact_changes',
  ];
  const found: Record<string, unknown[]> = {};
  for (const table of tables) found[table] = await house.pool(table).select('*');
  return found;
};
