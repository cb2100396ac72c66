import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  answer,
  answerRight,
  knowFacts,
  lockOut,
  pageOf,
  speakWith,
  step,
  type Answers,
} from './support/callers.ts';
import { Client } from './support/client.ts';
import { eventsOfCall, openCall } from './support/calls.ts';
import { eventsOf, type Built } from './support/holders.ts';
import { buildMember } from './support/recoveries.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

const nobody = { id: '00000000-0000-4000-8000-000000000000', organisation: 'mgen' };

describe.each(databases)('what a caller answers, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let colleague: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    [agent, colleague] = [await server.as('agent'), await server.as('colleague')];
  });
  afterAll(() => server.stop());

  const build = () => buildMember(server, 'safiag', { email: null, mobile: null });
  const called = async (): Promise<{ member: Built; answers: Answers; callId: string }> => {
    const member = await build();
    const answers = await knowFacts(server, member);
    return { member, answers, callId: (await speakWith(agent, member)).id };
  };
  const wrong = 'décembre 1901';
  const tellingOf = async (member: Built, client = agent) => (await pageOf(client, member)).verification;

  test('two right answers identify: the state is told, and the unblock is there', async () => {
    const { member, answers, callId } = await called();
    await lockOut(server, member);
    const before = await pageOf(agent, member);

    const first = await answer(agent, member, answers);
    const second = await answer(agent, member, answers);
    const after = await pageOf(agent, member);

    expect(before.say.after).toBeNull();
    expect(before.can.unblock).toMatchObject({ state: 'after', rule: 'identify' });
    expect(first.body).toMatchObject({
      outcome: 'right',
      message: 'Réponse exacte.',
      verification: { level: 'none', facts: { right: 1, needed: 2, state: 'open' } },
    });
    expect(second.body.verification).toMatchObject({
      level: 'identified',
      levelInWords: 'identifié',
      facts: { state: 'done', right: 2, question: null },
    });
    expect(after.say.after).toContain('bloqué');
    expect(after.can.unblock).toMatchObject({ state: 'allowed' });
    expect(after.can.email).toMatchObject({ rule: 'email-unknown' });
    const events = (await eventsOfCall(server, callId)).filter(([type]) => type === 'verification.answered');
    expect(events.map(([, data]) => data)).toEqual([
      { fact: expect.any(String), right: true, rightSoFar: 1 },
      { fact: expect.any(String), right: true, rightSoFar: 2 },
    ]);
  });

  test('the server chooses the question, the same however often the page is read, and takes no other', async () => {
    const { member, answers } = await called();
    const asked = (await tellingOf(member)).facts.question;
    const others = Object.keys(answers).filter((fact) => fact !== asked.fact);

    const again = (await tellingOf(member)).facts.question;
    const refusals = [];
    for (const fact of [...others, 'no-such-fact']) {
      refusals.push(await answer(agent, member, answers[fact] ?? 'x', fact));
    }
    const right = await answer(agent, member, answers);
    const twice = await answer(agent, member, answers[asked.fact] ?? '', asked.fact);

    expect(again).toEqual(asked);
    expect(asked).toEqual({ fact: asked.fact, label: expect.any(String), hint: expect.any(String) });
    expect(refusals.map(({ status }) => status)).toEqual([409, 409, 409]);
    expect(right.body.outcome).toBe('right');
    expect(twice.status).toBe(409);
    expect(await tellingOf(member)).toMatchObject({ level: 'none', facts: { right: 1 } });
  });

  test('one wrong answer leaves another question; the second fails the proof and offers the letter at once', async () => {
    const { member, answers } = await called();

    const first = await answer(agent, member, wrong);
    const second = await answer(agent, member, answers);
    const failed = await called();
    await answer(agent, failed.member, wrong);
    const last = await answer(agent, failed.member, wrong);
    const page = await pageOf(agent, failed.member);

    expect(first.body).toMatchObject({ outcome: 'wrong', message: 'Réponse fausse.' });
    expect(first.body.verification.facts.state).toBe('open');
    expect(second.body.verification.facts.state).toBe('open');
    expect(last.body.verification).toMatchObject({
      level: 'none',
      failed: true,
      facts: { state: 'failed', question: null, why: expect.stringContaining('fausses') },
    });
    expect(page.can).toMatchObject({
      unblock: { state: 'refused' },
      letter: { state: 'allowed' },
    });
    expect(page.say).toMatchObject({ before: expect.stringMatching(/courrier/), after: null });
    const version = page.version;
    const letter = await agent.post(`/api/members/${failed.member.id}/temporary-passwords`, {
      channel: 'letter',
      reason: 'no-contact',
      version,
    });
    expect(letter).toMatchObject({ status: 200, body: { letter: { announcedOn: expect.any(String) } } });
    expect(letter.body.toSay).not.toMatch(/novembre|décembre/);
  });

  test('tries are the member’s: across agents and calls there are six a day, right or wrong', async () => {
    const { member, answers } = await called();
    const outcomes: string[] = [];
    for (const client of [agent, colleague, agent]) {
      await speakWith(client, member);
      for (let n = 0; n < 2; n += 1) outcomes.push((await answer(client, member, wrong)).body.outcome);
    }
    await speakWith(colleague, member);

    const spent = await tellingOf(member, colleague);
    const seventh = await answer(colleague, member, answers, Object.keys(answers)[0]);

    const alerts = server.house.pool('alerts').where('subject', 'like', 'caller-answers-per-member:%');
    expect(outcomes).toEqual(Array(6).fill('wrong'));
    expect(await alerts).toMatchObject([{ kind: 'budget-spent', member_id: member.id }]);
    expect(spent.facts).toMatchObject({ state: 'unavailable', why: expect.stringContaining('demain') });
    expect(seventh.status).toBe(409);
    server.clock.advance(24 * 60 + 1);
    const tomorrow = await new Client(server.url).signIn('agent', deskPassword);
    await speakWith(tomorrow, member);
    expect((await answerRight(server, tomorrow, member, answers)).body.verification.level).toBe('identified');
    agent = tomorrow;
    colleague = await new Client(server.url).signIn('colleague', deskPassword);
  });

  test('what was proved holds for one call and one member, and for its agent', async () => {
    const { member } = await called();
    const other = await build();
    await answerRight(server, agent, member);

    const elsewhere = await tellingOf(other);
    const colleagues = await tellingOf(member, colleague);
    expect((await tellingOf(member)).level).toBe('identified');
    await speakWith(agent, member);
    const next = await tellingOf(member);

    expect([elsewhere.level, colleagues.level, next.level]).toEqual(['none', 'none', 'none']);
  });

  test('said to be somebody else, the caller has proved nothing', async () => {
    const { member } = await called();
    await answerRight(server, agent, member);
    const { call } = (await agent.get('/api/calls/current')).body;

    await agent.patch(`/api/calls/${call.id}`, { caller: 'third-party', version: call.version });
    const page = await pageOf(agent, member);

    expect(page.verification).toMatchObject({ level: 'none', caller: 'not-entitled' });
    expect(page.say.after).toBeNull();
  });

  test('facts too old, too few or of too many people are no questions', async () => {
    const member = await build();
    const [fact = ''] = Object.keys(await knowFacts(server, member));
    await speakWith(agent, member);
    const pool = () => server.house.pool('member_facts').where({ member_id: member.id });

    await pool().whereNot({ fact: 'contract-start-month' }).update({ happened_on: '2025-10-01' });
    const old = await tellingOf(member);
    await pool().delete();
    const none = await tellingOf(member);

    expect(fact).toBe('contract-start-month');
    expect([old.facts, none.facts].map(({ state, question }) => [state, question])).toEqual([
      ['unavailable', null],
      ['unavailable', null],
    ]);
    expect(none.facts.why).toContain('assez de questions');
  });

  test('is refused while the caller is unsaid, to one who may hear nothing, and what is empty', async () => {
    const member = await build();
    const answers = await knowFacts(server, member);
    const fact = Object.keys(answers)[0] ?? '';
    const attempt = () => step(agent, member, { method: 'fact', fact, answer: 'x' });
    await openCall(agent, { caller: 'unsaid' });

    const unsaid = await attempt();
    await speakWith(agent, member, { caller: 'third-party' });
    const third = await attempt();
    await speakWith(agent, member);
    const empty = await step(agent, member, { method: 'fact', fact, answer: ' ' });
    const withLevel = await step(agent, member, { method: 'fact', fact, answer: 'x', level: 'strong' });

    expect(unsaid).toMatchObject({ status: 422, body: { rule: 'caller-unsaid' } });
    expect(third).toMatchObject({ status: 422, body: { rule: 'caller-not-entitled' } });
    expect(empty).toMatchObject({ status: 400, body: { errors: { answer: expect.any(String) } } });
    expect(withLevel.status).toBe(400);
    expect(await eventsOf(server, member.id)).not.toContain('verification.answered');
  });

  test('is for agents of the organisation; another’s member is nobody', async () => {
    const { member } = await called();
    const body = { method: 'fact', fact: 'contract-start-month', answer: 'x' };
    const stranger = await new Client(server.url).signIn('stranger', deskPassword);

    for (const role of ['print-operator', 'administrator', 'auditor']) {
      const client = await new Client(server.url).signIn(role, deskPassword);
      expect((await step(client, member, body)).status).toBe(403);
    }
    const foreign = await step(stranger, member, body);
    expect(foreign).toMatchObject({ status: 404, body: (await step(stranger, nobody, body)).body });
    expect((await server.house.pool('verifications').where({ member_id: member.id })).length).toBe(0);
  });
});
