import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { anotherSupervisor, asked, askFor, end, rowOf } from './support/approvals.ts';
import { speakWith } from './support/callers.ts';
import type { Client } from './support/client.ts';
import type { Built } from './support/holders.ts';
import { buildMember } from './support/recoveries.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const letter = { act: 'letter', reason: 'no-contact' };

describe.each(databases)('a second person and whoever is faster, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let supervisor: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    [agent, supervisor] = [await server.as('agent'), await server.as('supervisor')];
  });
  // Else the one who asks had soon sent far more than the desk.
  beforeEach(() => server.house.pool('letters').update({ asked_at: '2026-11-01T08:00:00.000Z' }));
  afterAll(() => server.stop());

  const guarded = () => buildMember(server, 'safiag', { isProtected: true });
  const lettersOf = (member: Built) => server.house.pool('letters').where({ member_id: member.id });

  test('two supervisors at once: one decides, and the act runs once', async () => {
    const second = await anotherSupervisor(server, 'seconde');
    for (let round = 0; round < 8; round += 1) {
      const member = await guarded();
      await speakWith(agent, member);
      const request = await asked(agent, member, letter);

      const answers = await Promise.all([
        end(supervisor, 'approve', request),
        round % 2 ? end(second, 'approve', request) : end(second, 'refuse', request, { word: 'non' }),
        end(supervisor, 'approve', request),
      ]);

      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      const { state } = answers.find(({ status }) => status === 200)?.body ?? {};
      expect(await lettersOf(member)).toHaveLength(state === 'done' ? 1 : 0);
    }
  });

  test('asked again while it is decided: neither waits for the other for ever, and one letter leaves', async () => {
    for (let round = 0; round < 12; round += 1) {
      const member = await guarded();
      await speakWith(agent, member);
      const request = await asked(agent, member, letter);

      const [again, decided] = await Promise.all([
        askFor(agent, member, letter),
        end(supervisor, 'approve', request),
      ]);

      expect([200, 409]).toContain(decided.status);
      expect([201, 409, 422]).toContain(again.status);
      expect(await lettersOf(member)).toHaveLength(decided.status === 200 ? 1 : 0);
    }
  });

  test('taken back while it is approved: one of the two stands', async () => {
    for (let round = 0; round < 8; round += 1) {
      const member = await guarded();
      await speakWith(agent, member);
      const request = await asked(agent, member, letter);

      const answers = await Promise.all([
        end(agent, 'withdraw', request),
        end(supervisor, 'approve', request),
      ]);

      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const { state } = await rowOf(server, request);
      expect(await lettersOf(member)).toHaveLength(state === 'done' ? 1 : 0);
    }
  });

  test('an agent who acts while it is approved: the account’s turn is taken once', async () => {
    for (let round = 0; round < 8; round += 1) {
      const member = await guarded();
      await speakWith(agent, member);
      const request = await asked(agent, member, letter);
      await server.house.pool('members').where({ id: member.id }).update({ protected: 0 });
      const { version } = (await agent.get(`/api/members/${member.id}`)).body;
      const body = { channel: 'letter', reason: 'no-contact', version };

      const [acted, decided] = await Promise.all([
        agent.post(`/api/members/${member.id}/temporary-passwords`, body),
        end(supervisor, 'approve', request),
      ]);

      expect([200, 409]).toContain(acted.status);
      expect([200, 409]).toContain(decided.status);
      expect(await lettersOf(member)).toHaveLength(1);
    }
  });
});
