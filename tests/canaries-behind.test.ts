import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildLetters, type BuiltLetter } from './support/build.ts';
import { endCall, openCall, type ApiCall } from './support/calls.ts';
import type { Answer, Client } from './support/client.ts';
import { databases, startServer, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('what is a canary’s, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let colleague: Client;
  let supervisor: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    [agent, colleague, supervisor] = await Promise.all([
      server.as('agent'),
      server.as('colleague'),
      server.as('supervisor'),
    ]);
    await server.house.pool('agents').update({ site_id: null });
  });
  afterAll(() => server.stop());
  const pool = () => server.house.pool;
  beforeEach(() => pool()('alerts').delete());

  type Theirs = { letter: BuiltLetter; call: ApiCall; callback: string; note: string; approval: string };
  const agentId = async () => (await pool()('agents').where({ username: 'agent' }).first()).id as string;
  /** A member with a letter, a call, and what the agent owes and noted. */
  const somebody = async (): Promise<Theirs> => {
    const [letter] = (await buildLetters(server, [{}])) as [BuiltLetter];
    const { memberId } = letter;
    const call = await openCall(agent, { memberId });
    const dueAt = new Date(Date.parse(wednesday) + 3_600_000).toISOString();
    const owed = await agent.post('/api/callbacks', { memberId, dueAt, callId: call.id });
    const noted = await agent.post(`/api/members/${memberId}/notes`, { kind: 'note', text: 'Demain' });
    expect([owed.status, noted.status]).toEqual([201, 201]);
    const approval = `approval-${memberId.slice(0, 8)}`;
    await pool()('approvals').insert({
      ...{ id: approval, organisation_id: letter.organisation, member_id: memberId, call_id: call.id },
      ...{ account_id: letter.accountId, act: 'letter', input_sealed: 'x', reasons: '[]', frozen: '{}' },
      ...{ asked_by: await agentId(), asked_at: wednesday, expires_at: '2026-11-30T09:00:00.000Z' },
      ...{ state: 'waiting', version: 1 },
    });
    const note = await pool()('member_notes').where({ member_id: memberId }).first();
    return { letter, call, callback: owed.body.id, note: note.id as string, approval };
  };
  const canary = async (): Promise<Theirs> => {
    const theirs = await somebody();
    const { memberId, organisation } = theirs.letter;
    const made = { made_at: wednesday, made_by: 'tests' };
    await pool()('canaries').insert({ member_id: memberId, organisation_id: organisation, ...made });
    return theirs;
  };
  /** Each refused, then some done, by nothing but the id of what is theirs. */
  const refusals = ({ letter, call, callback, note, approval }: Theirs) => ({
    'a letter at a stale version': () =>
      agent.post(`/api/letters/${letter.id}/cancel`, { reason: 'found-password', version: 9 }),
    'a call-back at a stale version': () => colleague.post(`/api/callbacks/${callback}/take`, { version: 9 }),
    'a request at a stale version': () => agent.post(`/api/approvals/${approval}/withdraw`, { version: 9 }),
    'another’s request': () => colleague.post(`/api/approvals/${approval}/withdraw`, { version: 1 }),
    'another’s call': () => colleague.patch(`/api/calls/${call.id}`, { caller: 'member', version: 1 }),
    'a note’s id': () => colleague.patch(`/api/calls/${note}`, { caller: 'member', version: 1 }),
  });
  const acts = ({ letter, call, callback }: Theirs) => ({
    'a letter': () =>
      colleague.post(`/api/letters/${letter.id}/cancel`, { reason: 'found-password', version: 1 }),
    'a call-back': () => colleague.post(`/api/callbacks/${callback}/take`, { version: 1 }),
    'a call taken up': async () => {
      await endCall(agent, call, { dropped: true });
      return colleague.post(`/api/calls/${call.id}/resume`);
    },
  });
  const told = async (tried: Record<string, () => Promise<Answer>>) => {
    const found: [string, number, number[]][] = [];
    for (const [what, work] of Object.entries(tried)) {
      await pool()('alerts').delete();
      const { status } = await work();
      const alerts = await pool()('alerts').where({ kind: 'canary-seen' });
      found.push([what, status, alerts.map(({ times }) => Number(times))]);
    }
    return found;
  };
  const rows = async () => (await pool()('audit_events').where({ type: 'request.refused' })).length;

  test('alarms by whatever id it is reached, refused or done, and by a conflict too', async () => {
    const theirs = await canary();
    const before = await rows();

    const refused = await told(refusals(theirs));
    const kept = (await rows()) - before;
    const done = await told(acts(theirs));

    expect(refused).toEqual([
      ['a letter at a stale version', 409, [1]],
      ['a call-back at a stale version', 409, [1]],
      ['a request at a stale version', 409, [1]],
      ['another’s request', 404, [1]],
      ['another’s call', 404, [1]],
      ['a note’s id', 404, [1]],
    ]);
    expect(kept).toBe(refused.length);
    expect(done).toEqual([
      ['a letter', 200, [1]],
      ['a call-back', 200, [1]],
      ['a call taken up', 201, [1]],
    ]);
    expect(JSON.stringify((await supervisor.get('/api/alerts')).body)).not.toContain(theirs.letter.id);
  });

  test('costs everybody else one query, and leaves no row of a conflict', async () => {
    const theirs = await somebody();
    const before = await rows();
    const queries: string[] = [];
    const listen = ({ sql }: { sql: string }) => void (sql.includes('canaries') && queries.push(sql));
    pool().on('query', listen);

    const refused = await told(refusals(theirs));
    pool().removeListener('query', listen);

    expect(refused.map(([, status, alerts]) => [status, alerts])).toEqual(
      [409, 409, 409, 404, 404, 404].map((status) => [status, []]),
    );
    expect(queries).toHaveLength(refused.length);
    expect((await rows()) - before).toBe(3);
  });
});
