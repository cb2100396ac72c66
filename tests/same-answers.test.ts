import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from './support/client.ts';
import type { Built } from './support/holders.ts';
import { buildMember, nobodys, organisations, recovery, type Organisation } from './support/recoveries.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

/** Everything of an answer but its date, its request's id and the cookie's own value. */
const seen = ({ status, headers, bytes }: Answer) => {
  const kept = [...headers].filter(([name]) => !['date', 'x-request-id', 'set-cookie'].includes(name));
  const cookies = headers.getSetCookie().map((line) => line.replace(/=[^;]*/, '='));
  return { status, kept, cookies, body: new TextDecoder().decode(bytes) };
};

describe.each(databases)('before a proof, every kind of member on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  const kinds = async (organisation: Organisation): Promise<string[]> => {
    const freeze = async (member: Built) => {
      const change = { frozen_at: server.clock.now().toISOString(), frozen_why: 'repudiated' };
      await server.house.pool('accounts').where({ id: member.accountId }).update(change);
      return member;
    };
    const lock = async (member: Built) => {
      const { signIn } = recovery(server.anonymous(), organisation);
      for (let n = 0; n < 3; n += 1) await signIn(member.identifier, `wrong-${n}`);
      return member;
    };
    const members = [
      await buildMember(server, organisation),
      await lock(await buildMember(server, organisation)),
      await freeze(await buildMember(server, organisation)),
      await buildMember(server, organisation, { contractEndOn: '2026-01-31' }),
      await buildMember(server, organisation, { email: null, mobile: null }),
      await buildMember(server, organisation, { password: undefined }),
    ];
    return [...members.map(({ identifier }) => identifier), nobodys(organisation), nobodys(organisation)];
  };

  /** The answers, and the statements in their order, of one walk; the workers come between, and are not seen. */
  const walk = async (organisation: Organisation, identifier: string, birthDate?: string) => {
    const { ask, choose, type, again } = recovery(server.anonymous(), organisation);
    const statements: string[] = [];
    const listen = ({ sql }: { sql: string }) => void statements.push(sql);
    const answers: Answer[] = [];
    const note = async (request: () => Promise<Answer>): Promise<Answer> => {
      server.house.pool.on('query', listen);
      const answer = await request();
      server.house.pool.off('query', listen);
      answers.push(answer);
      await server.work();
      return answer;
    };

    const asked = await note(() => ask(identifier, birthDate ? { path: 'unblock', birthDate } : {}));
    for (const { kind } of asked.body.channels) {
      const chosen = await note(() => choose(kind));
      await note(again);
      const tries = chosen.body.step === 'enter-code' ? 4 : 0;
      for (let n = 0; n < tries; n += 1) await note(() => type('no code'));
    }
    return { answers: answers.map(seen), statements };
  };

  test.each(organisations)('gets the same bytes and the same work at %s', async (organisation) => {
    const walks = [];
    for (const identifier of await kinds(organisation)) {
      // All come from one block of addresses, whose budgets they share.
      await server.house.pool('budgets').delete();
      walks.push(await walk(organisation, identifier));
    }

    const [first, ...others] = walks;
    expect(first?.answers[0]?.status).toBe(200);
    expect(first?.statements.length).toBeGreaterThan(5);
    for (const other of others) expect(other).toEqual(first);
    server.clock.advance(24 * 60 + 1);
  });

  test('gets the same bytes and the same work for a wrong birth date', async () => {
    const walks = [];
    for (const identifier of await kinds('mgen')) walks.push(await walk('mgen', identifier, '01/01/1950'));

    const [first, ...others] = walks;
    expect(JSON.parse(first?.answers[0]?.body ?? '')).toMatchObject({ step: 'refused', channels: [] });
    for (const other of others) expect(other).toEqual(first);
    server.clock.advance(24 * 60 + 1);
  });

  test('past every budget the answers are what they were', async () => {
    const { identifier } = await buildMember(server, 'mutuelle-agents-publics');
    const walks = [];
    for (let n = 0; n < 5; n += 1) walks.push((await walk('mutuelle-agents-publics', identifier)).answers);

    for (const other of walks) expect(other).toEqual(walks[0]);
    server.clock.advance(24 * 60 + 1);
  });
});
