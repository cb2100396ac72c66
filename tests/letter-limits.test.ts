import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asked, end } from './support/approvals.ts';
import { times } from './support/build.ts';
import { pageOf, speakWith } from './support/callers.ts';
import type { Client } from './support/client.ts';
import { sheets } from './support/returns.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const ago = (days: number): string =>
  new Date(Date.parse('2026-11-18T08:00:00.000Z') - days * 86_400_000).toISOString();
const letter = { act: 'letter', reason: 'no-contact' };

describe.each(databases)('the limits of letters, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let supervisor: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    [agent, supervisor] = [await server.as('agent'), await server.as('supervisor')];
  });
  afterAll(() => server.stop());

  type Former = { state: string; days: number };
  const reasonOf = (state: string) => (state === 'returned' ? 'refused' : null);
  /** A member who was sent these letters, so many days ago; ended ones have no password that lives. */
  const memberWith = async (former: Former[]) => {
    const made = await sheets(server, times(former.length));
    const { memberId: id, accountId, organisation, identifier } = made[0] as (typeof made)[number];
    const { pool } = server.house;
    for (const [at, { state, days }] of former.entries()) {
      const own = { member_id: id, account_id: accountId };
      await pool('letters')
        .where({ id: made[at]?.id })
        .update({ ...own, state, asked_at: ago(days), state_at: ago(days), return_reason: reasonOf(state) });
      if (state !== 'deposited') await pool('credentials').where({ letter_id: made[at]?.id }).delete();
    }
    return { id, accountId, organisation, identifier };
  };
  const verdict = async (member: { id: string }) => {
    await speakWith(agent, member);
    return (await pageOf(agent, member)).can.letter;
  };

  test.each<[string, Former[], string, RegExp]>([
    [
      'one on its way',
      [{ state: 'deposited', days: 0 }],
      'letter-on-its-way',
      /attendu au plus tard le samedi 21 novembre. Un autre peut l’être à partir du dimanche 22 novembre/,
    ],
    [
      'three days apart',
      [{ state: 'expired', days: 1 }],
      'letter-too-soon',
      /peut l’être à partir du vendredi 20 novembre/,
    ],
    [
      'three in 90 days',
      [80, 50, 20].map((days) => ({ state: 'expired', days })),
      'letter-too-soon',
      /peut l’être à partir du samedi 28 novembre/,
    ],
  ])('%s: a supervisor’s word lifts it, and nothing else does', async (_limit, former, rule, said) => {
    const member = await memberWith(former);
    const against = await verdict(member);
    const { version } = await pageOf(agent, member);
    const body = { channel: 'letter', reason: 'no-contact', version };

    const alone = await agent.post(`/api/members/${member.id}/temporary-passwords`, body);
    const request = await asked(agent, member, letter);
    const approved = await end(supervisor, 'approve', request);

    expect(against).toMatchObject({ state: 'approval', rule, why: expect.stringMatching(said) });
    expect(alone).toMatchObject({ status: 422, body: { rule } });
    expect(approved).toMatchObject({ status: 200, body: { state: 'done' } });
    const rows = await server.house.pool('letters').where({ member_id: member.id, state: 'requested' });
    expect(rows).toHaveLength(1);
  });

  test.each<[string, 'allowed' | 'approval', Former[]]>([
    // What never left uses up nothing.
    ['cancelled', 'allowed', [{ state: 'cancelled', days: 0 }]],
    ['refused at the drawing', 'allowed', [{ state: 'refused', days: 0 }]],
    ['spoiled', 'allowed', [{ state: 'spoiled', days: 0 }]],
    // What came back reached nobody: its address corrected, there is nothing to keep apart from.
    ['returned', 'allowed', [{ state: 'returned', days: 1 }]],
    // It was sent all the same: an address that moves with every letter is a supervisor’s affair.
    ['returned three times', 'approval', [40, 20, 5].map((days) => ({ state: 'returned', days }))],
    ['superseded', 'approval', [{ state: 'superseded', days: 1 }]],
    ['expired and long ago', 'allowed', [{ state: 'expired', days: 4 }]],
    ['two and one that never left', 'allowed', [80, 50].map((days) => ({ state: 'expired', days }))],
  ])('a letter that is %s leaves another one %s', async (_what, state, former) => {
    expect(await verdict(await memberWith(former))).toMatchObject({ state });
  });
});
