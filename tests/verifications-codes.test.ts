import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { codeReadTo, confirmByCode, pageOf, sendCode, speakWith, step } from './support/callers.ts';
import { endCall, openCall } from './support/calls.ts';
import type { Client } from './support/client.ts';
import { eventsOf, type Built } from './support/holders.ts';
import { contact } from './support/people.ts';
import { buildMember, dataOf, lastMessage, otherThan, recovery } from './support/recoveries.ts';
import { databases, startServer, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('a code that the caller reads back, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    agent = await server.as('agent');
  });
  beforeEach(() => server.clock.set(wednesday));
  afterAll(() => server.stop());

  const build = (organisation = 'mgen', more: object = {}) =>
    buildMember(server, organisation as 'mgen', more);
  const called = async (organisation?: string, more?: object) => {
    const member = await build(organisation, more);
    await speakWith(agent, member);
    return member;
  };
  const read = (member: Pick<Built, 'id'>, code: string, client = agent) =>
    step(client, member, { method: 'code', code });
  const ask = (member: Pick<Built, 'id'>, channel = 'sms', client = agent) =>
    step(client, member, { method: 'send-code', channel });
  const alertsAbout = (budget: string) => server.house.pool('alerts').where('subject', 'like', `${budget}:%`);
  const codeOf = async (member: Built, channel: string) =>
    (await pageOf(agent, member)).verification.codes.find(
      (one: { channel: string }) => one.channel === channel,
    );

  test('says whom it is for, opens nothing, and confirms the contact that it reached and no other', async () => {
    const member = await called();

    const asked = await ask(member);
    await server.work();
    const text = await lastMessage(server, member.mobile);
    const code = await codeReadTo(server, member, 'sms');
    const onPortal = await recovery(server.anonymous(), 'mgen').type(code);
    const right = await read(member, `${code.slice(0, 3)} ${code.slice(3)}`);
    const page = await pageOf(agent, member);

    expect(asked.body).toMatchObject({
      outcome: 'sent',
      toSay: expect.stringContaining('Lisez-le-moi'),
      verification: { level: 'none' },
    });
    expect(text).toMatch(/^MGEN : \d{6}, code à lire au conseiller que VOUS avez appelé\./);
    expect(text).toContain('On vous appelle ? Ne le donnez jamais.');
    expect(onPortal.status).not.toBe(200);
    expect(right.body).toMatchObject({ outcome: 'right', verification: { level: 'contact-confirmed' } });
    expect(page.can.sms).toMatchObject({ state: 'allowed' });
    expect(page.can.email).toMatchObject({ state: 'after', rule: 'confirm-destination' });
    expect(page.can.contacts).toMatchObject({ state: 'refused', rule: 'document-needed' });
    expect(await dataOf(server, 'verification.code-tried', { member_id: member.id })).toEqual([
      { channel: 'sms', tries: 1, outcome: 'right' },
    ]);
    // A code that was read to an agent is no way in that was used.
    expect(page.headline.state).toBe('open');
    expect((await read(member, code)).status).toBe(409);
  });

  test.each([
    ['mgen', 6, 3],
    ['msa-sud-aquitaine', 4, 3],
    ['mutuelle-imaginaire', 8, 2],
  ])(
    'of %s has %i digits and %i tries; then the right one does not help',
    async (organisation, digits, tries) => {
      const member = await called(organisation);
      const code = await sendCode(server, agent, member, 'sms');

      const outcomes = [];
      for (let n = 0; n < tries; n += 1) outcomes.push((await read(member, otherThan(code))).body);
      const late = await read(member, code);

      expect(code).toMatch(new RegExp(`^\\d{${digits}}$`));
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array(tries).fill('wrong'));
      expect(outcomes.map(({ verification }) => verification.failed)).toEqual([
        ...Array(tries - 1).fill(false),
        true,
      ]);
      expect(late.body).toMatchObject({
        outcome: 'wrong',
        message: expect.stringContaining('ne vaut plus'),
        verification: { level: 'none', failed: true },
      });
      expect((await codeOf(member, 'sms')).state).toBe('open');
    },
  );

  test('a new one ends the former, which is told as such and costs no try', async () => {
    const member = await called();
    const former = await sendCode(server, agent, member, 'sms');
    const latest = await sendCode(server, agent, member, 'email');

    const answers = [];
    for (let n = 0; n < 4; n += 1) answers.push((await read(member, former)).body.message);
    const shown = await codeOf(member, 'email');
    const right = await read(member, latest);

    expect(new Set(answers)).toEqual(new Set([expect.stringContaining('remplacé')]));
    expect(shown).toMatchObject({ state: 'sent', triesLeft: 3 });
    expect(right.body.outcome).toBe('right');
    expect((await pageOf(agent, member)).can).toMatchObject({
      email: { state: 'allowed' },
      sms: { state: 'after' },
    });
  });

  test('is right for its ten minutes only', async () => {
    const member = await called();
    const code = await sendCode(server, agent, member, 'sms');
    server.clock.advance(10.1);

    const late = await read(member, code);
    await confirmByCode(server, agent, member, 'sms');

    expect(late.body).toMatchObject({ outcome: 'wrong', verification: { level: 'none' } });
  });

  test('three a call and five a day for each member, whoever asks', async () => {
    const member = await called();
    const colleague = await server.as('colleague');
    const statuses = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await ask(member)).status);
    await speakWith(colleague, member);
    for (let n = 0; n < 3; n += 1) statuses.push((await ask(member, 'email', colleague)).status);

    expect(statuses).toEqual([200, 200, 200, 422, 200, 200, 429]);
    expect(await codeOf(member, 'email')).toMatchObject({
      state: 'unavailable',
      why: expect.stringContaining('Assez de codes'),
    });
    const asked = server.house.pool('messages').where({ member_id: member.id, template: 'caller-code' });
    expect(await asked).toHaveLength(5);
    expect(await alertsAbout('caller-codes-per-member')).toMatchObject([{ member_id: member.id }]);
  });

  test.each([
    [
      'a contact changed a short while ago',
      'sms',
      { contacts: [contact('mobile', '+33639981001', '2026-11-02')] },
      'mobile-recent',
    ],
    ['no mobile', 'sms', { mobile: null }, 'mobile-unknown'],
    ['one out of reach', 'sms', { mobile: '+262692123457' }, 'mobile-overseas'],
    ['no e-mail', 'email', { email: null }, 'email-unknown'],
  ])('%s receives none', async (_what, channel, more, rule) => {
    const member = await called('mgen', more);

    const shown = await codeOf(member, channel);
    const refused = await ask(member, channel);

    expect(shown).toMatchObject({ state: 'unavailable', why: expect.any(String) });
    expect(refused).toMatchObject({ status: 422, body: { rule } });
    expect(await server.house.pool('messages').where({ member_id: member.id })).toEqual([]);
  });

  test('where the file has no such channel none is sent by it', async () => {
    const member = await called('mutuelle-imaginaire');

    expect(await ask(member, 'email')).toMatchObject({ status: 422, body: { rule: 'code-none' } });
  });

  test('a contact that several people have proves nothing alone', async () => {
    const member = await called('mgen', { mobile: '+33639981777' });
    await build('mgen', { mobile: '+33639981777' });

    const shared = await confirmByCode(server, agent, member, 'sms');
    const alone = await pageOf(agent, member);
    await confirmByCode(server, agent, member, 'email');
    const together = await pageOf(agent, member);

    expect(shared.body.verification.level).toBe('none');
    expect(alone.can.sms.state).toBe('after');
    expect(together.verification.level).toBe('contact-confirmed');
    expect(together.can.email.state).toBe('allowed');
    expect(together.can.sms).toMatchObject({ state: 'approval', rule: 'mobile-shared' });
  });

  test('a dropped call resumes without what it proved, until a fresh code is read back', async () => {
    const member = await called();
    await confirmByCode(server, agent, member, 'email');
    const { call } = (await agent.get('/api/calls/current')).body;
    await endCall(agent, call, { dropped: true });
    await agent.post(`/api/calls/${call.id}/resume`);

    const resumed = await pageOf(agent, member);
    await confirmByCode(server, agent, member, 'sms');
    const again = await pageOf(agent, member);

    expect(resumed.verification.level).toBe('none');
    expect(again.verification.level).toBe('contact-confirmed');
    expect(again.can).toMatchObject({ sms: { state: 'allowed' }, email: { state: 'allowed' } });
  });

  test('whoever calls about a frozen or closed account is verified like anybody else', async () => {
    const member = await called('mgen', { contractEndOn: '2026-10-31' });

    await confirmByCode(server, agent, member, 'sms');

    const page = await pageOf(agent, member);
    expect(page.say.after).toContain('contrat');
    expect(page.can.sms).toMatchObject({ state: 'refused', rule: 'disabled' });
  });

  test('none out, none to read; none for other roles and other organisations', async () => {
    const member = await called();
    const [operator, stranger] = [await server.as('print-operator'), await server.as('stranger')];
    const nobody = { id: '00000000-0000-4000-8000-000000000000' };

    expect((await read(member, '123456')).status).toBe(409);
    expect((await ask(member, 'sms', operator)).status).toBe(403);
    expect(await ask(member, 'sms', stranger)).toMatchObject({
      status: 404,
      body: (await ask(nobody, 'sms', stranger)).body,
    });
    await openCall(agent, { caller: 'dependant', memberId: member.id });
    expect(await ask(member)).toMatchObject({ status: 422, body: { rule: 'caller-not-entitled' } });
    expect(await eventsOf(server, member.id)).not.toContain('verification.code-sent');
  });
});
