import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmByCode, speakWith } from './support/callers.ts';
import type { Answer, Client } from './support/client.ts';
import { eventsOf, type Built } from './support/holders.ts';
import { contact } from './support/people.ts';
import {
  buildMember,
  lastMessage,
  messagesTo,
  recovery,
  temporaryIn,
  tokenIn,
  type Organisation,
} from './support/recoveries.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('the desk’s e-mails and SMS on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    agent = await server.as('agent');
  });
  afterAll(() => server.stop());

  const build = (organisation: Organisation, more: object = {}) => buildMember(server, organisation, more);
  const pageOf = async (member: Built) => (await agent.get(`/api/members/${member.id}`)).body;
  /** The member calls, and reads back a code from each of these contacts. */
  const hear = async (member: Built, channels: ('sms' | 'email')[], client = agent): Promise<void> => {
    await speakWith(client, member);
    for (const channel of channels) await confirmByCode(server, client, member, channel);
  };
  const ask = async (member: Built, channel: string, more: object = {}, client = agent): Promise<Answer> => {
    const { version } = await pageOf(member);
    const body = { channel, reason: 'forgot-password', version, ...more };
    return client.post(`/api/members/${member.id}/temporary-passwords`, body);
  };
  const rowsOf = (member: Built, template: string) =>
    server.house.pool('messages').where({ member_id: member.id, template });

  test('an SMS carries a temporary password that opens the way, is recorded and told elsewhere', async () => {
    const member = await build('mgen');
    await hear(member, ['sms']);
    const preview = (await pageOf(member)).messagePreview.sms;

    const answer = await ask(member, 'sms');
    await server.work();
    const page = await pageOf(member);
    const password = temporaryIn(await lastMessage(server, member.mobile));
    const opened = await recovery(server.anonymous(), 'mgen').signIn(member.identifier, password);

    expect(preview).toMatchObject({ minutes: 10, what: expect.stringContaining('provisoire') });
    expect(answer).toMatchObject({
      status: 200,
      body: { letter: null, sending: { channel: 'sms', masked: preview.masked, minutes: 10 } },
    });
    expect(JSON.stringify(answer.body)).not.toContain(member.mobile.slice(-8));
    expect(page.headline).toMatchObject({
      state: 'waiting',
      detail: expect.stringContaining('parti par SMS'),
    });
    expect(
      page.messages.map(
        ({ template, channel, state }: Record<string, string>) => `${template} ${channel} ${state}`,
      ),
    ).toEqual(expect.arrayContaining(['temporary-password sms sent', 'notice-recovery email sent']));
    expect(page.timeline.map(({ text }: { text: string }) => text)).toContain(
      'Mot de passe provisoire demandé par SMS',
    );
    expect(opened.body).toMatchObject({ status: 'must-change-password' });
    const asked = await server.house
      .pool('audit_events')
      .where({ member_id: member.id, type: 'message.asked' });
    expect(asked.every(({ call_id }) => call_id !== null)).toBe(true);
    expect(asked.map(({ payload }) => JSON.parse(payload).data.reason)).toContain('forgot-password');
  });

  test('an e-mail carries a link, or a temporary password where the file says so', async () => {
    const byLink = await build('safiag');
    const byPassword = await build('msa-sud-aquitaine');

    await hear(byLink, ['email']);
    const first = await ask(byLink, 'email');
    await hear(byPassword, ['email']);
    const second = await ask(byPassword, 'email');
    await server.work();

    expect(first.body.sending).toMatchObject({ channel: 'email', minutes: 1440 });
    expect(second.body.sending).toMatchObject({ channel: 'email', minutes: 60 });
    const token = tokenIn(await lastMessage(server, byLink.email));
    const opened = await recovery(server.anonymous(), 'safiag').openLink(token);
    expect(opened.body).toMatchObject({ status: 'must-change-password' });
    const password = temporaryIn(await lastMessage(server, byPassword.email));
    const { body } = await recovery(server.anonymous(), 'msa-sud-aquitaine').signIn(
      byPassword.identifier,
      password,
    );
    expect(body).toMatchObject({ status: 'must-change-password' });
  });

  test('asked for twice in two minutes it is refused; after them a second kills the first', async () => {
    const member = await build('mgen');
    await hear(member, ['sms', 'email']);
    await ask(member, 'sms');

    const crossing = await ask(member, 'sms');
    const other = await ask(member, 'email');
    server.clock.advance(3);
    const later = await ask(member, 'sms');
    await server.work();

    expect(crossing).toMatchObject({ status: 422, body: { rule: 'message-on-its-way' } });
    expect(other.status).toBe(200);
    expect(later.status).toBe(200);
    const sent = await messagesTo(server, member.mobile);
    expect(sent.filter((text) => temporaryIn(text) !== 'no temporary password')).toHaveLength(1);
    expect((await rowsOf(member, 'temporary-password')).map(({ state }) => state).sort()).toEqual([
      'failed',
      'sent',
    ]);
  });

  test('two agents at once send one', async () => {
    const member = await build('mgen');
    const colleague = await server.as('colleague');
    for (const client of [agent, colleague]) await hear(member, ['sms'], client);
    const { version } = await pageOf(member);
    const body = { channel: 'sms', reason: 'forgot-password', version };
    const path = `/api/members/${member.id}/temporary-passwords`;

    const answers = await Promise.all(
      [agent, colleague, agent, colleague].map((client) => client.post(path, body)),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(await rowsOf(member, 'temporary-password')).toHaveLength(1);
  });

  test.each<[string, Organisation, string, object, string, RegExp]>([
    [
      'an overseas mobile',
      'mgen',
      'sms',
      { mobile: '+262692123456' },
      'mobile-overseas',
      /métropolitaine.*Proposez l’e-mail\./,
    ],
    ['no mobile', 'mgen', 'sms', { mobile: null }, 'mobile-unknown', /Proposez l’e-mail\./],
    ['no e-mail', 'safiag', 'email', { email: null }, 'email-unknown', /Proposez le courrier\./],
    ['neither, nor letters', 'mgen', 'email', { email: null, mobile: null }, 'email-unknown', /superviseur/],
    ['no SMS in the procedure', 'safiag', 'sms', {}, 'channel-none', /Proposez l’e-mail ou le courrier\./],
    [
      'codes, which the member asks for',
      'mutuelle-agents-publics',
      'email',
      {},
      'channel-none',
      /code d’activation.*« Mot de passe oublié, ou première connexion »/,
    ],
    [
      'an address changed a short while ago',
      'mgen',
      'email',
      { contacts: [contact('email', 'neuve@example.fr', '2026-11-01'), contact('mobile', '+33639980001')] },
      'email-recent',
      /moins de 30 jours.*Proposez le SMS\./,
    ],
    [
      'an account that is disabled',
      'mgen',
      'sms',
      { contractEndOn: '2026-10-31' },
      'disabled',
      /service de gestion/,
    ],
  ])(
    '%s: refused, with what to do instead, on the page and by the act',
    async (_what, organisation, channel, more, rule, words) => {
      const member = await build(organisation, more);
      // What waits for a second person is told once the caller has proved what can be proved.
      if (rule === 'email-recent') await hear(member, ['sms']);

      const page = await pageOf(member);
      const answer = await ask(member, channel);

      expect(page.can[channel]).toMatchObject({ allowed: false, rule });
      expect(`${page.can[channel].why} ${page.can[channel].instead}`).toMatch(words);
      expect(answer).toMatchObject({ status: 422, body: { rule, message: expect.stringMatching(words) } });
      const sent = server.house.pool('messages').where({ member_id: member.id });
      expect(await sent.whereNot({ template: 'caller-code' })).toEqual([]);
      if (rule !== 'email-recent') {
        expect(await eventsOf(server, member.id)).not.toContain('message.asked');
      }
    },
  );

  test('a change confirmed through the old contact waits 72 hours, not 30 days', async () => {
    const { contactDigest } = await import('../server/members/contact-trust.service.ts');
    const member = await build('mgen', {
      contacts: [contact('email', 'confirmee@example.fr', '2026-11-14')],
    });
    await server.house.pool('contact_changes').insert({
      id: `change-${member.id}`,
      organisation_id: 'mgen',
      member_id: member.id,
      kind: 'email',
      old_sealed: null,
      new_digest: contactDigest(server.house.keys, member.id, 'email', 'confirmee@example.fr'),
      changed_by: 'member',
      changed_at: '2026-11-14T09:00:00.000Z',
      confirmed_at: '2026-11-14T09:05:00.000Z',
      code_tries: 0,
    });

    await hear(member, ['email']);
    expect((await pageOf(member)).can.email).toMatchObject({ allowed: true });
  });

  test('forbidden to other roles, nobody’s to other organisations, refused with a stale version or another’s reason', async () => {
    const member = await build('mgen');
    const [operator, stranger] = [await server.as('print-operator'), await server.as('stranger')];
    await hear(member, ['sms']);

    expect((await ask(member, 'sms', {}, operator)).status).toBe(403);
    expect((await ask(member, 'sms', {}, stranger)).status).toBe(404);
    expect((await ask(member, 'sms', { version: 99 })).status).toBe(409);
    expect(await ask(member, 'sms', { reason: 'letter-lost' })).toMatchObject({
      status: 400,
      body: { errors: { reason: expect.any(String) } },
    });
    expect(await rowsOf(member, 'temporary-password')).toEqual([]);
  });
});
