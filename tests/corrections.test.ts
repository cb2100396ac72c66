import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pageOf, showDocument, speakWith } from './support/callers.ts';
import {
  buildKnown,
  changesOf,
  correct,
  correctInBranch,
  memberRow,
  onFile,
  outgoingOf,
  toldOf,
  waiting,
} from './support/corrections.ts';
import type { Client } from './support/client.ts';
import { eventsOf, type Built } from './support/holders.ts';
import { databases, deskPassword, startServer, wednesday, type TestServer } from './support/server.ts';

const newMobile = '06 39 98 77 42';
const newAddress = { lines: ['Appt 4', '12 rue des Lilas'], postcode: '64 000', town: 'Pau' };

describe.each(databases)('contacts and address corrected at the desk on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let member: Built;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    server.clock.set(wednesday);
    agent = await server.anonymous().signIn('agent', deskPassword);
    member = await buildKnown(server);
  });

  const untouched = async () => {
    expect(await changesOf(server, member)).toEqual([]);
    expect(await outgoingOf(server, member)).toEqual([]);
    expect(await eventsOf(server, member.id)).not.toContain('member.corrected');
  };

  test('a strong proof lets a mobile be changed and a landline added: on file, waiting, recorded by kinds alone', async () => {
    const before = await onFile(server, member);

    const answer = await correctInBranch(agent, member, {
      contacts: { mobile: newMobile, landline: '05 59 00 12 34' },
      reason: 'new-number',
    });

    const { version } = await pageOf(agent, member);
    expect(answer).toMatchObject({
      status: 200,
      body: { message: expect.stringContaining('téléphone portable'), letter: null, sending: null, version },
    });
    expect(answer.body.toSay).toContain('avant le vendredi 18 décembre');
    const { mobile, landline, email } = await onFile(server, member);
    expect([mobile, landline, email]).toEqual(['+33639987742', '+33559001234', before.email]);
    expect(await waiting(server, member)).toEqual(['landline', 'mobile']);
    const call = await server.house.pool('calls').where({ member_id: member.id }).first();
    expect(await changesOf(server, member)).toMatchObject([
      { kind: 'landline', changed_by: call.agent_id, call_id: call.id },
      { kind: 'mobile', changed_by: call.agent_id, call_id: call.id },
    ]);
    const [event] = await server.house
      .pool('audit_events')
      .where({ type: 'member.corrected', call_id: call.id });
    expect(JSON.parse(event.payload).data).toEqual({
      what: ['mobile', 'landline'],
      reason: 'new-number',
      level: 'strong',
      approved: false,
      destinations: ['06 •• •• •• 42', '05 •• •• •• 34'],
    });
  });

  test('the former contact and the others hear of it, not what came in its place', async () => {
    const { email, mobile } = await onFile(server, member);

    await correctInBranch(agent, member, { contacts: { email: 'neuve@courriel.example', mobile: '' } });

    const ending = (mobile ?? '').slice(-2);
    const what = 'adresse e-mail, téléphone portable';
    expect(await toldOf(server, member)).toEqual([
      ['email', `${(email ?? '').charAt(0)}•••••@•••.example`, what],
      ['sms', `06 •• •• •• ${ending}`, what],
    ]);
    expect(await onFile(server, member)).toEqual({ email: 'neuve@courriel.example' });
  });

  test('a new address is on file in the form letters need, found by its town, no longer doubtful, and waits', async () => {
    const members = () => server.house.pool('members').where({ id: member.id });
    await members().update({ address_doubtful_at: wednesday });
    const before = await memberRow(server, member);

    const answer = await correctInBranch(agent, member, { address: newAddress, reason: 'moved' });

    expect(answer.status).toBe(200);
    expect(await memberRow(server, member)).toMatchObject({
      address_lines: JSON.stringify(newAddress.lines),
      postcode: '64000',
      town: 'Pau',
      country: 'FR',
      town_folded: 'pau',
      address_since: '2026-11-18',
      address_doubtful_at: null,
      version: before.version + 1,
    });
    const found = await agent.post('/api/members/search', { filter: { q: 'tilleul pau' } });
    expect(found.body.map(({ id }: { id: string }) => id)).toContain(member.id);
    const moved = await agent.post('/api/members/search', { filter: { q: 'tilleul rennes' } });
    expect(moved.body.map(({ id }: { id: string }) => id)).not.toContain(member.id);
    expect((await toldOf(server, member)).map(([channel, , what]) => [channel, what])).toEqual([
      ['email', 'adresse postale'],
      ['sms', 'adresse postale'],
    ]);
    expect((await pageOf(agent, member)).identity).toMatchObject({
      addressRecent: true,
      addressDoubtful: false,
    });
  });

  test('nothing is sent to what was changed in the same call, and a supervisor decides in the next one', async () => {
    await correctInBranch(agent, member, { contacts: { mobile: newMobile }, address: newAddress });
    const send = async (channel: string) =>
      agent.post(`/api/members/${member.id}/temporary-passwords`, {
        channel,
        reason: 'forgot-password',
        version: (await pageOf(agent, member)).version,
      });

    const [sms, letter] = [await send('sms'), await send('letter')];
    const page = await pageOf(agent, member);
    await showDocument(agent, member);
    const next = await pageOf(agent, member);

    for (const answer of [sms, letter]) {
      expect(answer).toMatchObject({ status: 422, body: { rule: 'changed-in-this-call' } });
    }
    expect(page.can).toMatchObject({ sms: { state: 'refused' }, email: { state: 'allowed' } });
    expect(next.can).toMatchObject({
      sms: { state: 'approval', rule: 'mobile-recent' },
      letter: { state: 'approval', rule: 'letter-address-recent' },
    });
  });

  test.each([
    ['whoever has not said who they are', { caller: 'unsaid' }, 'say-caller'],
    ['a third party', { caller: 'third-party' }, 'caller-not-entitled'],
    ['a member on the telephone', {}, 'document-needed'],
    ['a member who showed nothing', { channel: 'branch' }, 'show-document'],
  ])('is not done for %s', async (_who, call, rule) => {
    await speakWith(agent, member, call);

    const { can } = await pageOf(agent, member);
    const answer = await correct(agent, member, { contacts: { mobile: newMobile } });

    expect(can.contacts).toMatchObject({ allowed: false, rule });
    expect(answer).toMatchObject({ status: 422, body: { rule } });
    await untouched();
  });

  test('what cannot be read or printed is told on its field, and nothing changes', async () => {
    const answer = await correctInBranch(agent, member, {
      contacts: { email: 'jeanne@nulle-part', mobile: '05 59 00 12 34' },
      address: { lines: ['12 rue des Lilas', `${'très '.repeat(8)}long`], postcode: '64000', town: 'Pau' },
    });

    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-input' } });
    expect(answer.body.errors).toEqual({
      'contacts.email': expect.stringContaining('e-mail'),
      'contacts.mobile': expect.stringContaining('portable'),
      'address.lines.1': expect.stringContaining('38 caractères'),
    });
    await untouched();
  });

  test('what is on file already changes nothing, and is told', async () => {
    const { email } = await onFile(server, member);
    const address = { lines: ['3 rue des Tilleuls'], postcode: '35000', town: 'Rennes', country: 'France' };

    const answer = await correctInBranch(agent, member, { contacts: { email, fax: null }, address });
    const nothing = await correct(agent, member, {});

    for (const { status, body } of [answer, nothing]) {
      expect([status, body.message]).toEqual([400, expect.stringContaining('Rien ne change')]);
    }
    await untouched();
  });

  test('a reason that the organisation’s file does not list is refused', async () => {
    await showDocument(agent, member);

    const unknown = await correct(agent, member, { contacts: { fax: '05 59 00 12 34' }, reason: 'whim' });
    const none = await correct(agent, member, { contacts: { fax: '05 59 00 12 34' }, reason: undefined });

    for (const answer of [unknown, none]) {
      expect(answer).toMatchObject({ status: 400, body: { errors: { reason: expect.any(String) } } });
    }
    await untouched();
  });

  test('after eight changes in a day no ninth is made', async () => {
    await showDocument(agent, member);
    for (let n = 0; n < 8; n += 1) await correct(agent, member, { contacts: { fax: `05 59 00 12 0${n}` } });

    const ninth = await correct(agent, member, { contacts: { fax: '05 59 00 12 09' } });

    expect([ninth.status, ninth.body.message]).toEqual([429, expect.stringContaining('cet adhérent')]);
    expect(await onFile(server, member)).toMatchObject({ fax: '+33559001207' });
  });

  test('is not for other roles, nor for another organisation’s member', async () => {
    const body = { contacts: { mobile: newMobile }, reason: 'new-number', version: 1 };
    const path = `/api/members/${member.id}/corrections`;

    const statuses = new Map<string, number>();
    for (const who of ['print-operator', 'administrator', 'auditor']) {
      statuses.set(who, (await (await server.as(who)).post(path, body)).status);
    }
    const stranger = await (await server.as('stranger')).post(path, body);
    const nobody = await agent.post('/api/members/nobody/corrections', body);

    expect(new Set(statuses.values())).toEqual(new Set([403]));
    expect([stranger.status, stranger.body]).toEqual([404, nobody.body]);
    await untouched();
  });

  test('of two at once one is saved and the other is told what was done; a retry does it once', async () => {
    await showDocument(agent, member);
    const { version } = await pageOf(agent, member);
    const body = { contacts: { mobile: newMobile }, version };

    const answers = await Promise.all([
      correct(agent, member, body, 'one'),
      correct(agent, member, body, 'two'),
    ]);
    const done = answers[0]?.status === 200 ? 'one' : 'two';
    const again = await correct(agent, member, body, done);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.message).toContain('coordonnées corrigées');
    expect(again).toMatchObject({ status: 200, body: { version: version + 1 } });
    expect(await changesOf(server, member)).toHaveLength(1);
    expect(await outgoingOf(server, member)).toHaveLength(1);
  });
});
