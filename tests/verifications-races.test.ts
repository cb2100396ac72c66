import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer, knowFacts, pageOf, sendCode, speakWith, step } from './support/callers.ts';
import type { Answer, Client } from './support/client.ts';
import type { Built } from './support/holders.ts';
import { buildMember, dataOf, otherThan } from './support/recoveries.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const at = async <T>(times: number, ask: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_none, n) => ask(n)));
const told = (answers: Answer[]): string[] =>
  answers.map(({ status, body }) => (status === 200 ? (body.outcome as string) : String(status)));
const count = (list: string[], what: string): number => list.filter((one) => one === what).length;

describe.each(databases)('proofs that arrive together, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let colleague: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    [agent, colleague] = [await server.as('agent'), await server.as('colleague')];
  });
  afterAll(() => server.stop());

  const called = async (): Promise<Built> => {
    const member = await buildMember(server, 'mgen');
    await speakWith(agent, member);
    return member;
  };
  const read = (member: Built, code: string, client = agent) =>
    step(client, member, { method: 'code', code });
  const proofOf = (member: Built) => server.house.pool('verifications').where({ member_id: member.id });

  const confirmedOf = async (member: Built): Promise<string[]> =>
    Object.keys(JSON.parse((await proofOf(member))[0].confirmed as string) as object);

  test('eight right codes at once: one counts', async () => {
    for (let round = 0; round < 5; round += 1) {
      const member = await called();
      const code = await sendCode(server, agent, member, 'sms');

      const outcomes = told(await at(8, () => read(member, code)));

      expect(count(outcomes, 'right')).toBe(1);
      expect(count(outcomes, '409')).toBe(7);
      expect(await dataOf(server, 'verification.code-tried', { member_id: member.id })).toEqual([
        { channel: 'sms', tries: 1, outcome: 'right' },
      ]);
      expect(await confirmedOf(member)).toEqual(['mobile']);
    }
  });

  test('thirty wrong codes at once: three are compared, and the right one after them is not', async () => {
    const member = await called();
    const code = await sendCode(server, agent, member, 'sms');

    const outcomes = told(await at(30, () => read(member, otherThan(code))));
    const late = await read(member, code);

    expect(outcomes).toEqual(Array(30).fill('wrong'));
    const tried = await dataOf(server, 'verification.code-tried', { member_id: member.id });
    expect(tried.map(({ outcome }) => outcome)).toEqual([
      ...Array(3).fill('wrong'),
      ...Array(28).fill('ended'),
    ]);
    expect(await proofOf(member)).toMatchObject([{ code_tries: 3 }]);
    expect(await confirmedOf(member)).toEqual([]);
    expect(late.body.verification.level).toBe('none');
  });

  test('the right code among wrong ones: counted within the tries, or dead with them', async () => {
    for (let round = 0; round < 5; round += 1) {
      const member = await called();
      const code = await sendCode(server, agent, member, 'sms');

      await at(9, (n) => read(member, n === 4 ? code : otherThan(code)));

      const outcomes = (await dataOf(server, 'verification.code-tried', { member_id: member.id })).map(
        ({ outcome }) => outcome as string,
      );
      expect(count(outcomes, 'right') + count(outcomes, 'wrong')).toBeLessThanOrEqual(3);
      expect(await confirmedOf(member)).toEqual(outcomes.includes('right') ? ['mobile'] : []);
    }
  });

  test('twenty answers to one question at once: one counts', async () => {
    for (const right of [true, false]) {
      const member = await called();
      const answers = await knowFacts(server, member);
      const { fact } = (await pageOf(agent, member)).verification.facts.question;
      const said = right ? (answers[fact] ?? '') : 'décembre 1901';

      const outcomes = told(await at(20, () => answer(agent, member, said, fact)));

      expect(count(outcomes, right ? 'right' : 'wrong')).toBe(1);
      expect(count(outcomes, '409')).toBe(19);
      expect(await proofOf(member)).toMatchObject([
        { asked: JSON.stringify([fact]), right_answers: right ? 1 : 0, wrong_answers: right ? 0 : 1 },
      ]);
    }
  });

  test('two agents in two calls share the member’s tries: of ten days’ worth at once, six are compared', async () => {
    const member = await called();
    await knowFacts(server, member);
    const wrongs = async (client: Client): Promise<string[]> => {
      const outcomes: string[] = [];
      for (let call = 0; call < 5; call += 1) {
        await speakWith(client, member);
        for (let n = 0; n < 2; n += 1)
          outcomes.push(...told([await answer(client, member, 'décembre 1901')]));
      }
      return outcomes;
    };

    const outcomes = (await Promise.all([wrongs(agent), wrongs(colleague)])).flat();

    // A seventh that arrives beside the sixth is answered as wrong, and compared with nothing.
    expect(count(outcomes, 'wrong')).toBeGreaterThanOrEqual(6);
    expect(count(outcomes, 'wrong')).toBeLessThanOrEqual(7);
    const [row] = await server.house
      .pool('budgets')
      .where('id', `caller-answers-per-member:${member.id}:day`);
    expect(Number(row.used)).toBe(6);
  });

  test('codes asked for by two agents at once are five a day in all', async () => {
    const member = await called();
    await speakWith(colleague, member);

    const answers = await at(12, (n) =>
      step(n % 2 ? agent : colleague, member, { method: 'send-code', channel: 'sms' }),
    );

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(answers.every(({ status }) => [200, 422, 429].includes(status))).toBe(true);
    const asked = server.house.pool('messages').where({ member_id: member.id, template: 'caller-code' });
    expect(await asked).toHaveLength(5);
  });

  test('a document handed in twice at once is kept once', async () => {
    const member = await called();
    await speakWith(agent, member, { channel: 'post' });
    const body = { method: 'document', kind: 'passport', reference: 'Dossier 7' };

    const answers = await at(6, () => step(agent, member, body));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await server.house.pool('approvals').where({ member_id: member.id })).toHaveLength(1);
  });
});
