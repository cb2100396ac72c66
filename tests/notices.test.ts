import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { record } from '../server/audit/record.ts';
import { perform, systemVisit } from '../server/core/perform.ts';
import { findMemberFile } from '../server/members/members.service.ts';
import { tellMember, type Notice } from '../server/messages/notices.service.ts';
import { answerRight, confirmByCode, speakWith } from './support/callers.ts';
import type { Client } from './support/client.ts';
import type { Built } from './support/holders.ts';
import { contact } from './support/people.ts';
import {
  buildMember,
  codeIn,
  messagesTo,
  repudiationIn,
  temporaryIn,
  tokenIn,
} from './support/recoveries.ts';
import { databases, everyOrganisation, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('notices on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    agent = await server.as('agent');
  });
  afterAll(() => server.stop());

  const tell = ({ id, accountId }: Built, more: Partial<Notice> = {}) =>
    perform(systemVisit(server.house, 'tests', everyOrganisation(server.house)), async (ctx) => {
      record(ctx, { type: 'demo.loaded', data: { members: 0 } });
      const notice = { template: 'notice-recovery', accountId, askedBy: 'system', ...more } as const;
      await tellMember(ctx, await findMemberFile(ctx, id), notice);
    });
  const told = async ({ id }: Built): Promise<string[]> =>
    (await server.house.pool('messages').where({ member_id: id }).orderBy('channel')).map(
      ({ channel, template }) => `${template} ${channel}`,
    );
  const versionOf = async ({ id }: Built) => (await agent.get(`/api/members/${id}`)).body.version;

  test('an unblock is told on every known contact, in the call, without a secret', async () => {
    const member = await buildMember(server, 'mgen');
    const path = `/portal/api/mgen/sign-in`;
    const wrong = { identifier: member.identifier, password: 'wrong' };
    for (let n = 0; n < 3; n += 1) await server.anonymous().post(path, wrong);

    await speakWith(agent, member);
    await answerRight(server, agent, member);
    const version = await versionOf(member);
    await agent.post(`/api/members/${member.id}/unblock`, { reason: 'mistyped', version });
    await server.work();

    expect(await told(member)).toEqual(['notice-unblocked email', 'notice-unblocked sms']);
    const [sms] = await messagesTo(server, member.mobile);
    expect(sms).toBe(
      "MGEN : votre compte a été débloqué le 18/11/2026 à 10h00. Vous n'avez rien demandé ? Appelez le 06 39 98 03 03.",
    );
    expect((await messagesTo(server, member.email)).join()).toMatch(/#\/pas-moi\/[\w-]{43}/);
    const rows = await server.house.pool('messages').where({ member_id: member.id });
    expect(rows.every(({ call_id, purpose }) => call_id !== null && purpose === null)).toBe(true);
  });

  test('what carried the thing itself is left out, and no secret travels by the others', async () => {
    const member = await buildMember(server, 'mgen');
    await speakWith(agent, member);
    await confirmByCode(server, agent, member, 'sms');
    const body = { channel: 'sms', reason: 'forgot-password', version: await versionOf(member) };

    await agent.post(`/api/members/${member.id}/temporary-passwords`, body);
    await server.work();

    const canary = temporaryIn((await messagesTo(server, member.mobile)).join());
    const notices = (await messagesTo(server, member.email)).join();
    expect(canary).toMatch(/^[0-9A-Z-]{15}$/);
    expect(notices).not.toContain(canary);
    expect(notices).not.toContain(canary.replaceAll('-', ''));
    expect([
      temporaryIn(notices),
      tokenIn(notices),
      codeIn(notices.replace(/18.11.2026|http\S+/g, '')),
    ]).toEqual(['no temporary password', 'no link', 'no code']);
    expect((await told(member)).sort()).toEqual([
      'caller-code sms',
      'notice-recovery email',
      'temporary-password sms',
    ]);
  });

  test('a letter is told with its dates', async () => {
    const member = await buildMember(server, 'safiag');
    const body = { channel: 'letter', reason: 'no-contact', version: await versionOf(member) };

    const { letter } = (await agent.post(`/api/members/${member.id}/temporary-passwords`, body)).body;
    await server.work();

    const day = Number(letter.announcedOn.slice(-2));
    expect((await messagesTo(server, member.email)).join()).toMatch(
      new RegExp(`au plus tard le (lundi|mardi|mercredi|jeudi|vendredi|samedi) ${day} novembre`),
    );
    expect(await told(member)).toEqual(['notice-letter email', 'notice-letter sms']);
  });

  test('a former contact hears of it too, a new one as well, each once', async () => {
    const member = await buildMember(server, 'mgen', {
      contacts: [
        contact('email', 'nouvelle-adresse@example.fr', '2026-11-17'),
        contact('landline', '+33240000000'),
      ],
    });

    await tell(member, {
      template: 'notice-contact-changed',
      params: { what: 'adresse e-mail' },
      former: [
        { kind: 'email', value: 'ancienne-adresse@example.fr' },
        { kind: 'email', value: 'nouvelle-adresse@example.fr' },
      ],
    });
    await server.work();

    expect(await messagesTo(server, 'ancienne-adresse@example.fr')).toHaveLength(1);
    expect((await messagesTo(server, 'nouvelle-adresse@example.fr')).join()).toContain('adresse e-mail');
    expect(await told(member)).toHaveLength(2);
  });

  test('a contact that came just now is not asked whether it was somebody else; the one before it is', async () => {
    const member = await buildMember(server, 'msa-sud-aquitaine');
    const [first, second] = [`un-${member.id}@example.fr`, `deux-${member.id}@example.fr`];
    const client = server.anonymous();
    const api = '/portal/api/msa-sud-aquitaine';
    const currentPassword = 'Tilleul+2026!';
    await client.post(`${api}/sign-in`, { identifier: member.identifier, password: currentPassword });
    const change = async (email: string) => {
      const answer = await client.send('PUT', `${api}/contacts`, { contacts: { email }, currentPassword });
      expect(answer.status).toBe(200);
      await server.work();
    };
    const links = async (to: string) =>
      (await messagesTo(server, to)).map((text) => repudiationIn(text) !== 'no link');

    await change(first);
    await tell(member);
    await server.work();
    await change(second);
    await change(member.email);
    await tell(member);
    await server.work();

    expect(await links(member.email)).toEqual([true, true]);
    expect(await links(first)).toEqual([false, false]);
    expect(await links(second)).toEqual([false]);
    expect((await messagesTo(server, first)).join()).toMatch(/Sinon, prévenez tout de suite [^]* au 0/);
    const live = { account_id: member.accountId, kind: 'repudiation', state: 'live' };
    expect(await server.house.pool('credentials').where(live)).toHaveLength(2);

    server.clock.advance(31 * 1_440);
    await tell(member);
    await server.work();
    expect(await links(member.email)).toEqual([true, true, true]);
  });

  test.each([
    [
      'an overseas mobile where SMS reach metropolitan ones',
      'mgen',
      '+262692123456',
      ['notice-recovery email'],
    ],
    [
      'an overseas mobile elsewhere',
      'safiag',
      '+262692123456',
      ['notice-recovery email', 'notice-recovery sms'],
    ],
    ['a mobile abroad', 'safiag', '+4915123456789', ['notice-recovery email']],
  ] as const)('%s', async (_what, organisation, mobile, expected) => {
    const member = await buildMember(server, organisation, { mobile });

    await tell(member);

    expect(await told(member)).toEqual(expected);
  });

  test('in the member’s language, and never three days late', async () => {
    const member = await buildMember(server, 'safiag', { language: 'en', mobile: null });
    const late = await buildMember(server, 'safiag', { mobile: null });
    await tell(member);
    await server.work();

    await tell(late);
    server.clock.advance(72 * 60 + 1);
    await server.work();

    expect((await messagesTo(server, member.email)).join()).toContain('A way to choose a new password');
    expect(await messagesTo(server, late.email)).toEqual([]);
  });
});
