import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeAgent } from '../server/agents/placement.service.ts';
import { perform, systemVisit } from '../server/core/perform.ts';
import {
  answer,
  answerRight,
  confirmByCode,
  knowFacts,
  pageOf,
  sendCode,
  showDocument,
  speakWith,
  step,
} from './support/callers.ts';
import { currentCall } from './support/calls.ts';
import type { Client } from './support/client.ts';
import type { Built } from './support/holders.ts';
import { buildMember, dataOf } from './support/recoveries.ts';
import { databases, everyOrganisation, startServer, type TestServer } from './support/server.ts';

const mandate = { name: 'Solange Exemple', from: '2024-01-01', until: null };

describe.each(databases)('whose proof it is, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let colleague: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    [agent, colleague] = [await server.as('agent'), await server.as('colleague')];
  });
  afterAll(() => server.stop());

  const build = (more: object = {}) => buildMember(server, 'mgen', more);
  const patch = async (change: object) => {
    const call = await currentCall(agent);
    return agent.patch(`/api/calls/${call?.id}`, { ...change, version: call?.version });
  };
  const levelOf = async (member: Built, client = agent) =>
    (await pageOf(client, member)).verification.level as string;
  const questionOf = async (member: Built, client = agent) =>
    (await pageOf(client, member)).verification.facts.question?.fact as string;

  test('what the member proved is not their representative’s, who begins anew and is asked nothing twice', async () => {
    const member = await build({ representative: mandate });
    const answers = await knowFacts(server, member);
    await speakWith(agent, member);
    const first = await questionOf(member);
    await answer(agent, member, answers);
    await confirmByCode(server, agent, member, 'sms');

    const own = await levelOf(member);
    await patch({ caller: 'legal-representative' });
    const theirs = await levelOf(member);
    const next = await questionOf(member);
    const code = await sendCode(server, agent, member, 'email');
    await patch({ caller: 'member' });
    const again = await step(agent, member, { method: 'code', code });

    expect([own, theirs]).toEqual(['contact-confirmed', 'none']);
    expect(next).not.toBe(first);
    expect(again.status).toBe(409);
    expect(await levelOf(member)).toBe('none');
    expect((await dataOf(server, 'call.changed', { member_id: member.id })).at(-1)).toMatchObject({
      caller: { from: 'legal-representative', to: 'member' },
    });
  });

  test('a contact that changed since it was read back proves nothing any more', async () => {
    const member = await build();
    await speakWith(agent, member);
    await confirmByCode(server, agent, member, 'sms');
    const before = await levelOf(member);

    await server.house
      .pool('contacts')
      .where({ member_id: member.id, kind: 'mobile' })
      .update({ value: '+33639987001' });
    const page = await pageOf(agent, member);

    expect(before).toBe('contact-confirmed');
    expect(page.verification.level).toBe('none');
    expect(page.can.sms).toMatchObject({ state: 'after', rule: 'confirm-contact' });
  });

  test('a document that an agent saw counts in the branch alone', async () => {
    const member = await build();
    await showDocument(agent, member);
    const inBranch = await levelOf(member);

    await patch({ channel: 'telephone' });

    expect([inBranch, await levelOf(member)]).toEqual(['strong', 'none']);
  });

  test('the question is the same all day: in the next call, and for the next agent', async () => {
    const member = await build();
    await knowFacts(server, member);
    const asked = new Set<string>();
    for (const client of [agent, colleague, agent, colleague]) {
      await speakWith(client, member);
      asked.add(await questionOf(member, client));
    }

    expect([...asked]).toEqual([expect.stringMatching(/^(contract|last)-/)]);
  });

  test('a person in two files is one person: kin by either, and no stranger to their own number', async () => {
    const nir = {
      kind: 'definitive' as const,
      body: engine === 'sqlite' ? '2610399997001' : '2610399997002',
      key: null,
    };
    const [one, other] = [await build({ nir }), await build({ nir, mobile: '+33639987002' })];
    await server.house
      .pool('contacts')
      .where({ member_id: one.id, kind: 'mobile' })
      .update({ value: '+33639987002' });
    const { member_number: memberNumber } = await server.house
      .pool('members')
      .where({ id: other.id })
      .first();
    const { id } = await server.house.pool('agents').where({ username: 'colleague' }).first('id');
    const relatives = [{ organisationId: 'mgen', memberNumber: memberNumber as string }];
    await perform(systemVisit(server.house, 'tests', everyOrganisation(server.house)), (ctx) =>
      placeAgent(ctx, id as string, { relatives }),
    );
    for (const client of [agent, colleague]) await speakWith(client, one);
    await confirmByCode(server, agent, one, 'sms');

    expect((await pageOf(colleague, one)).can.letter).toMatchObject({ rule: 'letter-none' });
    expect((await pageOf(colleague, one)).can.sms).toMatchObject({
      state: 'refused',
      rule: 'relative-account',
    });
    expect((await pageOf(agent, one)).can.sms).toMatchObject({ state: 'allowed' });
  });

  test('whoever changed a contact does not send there without a second person, in whichever call', async () => {
    const member = await build();
    await showDocument(agent, member);
    const { version } = await pageOf(agent, member);
    const body = { contacts: { mobile: '0639987003' }, reason: 'new-number', version };
    expect((await agent.post(`/api/members/${member.id}/corrections`, body)).status).toBe(200);
    await server.house.pool('contacts').where({ member_id: member.id }).update({ since: '2020-01-01' });
    for (const client of [agent, colleague]) {
      await speakWith(client, member);
      await confirmByCode(server, client, member, 'sms');
    }

    expect((await pageOf(agent, member)).can.sms).toMatchObject({
      state: 'approval',
      rule: 'changed-by-asker',
    });
    expect((await pageOf(colleague, member)).can.sms).toMatchObject({ state: 'allowed' });
  });

  test('right answers of a dropped call are not enough in the next one by themselves', async () => {
    const member = await build();
    await speakWith(agent, member);
    await answerRight(server, agent, member);
    const call = await currentCall(agent);
    await patch({ dropped: true });
    await agent.post(`/api/calls/${call?.id}/resume`);

    expect(await levelOf(member)).toBe('none');
  });
});
