import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pageOf, showDocument } from './support/callers.ts';
import type { Answer, Client } from './support/client.ts';
import {
  buildKnown,
  changesOf,
  correct,
  correctInBranch,
  memberRow,
  onFile,
  outgoingOf,
  toldOf,
} from './support/corrections.ts';
import { eventsOf, type Built } from './support/holders.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

const contacts = { email: 'neuve@courriel.example', mobile: '06 39 98 77 42', fax: null };
const address = { lines: ['12 rue des Lilas'], postcode: '64000', town: 'Pau' };

describe.each(databases)('a correction that needs a second person on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let supervisor: Client;
  let member: Built;
  beforeAll(async () => {
    server = await startServer(engine);
    supervisor = await server.as('supervisor');
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    agent = await server.anonymous().signIn('agent', deskPassword);
    member = await buildKnown(server, { isProtected: true });
  });

  const ask = async (body: object, of = member): Promise<Answer> =>
    agent.post(`/api/members/${of.id}/approvals`, {
      act: 'contacts',
      reason: 'moved',
      version: (await pageOf(agent, of)).version,
      ...body,
    });
  const approve = ({ id, version }: { id: string; version: number }): Promise<Answer> =>
    supervisor.post(`/api/approvals/${id}/approve`, { version });

  test('is asked with the new values masked and sealed, then done as it was asked', async () => {
    const { fax: _none, ...both } = contacts;
    const direct = await correctInBranch(agent, member, { contacts: both, address });
    const { can } = await pageOf(agent, member);

    const asked = await ask({ contacts: both, address, note: 'Venu en agence' });
    const before = await onFile(server, member);
    const stored = JSON.stringify(await server.house.pool('approvals').where({ member_id: member.id }));
    const approved = await approve(asked.body);

    expect(direct).toMatchObject({ status: 422, body: { rule: 'protected' } });
    expect(can.contacts).toMatchObject({ state: 'approval', rule: 'protected' });
    expect(asked).toMatchObject({
      status: 201,
      body: {
        act: 'contacts',
        state: 'waiting',
        level: 'strong',
        note: 'Venu en agence',
        detail:
          'adresse e-mail → n•••••@•••.example ; téléphone portable → 06 •• •• •• 42 ; adresse postale → 64000 Pau',
      },
    });
    expect(stored).not.toMatch(/neuve|77 ?42|Lilas/);
    expect(before.email).not.toBe('neuve@courriel.example');
    expect(approved).toMatchObject({ status: 200, body: { state: 'done' } });
    expect(await onFile(server, member)).toEqual({ email: 'neuve@courriel.example', mobile: '+33639987742' });
    expect(await memberRow(server, member)).toMatchObject({ town: 'Pau', address_since: '2026-11-18' });
    expect(await toldOf(server, member)).toHaveLength(2);
    expect(await eventsOf(server, member.id)).toEqual(
      expect.arrayContaining(['approval.requested', 'member.corrected', 'approval.granted']),
    );
  });

  test('stays the change of whoever asked, in the call that asked: nothing goes there in it', async () => {
    await showDocument(agent, member);
    const asked = await ask({ contacts: { mobile: contacts.mobile } });
    await approve(asked.body);

    const call = await server.house.pool('calls').where({ member_id: member.id }).first();
    expect(await changesOf(server, member)).toMatchObject([{ changed_by: call.agent_id, call_id: call.id }]);
    expect(await outgoingOf(server, member)).toMatchObject([
      { kind: 'mobile', call_id: call.id, reason: 'moved' },
    ]);
    expect((await pageOf(agent, member)).can.sms).toMatchObject({
      state: 'refused',
      rule: 'changed-in-this-call',
    });
  });

  test('is overtaken when something else came on file meanwhile, and saves nothing', async () => {
    await showDocument(agent, member);
    const asked = await ask({ contacts: { email: contacts.email } });
    const change = { value: '+33639980299' };
    await server.house.pool('contacts').where({ member_id: member.id, kind: 'mobile' }).update(change);

    const approved = await approve(asked.body);

    expect(approved).toMatchObject({
      status: 200,
      body: { state: 'overtaken', outcome: expect.any(String) },
    });
    expect((await onFile(server, member)).email).not.toBe(contacts.email);
    expect(await changesOf(server, member)).toEqual([]);
    expect(await outgoingOf(server, member)).toEqual([]);
  });

  test('what would be taken away is said so', async () => {
    await showDocument(agent, member);

    const asked = await ask({ contacts: { email: null } });

    expect(asked.body.detail).toBe('adresse e-mail : à retirer');
    await approve(asked.body);
    expect(Object.keys(await onFile(server, member))).toEqual(['mobile']);
  });

  test('a request whose values cannot be read, or would change nothing, is not made', async () => {
    await showDocument(agent, member);

    const wrong = await ask({ contacts: { mobile: '12' }, address: { ...address, postcode: '640' } });
    const same = await ask({ contacts: { fax: null } });
    const stray = await ask({ contacts: { fax: null }, unblock: true });

    expect(wrong).toMatchObject({
      status: 400,
      body: { errors: { 'contacts.mobile': expect.any(String), 'address.postcode': expect.any(String) } },
    });
    expect([same.status, stray.status]).toEqual([400, 400]);
    expect(await server.house.pool('approvals').where({ member_id: member.id })).toEqual([]);
  });

  test('is for those alone who need one, and after the proof', async () => {
    const open = await buildKnown(server);
    const unproved = await ask({ contacts: { email: contacts.email } });
    await showDocument(agent, open);
    const unneeded = await ask({ contacts: { email: contacts.email } }, open);

    expect(unproved).toMatchObject({ status: 422, body: { rule: 'say-caller' } });
    expect(unneeded).toMatchObject({ status: 422, body: { rule: 'approval.not-needed' } });
    expect(await correct(agent, open, { contacts: { email: contacts.email } })).toMatchObject({
      status: 200,
    });
  });
});
