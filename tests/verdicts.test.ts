import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chosenCounter } from '../server/accounts/gate.ts';
import { askFor } from './support/approvals.ts';
import {
  answer,
  answerRight,
  confirmByCode,
  knowFacts,
  pageOf,
  showDocument,
  speakWith,
} from './support/callers.ts';
import { openCall } from './support/calls.ts';
import type { Answer, Client } from './support/client.ts';
import type { Built } from './support/holders.ts';
import { contact, person, save } from './support/people.ts';
import { buildMember } from './support/recoveries.ts';
import { databases, startServer, wednesday, type TestServer } from './support/server.ts';

const acts = ['contacts', 'letter', 'sms', 'email', 'unblock'] as const;
type Act = (typeof acts)[number];
type Page = { version: number; can: Record<Act, Record<string, unknown>> };
/** What brings the member and the call into a state; nothing: they are as they were built. */
type Setting = (world: { server: TestServer; agent: Client; member: Built }) => Promise<unknown>;

const call: Setting = ({ agent, member }) => speakWith(agent, member);
const by =
  (...channels: ('sms' | 'email')[]): Setting =>
  async ({ server, agent, member }) => {
    await speakWith(agent, member);
    for (const channel of channels) await confirmByCode(server, agent, member, channel);
  };
const identified: Setting = async ({ server, agent, member }) => {
  await speakWith(agent, member);
  await answerRight(server, agent, member);
};
const failed: Setting = async ({ server, agent, member }) => {
  await knowFacts(server, member);
  await speakWith(agent, member);
  for (let n = 0; n < 2; n += 1) await answer(agent, member, 'décembre 1901');
};
const inBranch: Setting = ({ agent, member }) => showDocument(agent, member);
const then =
  (...settings: Setting[]): Setting =>
  async (world) => {
    for (const setting of settings) await setting(world);
  };
const row =
  (table: string, change: object): Setting =>
  ({ server, member }) => {
    const where =
      table === 'members' ? { id: member.id } : table === 'accounts' ? { id: member.accountId } : null;
    return server.house
      .pool(table)
      .where(where ?? { member_id: member.id })
      .update(change);
  };
const post =
  (path: string, body: object = {}): Setting =>
  async ({ agent, member }) => {
    const { version } = await pageOf(agent, member);
    return agent.post(`/api/members/${member.id}/${path}`, { version, ...body });
  };
const spentUnblocks: Setting = async ({ server, member }) => {
  for (const n of [1, 2]) {
    const at = server.clock.now().toISOString();
    await server.house
      .pool('unblocks')
      .insert({ id: `${member.id}-${n}`, account_id: member.accountId, at, call_id: null });
  }
};
// As the gate leaves it; a hundred times three wrong passwords would be compared in full otherwise.
const lock = async (server: TestServer, { accountId }: Built): Promise<void> => {
  const at = server.clock.now().toISOString();
  await server.house.pool('attempt_counters').insert({
    id: chosenCounter(accountId),
    account_id: accountId,
    tries: 3,
    forgiven: 0,
    first_at: at,
    last_at: at,
    not_before: at,
    locked_at: at,
    keep_until: null,
  });
};
const letter = post('temporary-passwords', { channel: 'letter', reason: 'no-contact' });

const states: [string, Setting, object?][] = [
  ['nobody has called', async () => undefined],
  ['the caller is unsaid', ({ agent }) => openCall(agent, { caller: 'unsaid' })],
  ['the member calls', call],
  ['a third party calls', ({ agent, member }) => speakWith(agent, member, { caller: 'third-party' })],
  ['the member is identified', identified],
  ['the answers were wrong', failed],
  ['nothing is on file to verify with', call, { email: null, mobile: null }],
  ['a code by SMS was read back', by('sms')],
  ['a code by e-mail was read back', by('email')],
  ['both were', by('sms', 'email')],
  ['a document was seen', inBranch],
  ['a document was seen, and the account is open', inBranch, { open: true }],
  ['everything needs two', then(inBranch, row('members', { protected: 1 }))],
  ['a suspicion holds', then(inBranch, post('suspicion'))],
  ['it is frozen', then(inBranch, post('death'))],
  ['the contract ended', inBranch, { contractEndOn: '2026-10-31' }],
  [
    'the e-mail address is recent',
    by('sms'),
    { contacts: [contact('email', 'n@example.fr', '2026-11-10'), contact('mobile', '+33639986001')] },
  ],
  ['the address is recent', then(inBranch, row('members', { address_since: '2026-11-10' }))],
  ['the address is doubtful', then(inBranch, row('members', { address_doubtful_at: wednesday }))],
  ['the number is overseas', inBranch, { mobile: '+262692123499' }],
  ['a letter is on its way', then(identified, letter)],
  ['a letter without proof was asked for', then(call, letter)],
  ['two unblocks are spent', then(identified, spentUnblocks)],
  [
    'the address was corrected in this call',
    then(
      inBranch,
      post('corrections', {
        reason: 'moved',
        address: { lines: ['9 rue Neuve'], postcode: '35000', town: 'Rennes' },
      }),
    ),
  ],
  [
    'a contact was corrected in this call',
    then(inBranch, post('corrections', { reason: 'new-number', contacts: { mobile: '0639986002' } })),
  ],
];

describe.each(databases)('what the page says may be done, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    agent = await server.as('agent');
  });
  beforeEach(async () => {
    server.clock.set(wednesday);
    const current = (await agent.get('/api/calls/current')).body.call;
    if (current) await agent.patch(`/api/calls/${current.id}`, { ended: true, version: current.version });
  });
  afterAll(() => server.stop());

  const bodies: Record<Act, object> = {
    unblock: { reason: 'mistyped' },
    sms: { channel: 'sms', reason: 'forgot-password' },
    email: { channel: 'email', reason: 'forgot-password' },
    letter: { channel: 'letter', reason: 'no-contact' },
    contacts: { reason: 'new-number', contacts: { landline: '0240998877' } },
  };
  const paths = { unblock: 'unblock', contacts: 'corrections' } as const;
  const carryOut = ({ id }: Pick<Built, 'id'>, act: Act, version: number): Promise<Answer> => {
    const path = act === 'unblock' || act === 'contacts' ? paths[act] : 'temporary-passwords';
    return agent.post(`/api/members/${id}/${path}`, { version, ...bodies[act] });
  };
  const ask = (member: Pick<Built, 'id'>, act: Act): Promise<Answer> => {
    const { channel: _channel, ...body } = bodies[act] as { channel?: string };
    return askFor(agent, member, { act, ...body });
  };

  /** Act by act: what was said, what the act answered, and what asking a second person for it answers. */
  const compare = async (member: Pick<Built, 'id'>): Promise<void> => {
    let page: Page | undefined;
    for (const act of acts) {
      page ??= (await pageOf(agent, member)) as Page;
      const { can, version } = page;
      const { state, rule, why, instead, allowed, reasons } = can[act];
      const requested = state === 'allowed' ? undefined : await ask(member, act);
      const fresh = state === 'approval' ? ((await pageOf(agent, member)) as Page).version : version;
      const done = await carryOut(member, act, fresh);
      // What was refused changed nothing: the page still says what is so.
      if (state === 'allowed' || state === 'approval') page = undefined;

      const said = [act, state, rule];
      expect([...said, allowed]).toEqual([...said, state === 'allowed']);
      expect([...said, done.status, done.body.rule ?? null]).toEqual([
        ...said,
        state === 'allowed' ? 200 : 422,
        rule,
      ]);
      expect([...said, Array.isArray(reasons) && reasons.length > 0]).toEqual([
        ...said,
        state === 'approval',
      ]);
      if (!requested) continue;
      expect(done.body.message).toBe([why, instead].filter(Boolean).join(' '));
      const expected = state === 'approval' ? [201, undefined] : [422, rule];
      expect([...said, requested.status, requested.body.rule]).toEqual([...said, ...expected]);
    }
  };

  // The two whose desks send most: one without letters, one with them. The databases differ in what they find, not in
  // what a file makes of it: the second one is asked about the file that has every act.
  const organisations =
    engine === 'sqlite' ? (['mgen', 'msa-sud-aquitaine'] as const) : (['msa-sud-aquitaine'] as const);
  describe.each(organisations)('for %s', (organisation) => {
    test.each(states)('is what the acts do when %s', async (_state, setting, more = {}) => {
      const { open, ...wish } = more as { open?: boolean };
      const member = await buildMember(server, organisation, wish);
      if (!open) await lock(server, member);
      await setting({ server, agent, member });

      await compare(member);
    });
  });

  test('and of a dependant, who has no account', async () => {
    const dependant = person({ organisationId: 'mgen', kind: 'dependant', rank: '02' });
    const [id = ''] = await save(server.house, [dependant]);
    await speakWith(agent, { id });

    await compare({ id });
  });
});
