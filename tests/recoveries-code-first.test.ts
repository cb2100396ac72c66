import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { perform, systemVisit } from '../server/core/perform.ts';
import { record } from '../server/audit/record.ts';
import { policyOf } from '../server/organisations/organisations.service.ts';
import { keepFacts } from '../server/verifications/facts.service.ts';
import type { Built } from './support/holders.ts';
import {
  buildMember,
  codeIn,
  lastMessage,
  messagesTo,
  nobodys,
  outcomes,
  otherThan,
  recovery,
  temporaryIn,
} from './support/recoveries.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const organisation = 'msa-sud-aquitaine';
const chosen = 'Marron+2026!vert';

describe.each(databases)('a code first, or a proof, then the temporary password on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  const way = () => recovery(server.anonymous(), organisation);
  const letters = (member: Built) => server.house.pool('letters').where({ account_id: member.accountId });

  test.each(['sms', 'email'] as const)(
    'by %s: the code, the temporary password, a personal one',
    async (channel) => {
      const member = await buildMember(server, organisation);
      const to = channel === 'sms' ? member.mobile : member.email;
      const { ask, choose, type, signIn, change } = way();

      const asked = await ask(member.identifier);
      expect(asked.body.title).toBe('Comment désirez-vous recevoir votre mot de passe temporaire ?');
      const waiting = await choose(channel);
      expect(waiting.body).toMatchObject({ step: 'enter-code', code: { digits: 4, minutes: 30 } });
      await server.work();
      const code = codeIn(await lastMessage(server, to));
      expect((await type(otherThan(code))).status).toBe(400);
      server.clock.advance(29);
      const sent = await type(code);
      expect(sent.body).toMatchObject({ step: 'sent', channel });
      expect(sent.body.message).toMatch(/Un mot de passe temporaire vous a été envoyé par (SMS|e-mail)\./);
      expect(sent.body.notes.join(' ')).toContain('votre caisse');
      await server.work();
      const opened = await signIn(member.identifier, temporaryIn(await lastMessage(server, to)));
      expect(opened.body).toMatchObject({ status: 'must-change-password' });
      expect((await change(chosen)).body).toMatchObject({ status: 'sign-in-again' });
    },
  );

  test('of eight right codes at once one sets the temporary password off', async () => {
    const member = await buildMember(server, organisation);
    const client = server.anonymous();
    const { ask, choose, type } = recovery(client, organisation);
    await ask(member.identifier);
    await choose('email');
    await server.work();
    const code = codeIn(await lastMessage(server, member.email));

    const answers = await Promise.all(Array.from({ length: 8 }, () => type(code)));
    await server.work();

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const passwords = await server.house
      .pool('credentials')
      .where({ account_id: member.accountId, kind: 'temporary' });
    expect(passwords).toHaveLength(1);
  });

  describe('who never connected', () => {
    const proof = { spaceType: 'particulier', fact: 'benefit-amount', value: '123,45' };

    const withFact = async (more: Parameters<typeof buildMember>[2] = {}) => {
      const member = await buildMember(server, organisation, { password: undefined, ...more });
      const facts = [{ memberId: member.id, fact: proof.fact, value: proof.value, happenedOn: '2026-09-10' }];
      const visit = systemVisit(server.house, 'tests', [organisation]);
      await perform(visit, async (ctx) => {
        await keepFacts(ctx, policyOf(server.house, organisation), facts);
        record(ctx, { type: 'demo.loaded', data: { members: 1 } });
      });
      return member;
    };
    const ask = (member: { identifier: string }, more: object = {}, use = way()) =>
      use.ask(member.identifier, { path: 'first', proof: { ...proof, ...more } });

    test('and proves a fact chooses a message, and gets the temporary password at once', async () => {
      const member = await withFact();
      const use = way();

      const asked = await ask(member, {}, use);
      expect(asked.body).toMatchObject({
        step: 'choose-channel',
        channels: [{ kind: 'sms' }, { kind: 'email' }],
      });
      expect((await use.choose('letter')).status).toBe(400);
      expect((await use.choose('email')).body).toMatchObject({ step: 'sent', channel: 'email' });
      await server.work();
      const opened = await use.signIn(
        member.identifier,
        temporaryIn(await lastMessage(server, member.email)),
      );
      expect(opened.body).toMatchObject({ status: 'must-change-password' });
    });

    test('with a wrong answer, or none that may be trusted, gets what everybody gets: the letter', async () => {
      const wrong = await withFact();
      const connected = await withFact({ password: 'Tilleul+2026!' });
      const farmer = await withFact({ spaceType: 'exploitant' });
      const nothing = await buildMember(server, organisation, { password: undefined });
      const unknown = { identifier: nobodys(organisation) };
      const answers = [
        await ask(wrong, { value: '123,46' }),
        await ask(connected),
        await ask(farmer),
        await ask(nothing),
        await ask(unknown),
      ];
      await server.work();

      expect(answers[0]?.body).toMatchObject({ step: 'sent', channel: 'letter', channels: [] });
      expect(answers[0]?.body.message).toContain('Si vos informations correspondent à un compte');
      for (const { body } of answers) expect(body).toEqual(answers[0]?.body);
      for (const member of [wrong, connected, farmer, nothing]) expect(await letters(member)).toHaveLength(1);
      expect((await outcomes(server)).at(-1)).toBe('none:nobody');
      const sent = (await messagesTo(server, wrong.email)).map(temporaryIn);
      expect(new Set(sent)).toEqual(new Set(['no temporary password']));
    });

    test('after three answers of a day is answered alike, and no letter follows either', async () => {
      const member = await withFact();
      for (let n = 0; n < 3; n += 1) await ask(member, { value: `${n}` });
      await server.work();

      const fourth = await ask(member);
      await server.work();

      expect(fourth.body).toMatchObject({ step: 'sent', channel: 'letter' });
      expect(await letters(member)).toHaveLength(1);
    });

    test('is asked what the file asks, and nothing else', async () => {
      const member = await withFact();
      const refused = [
        await ask(member, { fact: 'salary-contributions-amount' }),
        await ask(member, { spaceType: 'retraite' }),
        await ask(member, { value: '' }),
        await way().ask(member.identifier, { path: 'first' }),
      ];

      expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
      expect(refused[3]?.body.errors).toHaveProperty('proof');
    });
  });
});
