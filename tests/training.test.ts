import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parisDay } from '../server/core/calendar.ts';
import { callersOf, loadDemo } from '../server/imports/demo.service.ts';
import { trainingPlots, type TrainingPlot } from '../server/imports/training-callers.ts';
import type { TrainingCall } from '../server/supervision/training.schema.ts';
import { pageOf, speakWith, step } from './support/callers.ts';
import type { Client } from './support/client.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

const seed = 'formation';

describe.each(databases)('a training space on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    await loadDemo(server.house, { members: 200, seed });
    const today = parisDay(server.clock.now());
    server.house.training = true;
    server.house.trainingCallers = callersOf(server.house, { seed, today });
    agent = await server.anonymous().signIn('agent', deskPassword);
  });
  afterAll(() => server.stop());

  const calls = async (client = agent): Promise<TrainingCall[]> =>
    (await client.get('/api/training-calls')).body;
  /** One who can be asked enough questions. */
  const callerOf = async (plot: TrainingPlot): Promise<TrainingCall> => {
    const found = (await calls()).find(({ id, answers }) => id.endsWith(`-${plot}`) && answers.length > 1);
    if (!found) throw new Error(`Nobody calls about ${plot}.`);
    return found;
  };
  const memberOf = async ({ memberNumber, organisationId }: TrainingCall) => {
    const answer = await agent.post('/api/members/search', {
      filter: { q: memberNumber, organisation: organisationId },
    });
    return { id: answer.body[0].id as string, organisation: organisationId };
  };
  const debrief = async ({ id }: TrainingCall) => (await agent.get(`/api/training-calls/${id}/debrief`)).body;

  test('has callers of every plot, with invented people and words for each', async () => {
    const all = await calls();
    const plots = new Set(trainingPlots.filter((plot) => all.some(({ id }) => id.endsWith(`-${plot}`))));

    expect([...plots]).toEqual([...trainingPlots]);
    for (const { opening, code, answers } of all) {
      expect(opening).toMatch(/^« .+ »$/);
      expect(code).not.toContain('training.');
      for (const { question, answer } of answers) expect([question, answer]).not.toContain('');
    }
  });

  test('an honest caller is verified by what they answer, and the debrief sees what was done', async () => {
    const caller = await callerOf('locked');
    const member = await memberOf(caller);
    await speakWith(agent, member);
    const before = await debrief(caller);
    const outcomes: string[] = [];
    for (;;) {
      const { question } = (await pageOf(agent, member)).verification.facts;
      if (!question) break;
      const told = caller.answers.find((one) => one.question === question.label)?.answer;
      const tried = await step(agent, member, { method: 'fact', fact: question.fact, answer: told });
      outcomes.push(tried.body.outcome);
    }
    const { version } = await pageOf(agent, member);
    const unblocked = await agent.post(`/api/members/${member.id}/unblock`, { reason: 'mistyped', version });

    expect(new Set(outcomes)).toEqual(new Set(['right']));
    expect(unblocked.status).toBe(200);
    expect(before).toMatchObject({ verdict: 'nothing-done', done: [] });
    expect(await debrief(caller)).toMatchObject({
      verdict: 'as-expected',
      done: ['Le compte a été débloqué.'],
    });
  });

  test('a debrief counts what was done since that caller rang, and for nobody who rang before', async () => {
    const caller = await callerOf('forgotten');
    const member = await memberOf(caller);
    const ring = async ({ id }: TrainingCall) =>
      (await agent.get(`/api/training-calls/${id}/ring`)).body.rangAt as string;
    const since = async (rangAt: string) =>
      (await agent.get(`/api/training-calls/${caller.id}/debrief?since=${rangAt}`)).body;

    const first = await ring(caller);
    await speakWith(agent, member);
    const { version } = await pageOf(agent, member);
    const reported = await agent.post(`/api/members/${member.id}/suspicion`, { version });
    const ofFirst = await since(first);
    server.clock.advance(1);
    const ofSecond = await since(await ring(caller));
    const wrong = await agent.get(`/api/training-calls/${caller.id}/debrief?since=hier`);

    expect(reported.status).toBe(200);
    expect(ofFirst.done).toHaveLength(1);
    expect(ofSecond).toMatchObject({ verdict: 'nothing-done', done: [] });
    expect(wrong.status).toBe(400);
    expect((await agent.get('/api/training-calls/nobody/ring')).status).toBe(404);
  });

  test('an impostor answers wrong, and a suspicion is what the debrief waits for', async () => {
    const caller = await callerOf('impostor');
    const member = await memberOf(caller);
    await speakWith(agent, member);
    const { question } = (await pageOf(agent, member)).verification.facts;
    const told = caller.answers.find((one) => one.question === question.label)?.answer;
    const tried = await step(agent, member, { method: 'fact', fact: question.fact, answer: told });
    const before = await debrief(caller);
    await agent.post(`/api/members/${member.id}/suspicion`, {
      version: (await pageOf(agent, member)).version,
    });

    expect(tried.body.outcome).toBe('wrong');
    expect(before.verdict).toBe('nothing-done');
    expect((await debrief(caller)).verdict).toBe('as-expected');
  });

  test('impostors say what anybody might say, not one sentence of their own', async () => {
    const opened = await calls();
    const of = (plot: string) => opened.filter(({ id }) => id.endsWith(`-${plot}`));
    const said = (one: TrainingCall) => one.opening.split('. ').slice(1).join('. ');
    const honest = ['forgotten', 'locked', 'new-address'].flatMap(of).map(said);

    expect(new Set(of('impostor').map(said)).size).toBeGreaterThan(1);
    expect(of('impostor').some((one) => honest.includes(said(one)))).toBe(true);
  });

  test('a trainee sees the callers of their organisations only, and what they did themselves', async () => {
    const stranger = await server.as('stranger');
    const caller = await callerOf('locked');
    const supervisor = await server.as('supervisor');

    expect(
      (await calls(stranger)).every(({ organisationId }) => organisationId === 'mutuelle-imaginaire'),
    ).toBe(true);
    expect((await stranger.get(`/api/training-calls/${caller.id}/debrief`)).status).toBe(404);
    expect((await supervisor.get(`/api/training-calls/${caller.id}/debrief`)).body.done).toEqual([]);
  });

  test('says what it is, on every page and before anybody has signed in', async () => {
    const welcome = await server.anonymous().get('/api/welcome');

    expect(welcome.body).toMatchObject({ training: true });
    expect((await agent.get('/api/me')).body).toMatchObject({ training: true });
  });

  test('outside of one there is nobody to train with', async () => {
    const { trainingCallers } = server.house;
    const caller = await callerOf('locked');
    server.house.trainingCallers = [];
    const [listed, one] = [await calls(), await agent.get(`/api/training-calls/${caller.id}/debrief`)];
    server.house.trainingCallers = trainingCallers;

    expect(listed).toEqual([]);
    expect(one.status).toBe(404);
  });
});
