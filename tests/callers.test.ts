import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { placeAgent } from '../server/agents/placement.service.ts';
import { perform, systemVisit } from '../server/core/perform.ts';
import { answerRight, lockOut, pageOf, speakWith, step } from './support/callers.ts';
import { currentCall, openCall } from './support/calls.ts';
import type { Answer, Client } from './support/client.ts';
import { eventsOf, type Built } from './support/holders.ts';
import { buildMember } from './support/recoveries.ts';
import { databases, everyOrganisation, startServer, type TestServer } from './support/server.ts';

const aDate = /\d{1,2}(?:er)? (?:novembre|décembre)|\d\d\/\d\d/;

describe.each(databases)('who calls, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let colleague: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    [agent, colleague] = [await server.as('agent'), await server.as('colleague')];
  });
  afterAll(() => server.stop());

  const build = async (more: object = {}): Promise<Built> => {
    const member = await buildMember(server, 'safiag', more);
    await lockOut(server, member);
    return member;
  };
  const askLetter = async (member: Built, client = agent): Promise<Answer> => {
    const { version } = await pageOf(client, member);
    const body = { channel: 'letter', reason: 'no-contact', version };
    return client.post(`/api/members/${member.id}/temporary-passwords`, body);
  };
  const unblock = async (member: Built, client = agent): Promise<Answer> => {
    const { version } = await pageOf(client, member);
    return client.post(`/api/members/${member.id}/unblock`, { reason: 'mistyped', version });
  };

  test.each(['third-party', 'dependant', 'legal-representative'])(
    'a %s without mandate hears nothing and sets off the letter alone',
    async (caller) => {
      const member = await build();
      await speakWith(agent, member, { caller });

      const page = await pageOf(agent, member);
      const tried = await step(agent, member, { method: 'send-code', channel: 'sms' });
      const refused = await unblock(member);
      const letter = await askLetter(member);
      const after = await pageOf(agent, member);

      expect(page.verification).toMatchObject({ caller: 'not-entitled', level: 'none' });
      expect([page.say.after, after.say.after]).toEqual([null, null]);
      expect(page.say.before).toMatch(/qu’avec l’adhérent ou son représentant/);
      expect([page.say.before, after.say.before].join()).not.toMatch(/bloqué|envoyé le|parti/);
      expect(after.say.before).not.toMatch(aDate);
      for (const act of ['unblock', 'email', 'contacts']) {
        expect(page.can[act]).toMatchObject({ state: 'refused', rule: 'caller-not-entitled' });
      }
      expect(page.can.letter).toMatchObject({ state: 'allowed' });
      expect(tried).toMatchObject({ status: 422, body: { rule: 'caller-not-entitled' } });
      expect(refused).toMatchObject({ status: 422, body: { rule: 'caller-not-entitled' } });
      expect(letter.status).toBe(200);
      expect(letter.body.toSay).toMatch(/l’adresse du dossier/);
      expect(letter.body.toSay).not.toMatch(aDate);
    },
  );

  test('where there are no letters a third party can set off nothing', async () => {
    const member = await buildMember(server, 'mgen');
    await speakWith(agent, member, { caller: 'third-party' });

    const page = await pageOf(agent, member);

    expect(page.can.letter).toMatchObject({ state: 'refused', rule: 'letter-none' });
    expect(page.say.before).toMatch(/Demandez-lui de nous appeler/);
  });

  test.each([
    ['in force', { from: '2024-01-01', until: '2027-01-01' }, 'entitled'],
    ['without an end', { from: '2024-01-01', until: null }, 'entitled'],
    ['on its last day', { from: '2024-01-01', until: '2026-11-18' }, 'entitled'],
    ['that ended yesterday', { from: '2024-01-01', until: '2026-11-17' }, 'not-entitled'],
    ['that begins tomorrow', { from: '2026-11-19', until: null }, 'not-entitled'],
    ['without a date', { from: null, until: null }, 'not-entitled'],
  ])('a legal representative with a mandate %s', async (_when, dates, expected) => {
    const member = await build({ representative: { name: 'Solange Exemple', ...dates } });
    await speakWith(agent, member, { caller: 'legal-representative' });

    const page = await pageOf(agent, member);

    expect(page.verification.caller).toBe(expected);
    if (expected === 'not-entitled') return;
    expect(page.say.after).toBeNull();
    await answerRight(server, agent, member);
    expect((await pageOf(agent, member)).say.after).toContain('bloqué');
    expect((await unblock(member)).status).toBe(200);
  });

  test('unsaid, nothing is told, and a letter makes it a back-office call', async () => {
    const member = await build();
    await openCall(agent, { caller: 'unsaid' });

    const page = await pageOf(agent, member);
    const refused = await unblock(member);
    const letter = await askLetter(member);

    expect(page.verification.caller).toBe('unsaid');
    expect(page.say).toEqual({ before: expect.stringContaining('vérifier à qui je parle'), after: null });
    expect(page.can.unblock).toMatchObject({ state: 'after', rule: 'say-caller' });
    expect(refused).toMatchObject({ status: 422, body: { rule: 'say-caller' } });
    expect(letter.status).toBe(200);
    expect(letter.body.toSay).not.toMatch(aDate);
    expect(await currentCall(agent)).toMatchObject({ channel: 'back-office', memberId: member.id });
  });

  describe('letters without a verified caller', () => {
    test('have a budget of their own, whoever asks; a verified caller does not meet it', async () => {
      const member = await build();
      await speakWith(agent, member, { caller: 'third-party' });
      await askLetter(member);
      await server.house.pool('letters').where({ member_id: member.id }).update({
        state: 'cancelled',
        asked_at: '2026-08-01T08:00:00.000Z',
      });

      await speakWith(colleague, member, { caller: 'third-party' });
      const page = await pageOf(colleague, member);
      const second = await askLetter(member, colleague);
      await speakWith(colleague, member);
      await answerRight(server, colleague, member);
      const verified = await askLetter(member, colleague);

      expect(page.can.letter).toMatchObject({ state: 'approval', rule: 'letter-without-proof-budget' });
      expect(second).toMatchObject({ status: 422, body: { rule: 'letter-without-proof-budget' } });
      expect(verified.status).toBe(200);
      expect(verified.body.toSay).toMatch(aDate);
    });

    test('and the organisation has one', async () => {
      const member = await build();
      const id = 'letters-without-proof-per-organisation:safiag:hour';
      const most = server.house.limits.budgets['letters-without-proof-per-organisation'].limits[0]?.most;
      await server.house
        .pool('budgets')
        .where({ id })
        .update({ used: Number(most) - 1 });
      await speakWith(agent, member, { caller: 'third-party' });
      const last = await askLetter(member);
      const other = await build();
      await speakWith(agent, other, { caller: 'third-party' });

      expect(last.status).toBe(200);
      expect(await askLetter(other)).toMatchObject({
        status: 422,
        body: { rule: 'letter-without-proof-budget' },
      });
      const alerts = server.house.pool('alerts').where('subject', 'like', 'letters-without-proof-%');
      expect(await alerts).toMatchObject([{ kind: 'budget-spent', organisation_id: 'safiag' }]);
      await server.house.pool('budgets').where({ id }).delete();
    });
  });

  describe('an agent’s own household and declared relatives', () => {
    const place = async (username: string, placement: object): Promise<void> => {
      const { id } = await server.house.pool('agents').where({ username }).first('id');
      const visit = systemVisit(server.house, 'tests', everyOrganisation(server.house));
      await perform(visit, (ctx) => placeAgent(ctx, id as string, placement));
    };
    afterEach(async () => {
      for (const username of ['agent', 'supervisor']) await place(username, { own: [], relatives: [] });
    });

    test.each([
      ['own', 'own-account'],
      ['relatives', 'relative-account'],
    ])('%s: no act, no step of verification, whatever is proved', async (kind, rule) => {
      const member = await build({ memberNumber: `FAM-${engine}-${kind}` });
      const household = { organisationId: 'safiag', memberNumber: `fam ${engine} ${kind}` };
      await place('agent', { [kind]: [household] });
      await speakWith(agent, member);

      const page = await pageOf(agent, member);
      const { version } = page;
      const paths = ['unblock', 'temporary-passwords', 'approvals', 'suspicion', 'death'];
      const bodies = [
        { reason: 'mistyped', version },
        { channel: 'letter', reason: 'no-contact', version },
        { act: 'letter', reason: 'no-contact', version },
        { version },
        { version },
      ];
      const answers = [];
      for (const [n, path] of paths.entries()) {
        answers.push(await agent.post(`/api/members/${member.id}/${path}`, bodies[n]));
      }

      for (const act of ['unblock', 'letter', 'contacts', 'reportSuspicion', 'reportDeath']) {
        expect(page.can[act]).toMatchObject({ state: 'refused', rule });
      }
      expect(answers.map(({ status, body }) => [status, body.rule])).toEqual(Array(5).fill([422, rule]));
      expect(await step(agent, member, { method: 'send-code', channel: 'email' })).toMatchObject({
        status: 422,
        body: { rule: 'own-account' },
      });
      expect((await askLetter(member, colleague)).status).toBe(200);
      expect(await eventsOf(server, member.id)).not.toContain('account.unblocked');
    });

    test('a supervisor does not decide about theirs', async () => {
      const member = await build({ memberNumber: `SUP-${engine}`, isProtected: true });
      await speakWith(agent, member);
      const { version } = await pageOf(agent, member);
      const asked = { act: 'letter', reason: 'no-contact', version };
      const { body } = await agent.post(`/api/members/${member.id}/approvals`, asked);
      await place('supervisor', { relatives: [{ organisationId: 'safiag', memberNumber: `SUP-${engine}` }] });
      const supervisor = await server.as('supervisor');

      for (const [end, more] of [
        ['approve', {}],
        ['refuse', { word: 'non' }],
      ] as const) {
        const answer = await supervisor.post(`/api/approvals/${body.id}/${end}`, { version: 1, ...more });
        expect(answer).toMatchObject({ status: 422, body: { rule: 'approval.kin' } });
      }
    });
  });
});
