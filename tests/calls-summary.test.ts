import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { currentCall, endCall, openCall, type ApiCall } from './support/calls.ts';
import type { Client } from './support/client.ts';
import { buildHolder } from './support/holders.ts';
import { ask, email, mobile } from './support/messages.ts';
import { contact } from './support/people.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('the summary of a call on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  beforeEach(async () => {
    agent = await server.anonymous().signIn('agent', deskPassword);
  });
  afterAll(() => server.stop());

  let serial = 100;
  const build = () => {
    serial += 1;
    return buildHolder(server, {
      usualName: 'Coquelicot',
      firstName: 'Apolline',
      memberNumber: `77420${serial}`,
      nir: { body: `2610399999${serial}`, key: null },
      contacts: [contact('email', email), contact('mobile', mobile)],
    });
  };
  const summaryOf = (client: Client, call: Pick<ApiCall, 'id'>) =>
    client.get(`/api/calls/${call.id}/summary`);

  test('tells what happened in order, and gives a text for the ticket that names nobody', async () => {
    const member = await build();
    const said = { reason: 'forgot-password', reference: 'DOS-2026-17', memberId: member.id };
    const call = await openCall(agent, said);
    await agent.get(`/api/members/${member.id}`);
    await agent.post(`/api/members/${member.id}/reveal-nir`, {
      reason: 'caller-spells',
      password: deskPassword,
    });
    await ask(server, member, { channel: 'email', template: 'reset-link', callId: call.id });
    server.clock.advance(3);
    await endCall(agent, call);

    const { status, body } = await summaryOf(agent, call);

    expect(status).toBe(200);
    expect(body.outcome).toBe('settled');
    expect(body.level).toBe('none');
    expect(body.steps.map(({ type }: { type: string }) => type)).toEqual([
      'member.viewed',
      'member.nir-revealed',
      'message.asked',
    ]);
    const lines = body.text.split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^Appel du 18\/11\/2026, de 1\dh\d\d à 1\dh\d\d \(téléphone\)$/),
      `Appel n° ${call.id}`,
      'Qui parle : l’adhérent',
      'Motif : Mot de passe oublié',
      'Référence : DOS-2026-17',
      'Vérification : non vérifié',
      'Fait :',
      expect.stringMatching(/^- 1\dh\d\d Numéro de sécurité sociale affiché$/),
      expect.stringMatching(/^- 1\dh\d\d Lien de réinitialisation demandé par e-mail$/),
      'Issue : réglé',
    ]);
    const text = JSON.stringify(body);
    for (const hidden of ['Coquelicot', 'Apolline', '77420', '2610399999', email, mobile, 'Tilleuls']) {
      expect(text).not.toContain(hidden);
    }
  });

  test('says what was promised, and by when', async () => {
    const member = await build();
    const call = await openCall(agent, { memberId: member.id });
    const { version } = (await agent.get(`/api/members/${member.id}`)).body;
    const asked = { channel: 'letter', reason: 'no-contact', version };
    const letter = await agent.post(`/api/members/${member.id}/temporary-passwords`, asked);
    expect(letter.status).toBe(200);
    await endCall(agent, call);

    const { body } = await summaryOf(agent, call);

    expect(body.outcome).toBe('letter-on-its-way');
    expect(body.text).toMatch(
      /Annoncé :\n- courrier au plus tard le \w+ \d+ \p{L}+\nIssue : courrier en route$/u,
    );
  });

  test('says what was proved in it', async () => {
    const member = await build();
    const call = await openCall(agent, { channel: 'branch', memberId: member.id });
    const shown = { method: 'document', kind: 'passport', reference: 'GUI-17' };
    expect((await agent.post(`/api/members/${member.id}/verifications`, shown)).status).toBe(200);
    await endCall(agent, call);

    const { body } = await summaryOf(agent, call);

    expect(body).toMatchObject({ level: 'strong', outcome: 'nothing-done' });
    expect(body.text).toContain('\nVérification : pièce d’identité\n');
  });

  test('goes on where the call that was cut stopped', async () => {
    const member = await build();
    const first = await openCall(agent, { memberId: member.id });
    await agent.post(`/api/members/${member.id}/reveal-nir`, {
      reason: 'caller-spells',
      password: deskPassword,
    });
    await endCall(agent, first, { dropped: true });
    const second = (await agent.post(`/api/calls/${first.id}/resume`)).body;
    await ask(server, member, { channel: 'sms', template: 'temporary-password', callId: second.id });
    await endCall(agent, second);

    const { body } = await summaryOf(agent, second);

    expect(body.steps.map(({ text }: { text: string }) => text)).toEqual([
      'Numéro de sécurité sociale affiché',
      'Appel coupé',
      'Appel repris',
      'Mot de passe provisoire demandé par SMS',
    ]);
    expect((await summaryOf(agent, first)).body.steps).toHaveLength(2);
  });

  test('of a call that lasts says what it would come to; reading it opens none and keeps none alive', async () => {
    const call = await openCall(agent);
    const running = await summaryOf(agent, call);
    await endCall(agent, call);

    const ended = await summaryOf(agent, call);

    expect(running.body).toMatchObject({ outcome: 'nothing-done', call: { endedAt: null, outcome: null } });
    expect(running.body.text).toMatch(/^Appel du 18\/11\/2026, depuis /);
    expect(ended.body.call.outcome).toBe('nothing-done');
    expect(await currentCall(agent)).toBeNull();
    const looks = await server.house.pool('audit_events').where({ type: 'call.viewed', call_id: call.id });
    expect(looks).toHaveLength(2);
  });

  test('is its agent’s and the supervisors’ of its organisation', async () => {
    const member = await build();
    const call = await openCall(agent, { memberId: member.id });
    const as = async (name: string) => summaryOf(await server.anonymous().signIn(name, deskPassword), call);
    const nobody = await summaryOf(await server.anonymous().signIn('stranger', deskPassword), {
      id: 'nobody',
    });

    expect((await as('supervisor')).status).toBe(200);
    expect(await as('colleague')).toMatchObject({ status: 404, body: nobody.body });
    expect(await as('stranger')).toMatchObject({ status: 404, body: nobody.body });
    expect((await as('print-operator')).status).toBe(403);
  });

  test('speaks the language of whoever reads it', async () => {
    const call = await openCall(agent, { channel: 'email' });

    const { body } = await agent.get(`/api/calls/${call.id}/summary`, { 'accept-language': 'en' });

    expect(body.text).toMatch(/^Call of 18\/11\/2026, since .*\(e-mail\)\nCall no\. /);
  });
});
