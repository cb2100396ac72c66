import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pageOf, showDocument, speakWith, step } from './support/callers.ts';
import { endCall, openCall, type ApiCall } from './support/calls.ts';
import type { Client } from './support/client.ts';
import { eventsOf, type Built } from './support/holders.ts';
import { contact } from './support/people.ts';
import { buildMember, dataOf } from './support/recoveries.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const document = { method: 'document', kind: 'passport', reference: 'Dossier 2026-114' };

describe.each(databases)('other proofs, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let colleague: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    [agent, colleague] = [await server.as('agent'), await server.as('colleague')];
  });
  afterAll(() => server.stop());

  const build = (more: object = {}) => buildMember(server, 'mgen', more);
  const show = (member: Pick<Built, 'id'>, kind = 'mobile', client = agent) =>
    client.post(`/api/members/${member.id}/number-to-call`, { kind });
  const note = (member: Built, reached: boolean, kind = 'mobile') =>
    step(agent, member, { method: 'call-back', kind, reached });
  const levelOf = async (member: Built) => (await pageOf(agent, member)).verification.level;
  const requestOf = async (member: Built, client = colleague) =>
    (await client.get(`/api/approvals?filter={"memberId":"${member.id}"}`)).body[0];
  /** A case that came in writing: the document is with it. */
  const received = async (member: Built): Promise<ApiCall> => {
    const call = await speakWith(agent, member, { channel: 'post' });
    expect((await step(agent, member, document)).body).toMatchObject({ outcome: 'noted' });
    return call;
  };

  describe('calling back', () => {
    test('the number on file is shown once it is asked for, and whoever answers there is confirmed', async () => {
      const member = await build();
      await speakWith(agent, member);

      const early = await note(member, true);
      const shown = await show(member);
      const nobody = await note(member, false);
      const before = await levelOf(member);
      const reached = await note(member, true);
      const page = await pageOf(agent, member);

      expect(early).toMatchObject({ status: 422, body: { rule: 'call-back-first' } });
      expect(shown.body.number.replace(/\D/g, '')).toBe(member.mobile.replace('+33', '0'));
      expect(nobody.body).toMatchObject({ outcome: 'noted', message: expect.stringContaining('personne') });
      expect(before).toBe('none');
      expect(reached.body.verification.level).toBe('contact-confirmed');
      expect(page.can.sms.state).toBe('allowed');
      expect(JSON.stringify([page, reached.body])).not.toContain(member.mobile.slice(-8));
      expect(await dataOf(server, 'verification.number-shown', { member_id: member.id })).toEqual([
        { kind: 'mobile' },
      ]);
      expect((await eventsOf(server, member.id)).filter((type) => type.endsWith('called-back'))).toHaveLength(
        2,
      );
    });

    test('what was shown under an idempotency key is kept nowhere', async () => {
      const member = await build();
      await speakWith(agent, member);
      const path = `/api/members/${member.id}/number-to-call`;

      const answers = [];
      for (let n = 0; n < 2; n += 1) {
        answers.push(await agent.post(path, { kind: 'mobile' }, { 'idempotency-key': 'shown-once' }));
      }

      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(await server.house.pool('idempotency_keys')).toEqual([]);
    });

    test('a landline confirms too, and then an SMS wants its own contact first', async () => {
      const member = await build({
        contacts: [contact('landline', '+33240000001'), contact('mobile', '+33639983001')],
      });
      await speakWith(agent, member);
      await show(member, 'landline');
      await note(member, true, 'landline');

      expect((await pageOf(agent, member)).can.sms).toMatchObject({
        state: 'after',
        rule: 'confirm-destination',
      });
    });

    test.each([
      ['a number too new', { contacts: [contact('mobile', '+33639983002', '2026-11-10')] }, 'mobile-recent'],
      ['no number', { mobile: null }, 'mobile-unknown'],
    ])('%s is not shown', async (_what, more, rule) => {
      const member = await build(more);
      await speakWith(agent, member);

      expect(await show(member)).toMatchObject({ status: 422, body: { rule } });
      expect(await eventsOf(server, member.id)).not.toContain('verification.number-shown');
    });

    test('nor where the file knows no calling back, to other roles, or elsewhere', async () => {
      const member = await build();
      const theirs = await buildMember(server, 'mutuelle-imaginaire' as 'mgen');
      const [auditor, stranger] = [await server.as('auditor'), await server.as('stranger')];
      const nobody = { id: '00000000-0000-4000-8000-000000000000' };
      await speakWith(agent, theirs);

      expect(await show(theirs)).toMatchObject({ status: 422, body: { rule: 'call-back-none' } });
      expect((await show(member, 'mobile', auditor)).status).toBe(403);
      expect(await show(member, 'mobile', stranger)).toMatchObject({
        status: 404,
        body: (await show(nobody, 'mobile', stranger)).body,
      });
      await openCall(agent, { caller: 'third-party', memberId: member.id });
      expect(await show(member)).toMatchObject({ status: 422, body: { rule: 'caller-not-entitled' } });
    });
  });

  describe('a document', () => {
    test('seen in a branch proves at once; only where it is kept is kept', async () => {
      const member = await build();

      const shown = await showDocument(agent, member);

      expect(shown.body.verification).toMatchObject({ level: 'strong', document: { state: 'done' } });
      expect((await pageOf(agent, member)).can).toMatchObject({
        sms: { state: 'allowed' },
        contacts: { state: 'allowed' },
      });
      const [row] = await server.house.pool('verifications').where({ member_id: member.id });
      expect(row).toMatchObject({ document_kind: 'passport', document_reference: 'Dossier 12' });
      expect((await step(agent, member, document)).status).toBe(422);
    });

    test('is none over the telephone, of no other kind, and its reference is no number of a person', async () => {
      const member = await build();
      await speakWith(agent, member);
      const onPhone = await step(agent, member, document);
      await speakWith(agent, member, { channel: 'branch' });

      const licence = await step(agent, member, { ...document, kind: 'driving-licence' });
      const nir = await step(agent, member, { ...document, reference: '2 61 03 99 999 101 17' });

      expect(onPhone).toMatchObject({ status: 422, body: { rule: 'document-not-here' } });
      expect(licence).toMatchObject({ status: 422, body: { rule: 'document-none' } });
      expect(nir).toMatchObject({ status: 400, body: { errors: { reference: expect.any(String) } } });
      expect(await eventsOf(server, member.id)).not.toContain('verification.document-kept');
    });

    test('received by post it is checked by another employee, and holds when the case is taken up again', async () => {
      const member = await build();
      const call = await received(member);
      const waiting = await pageOf(agent, member);
      const request = await requestOf(member);

      const own = await agent.post(`/api/approvals/${request.id}/approve`, { version: 1 });
      const checked = await colleague.post(`/api/approvals/${request.id}/approve`, { version: 1 });
      const level = await levelOf(member);
      await endCall(agent, call, { dropped: true });
      await agent.post(`/api/calls/${call.id}/resume`);

      expect(waiting.verification).toMatchObject({ level: 'none', document: { state: 'sent' } });
      expect(request).toMatchObject({ act: 'document', detail: 'Passeport, référence Dossier 2026-114' });
      expect(own).toMatchObject({ status: 422, body: { rule: 'approval.own' } });
      expect(checked).toMatchObject({ status: 200, body: { state: 'done' } });
      expect([level, await levelOf(member)]).toEqual(['strong', 'strong']);
      expect(await dataOf(server, 'verification.document-checked', { member_id: member.id })).toEqual([
        { proofId: expect.any(String), accepted: true },
      ]);
    });

    test('refused with a word it proves nothing; another may be handed in', async () => {
      const member = await build();
      await received(member);
      const request = await requestOf(member);

      const wordless = await colleague.post(`/api/approvals/${request.id}/refuse`, { version: 1 });
      const refused = await colleague.post(`/api/approvals/${request.id}/refuse`, {
        word: 'illisible',
        version: 1,
      });
      const page = await pageOf(agent, member);

      expect(wordless).toMatchObject({ status: 400, body: { errors: { word: expect.any(String) } } });
      expect(refused.body).toMatchObject({ state: 'refused', word: 'illisible' });
      expect(page.verification).toMatchObject({ level: 'none', document: { state: 'open' } });
      expect((await step(agent, member, document)).body.outcome).toBe('noted');
    });

    test.each(['withdrawn', 'expired'])('whose check is %s leaves room for another', async (how) => {
      const member = await build();
      const call = await received(member);
      const { id } = await requestOf(member);

      if (how === 'withdrawn') await agent.post(`/api/approvals/${id}/withdraw`, { version: 1 });
      else {
        await server.house.pool('approvals').where({ id }).update({ expires_at: '2026-11-18T08:00:00.000Z' });
        await server.work();
      }

      expect((await requestOf(member)).state).toBe(how);
      expect((await pageOf(agent, member)).verification.document.state).toBe('open');
      expect((await step(agent, member, document)).body.outcome).toBe('noted');
      await endCall(agent, call);
    });
  });
});
