import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Built } from './support/holders.ts';
import { contact } from './support/people.ts';
import {
  buildMember,
  lastMessage,
  messagesTo,
  nobodys,
  outcomes,
  recovery,
  temporaryIn,
  tokenIn,
  type Organisation,
} from './support/recoveries.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('the organisations’ ways back in on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  const at = (organisation: Organisation) => recovery(server.anonymous(), organisation);
  const lettersOf = (member: Built) => server.house.pool('letters').where({ account_id: member.accountId });
  const lock = async (member: Built) => {
    for (let n = 0; n < 3; n += 1)
      await at(member.organisation as Organisation).signIn(member.identifier, `no${n}`);
  };
  const unblock = { path: 'unblock', birthDate: '04/03/1961' };

  describe('with one kind of message and the letter', () => {
    test('one answer names the e-mail and the letter, with what is promised and what will hold', async () => {
      const { body } = await at('safiag').ask(nobodys('safiag'));

      expect(body).toMatchObject({ step: 'sent', channels: [], channel: null, code: null });
      expect(body.message).toContain('vous recevrez en quelques minutes un e-mail de réinitialisation');
      expect(body.message).toContain('un courrier avec votre mot de passe sous 48 heures');
      expect(body.notes).toContain('Délai annoncé par SAFIAG : sous 48 heures.');
      expect(body.notes.join(' ')).toContain('au plus tard le vendredi 20 novembre en France métropolitaine');
      expect(body.notes.join(' ')).toContain('le service clients (06 39 98 01 01), qui vous adressera');
    });

    test('a member without e-mail gets one letter, however often they ask', async () => {
      const member = await buildMember(server, 'safiag', { email: null });
      for (let n = 0; n < 3; n += 1) {
        await at('safiag').ask(member.identifier);
        await server.work();
      }

      const letters = await lettersOf(member);
      expect(letters).toMatchObject([
        { asked_by: 'member', reason: 'forgotten-password', state: 'requested' },
      ]);
      expect((await outcomes(server)).slice(-3)).toEqual([
        'letter:sent',
        'letter:letter-on-its-way',
        'letter:letter-on-its-way',
      ]);
    });

    test('an address that came on file last week carries no secret: the letter goes', async () => {
      const recent = contact('email', 'nouvelle@example.fr', '2026-11-11');
      const member = await buildMember(server, 'safiag', { contacts: [recent] });
      await at('safiag').ask(member.identifier);
      await server.work();

      expect(await lettersOf(member)).toHaveLength(1);
      expect((await messagesTo(server, 'nouvelle@example.fr')).some((text) => text.includes('/lien/'))).toBe(
        false,
      );
    });
  });

  describe('with the member’s own page', () => {
    test('a locked member chooses, gets a temporary password by SMS and signs in with it', async () => {
      const member = await buildMember(server, 'mgen');
      await lock(member);
      const { ask, choose, signIn, change } = at('mgen');

      const asked = await ask(member.identifier, unblock);
      expect(asked.body).toMatchObject({
        step: 'choose-channel',
        channels: [
          { kind: 'sms', usable: true, note: null },
          { kind: 'email', usable: true, note: null },
        ],
      });
      const sent = await choose('sms');
      expect(sent.body).toMatchObject({ step: 'sent', channel: 'sms' });
      expect(sent.body.message).toContain('Un mot de passe temporaire vous a été envoyé par SMS');
      await server.work();
      const opened = await signIn(member.identifier, temporaryIn(await lastMessage(server, member.mobile)));
      expect(opened.body).toMatchObject({ status: 'must-change-password' });
      expect((await change('Marron+2026!vert')).body).toMatchObject({ status: 'signed-in' });
    });

    test('the only contact there is is used by itself, and the member is told which', async () => {
      const member = await buildMember(server, 'mgen', { mobile: null });
      await lock(member);
      const { body } = await at('mgen').ask(member.identifier, unblock);

      expect(body).toMatchObject({ step: 'sent', channel: 'email', channels: [{ kind: 'email' }] });
      expect(body.message).toContain('Le seul contact que nous puissions utiliser est votre adresse e-mail');
      await server.work();
      const opened = await at('mgen').openLink(tokenIn(await lastMessage(server, member.email)));
      expect(opened.status).toBe(200);
    });

    test('an overseas mobile is told that no SMS reaches it, and the e-mail is used', async () => {
      const member = await buildMember(server, 'mgen', { mobile: '+590690001234' });
      await lock(member);
      const { ask, choose } = at('mgen');
      const { body } = await ask(member.identifier, unblock);

      expect(body).toMatchObject({
        step: 'sent',
        channel: 'email',
        channels: [
          { kind: 'sms', usable: false, note: expect.stringContaining('en France métropolitaine') },
          { kind: 'email', usable: true },
        ],
      });
      expect((await choose('sms')).body.errors).toHaveProperty('channel');
    });

    test('a right proof on an account that is not locked is told so, with the way to the other path', async () => {
      const member = await buildMember(server, 'mgen');
      const { body } = await at('mgen').ask(member.identifier, unblock);

      expect(body).toMatchObject({ step: 'not-locked', title: 'Votre compte n’est pas bloqué.' });
      expect(body.message).toContain('Mot de passe oublié');
    });

    test('a wrong, an unknown, a disabled, a frozen and an unreachable one get one answer', async () => {
      const frozen = await buildMember(server, 'mgen');
      await server.house
        .pool('accounts')
        .where({ id: frozen.accountId })
        .update({ frozen_at: '2026-11-18T09:00:00.000Z' });
      const others = [
        await buildMember(server, 'mgen', { birthDate: '1961-03-05' }),
        await buildMember(server, 'mgen', { contractEndOn: '2026-01-31' }),
        await buildMember(server, 'mgen', { email: null, mobile: null }),
        await buildMember(server, 'mgen', { email: null, mobile: '+590690001234' }),
      ];
      const answers = [];
      for (const { identifier } of [{ identifier: nobodys('mgen') }, frozen, ...others]) {
        answers.push((await at('mgen').ask(identifier, unblock)).body);
      }

      expect(answers[0]).toMatchObject({ step: 'refused' });
      for (const answer of answers) expect(answer).toEqual(answers[0]);
    });

    test('after three proofs of a day not even a right one is weighed', async () => {
      const member = await buildMember(server, 'mgen');
      for (let n = 1; n <= 3; n += 1) {
        await at('mgen').ask(member.identifier, { path: 'unblock', birthDate: `0${n}/01/1950` });
      }

      expect((await at('mgen').ask(member.identifier, unblock)).body.step).toBe('refused');
      server.clock.advance(24 * 60 + 1);
      expect((await at('mgen').ask(member.identifier, unblock)).body.step).toBe('not-locked');
    });

    test.each(['31/02/1961', '04/03/61', '', '4 mars 1961'])(
      'the birth date « %s » is refused with the form it must have, and nothing is counted',
      async (birthDate) => {
        const member = await buildMember(server, 'mgen');
        const { status, body } = await at('mgen').ask(member.identifier, { path: 'unblock', birthDate });

        expect(status).toBe(400);
        expect(body.errors.birthDate).toContain('jj/mm/aaaa');
        const spent = await server.house.pool('budgets').where('id', 'like', `%${member.accountId}%`);
        expect(spent).toEqual([]);
      },
    );
  });

  describe('with a choice before any proof', () => {
    test('the only contact known is used where the file says so, though the answer does not tell', async () => {
      const member = await buildMember(server, 'mgen', { mobile: null });
      const { ask, choose } = at('mgen');
      await ask(member.identifier);
      const sent = await choose('sms');

      expect(sent.body).toMatchObject({ step: 'sent', channel: 'sms' });
      expect(sent.body.message).toContain('Si un numéro de portable figure dans votre dossier');
      expect(sent.body.notes.join(' ')).toContain('il sera utilisé automatiquement');
      await server.work();
      expect((await at('mgen').openLink(tokenIn(await lastMessage(server, member.email)))).status).toBe(200);
    });

    test('members with another kind of identifier walk the same way', async () => {
      const member = await buildMember(server, 'mgen', { nir: null, memberNumber: 'MG-204817' });
      const { ask, choose } = at('mgen');
      await ask('mg 204 817');
      await choose('email');
      await server.work();

      expect(await messagesTo(server, member.email)).toHaveLength(1);
    });

    test('a number that cannot be a NIR, and a value that cannot be read, are told before anything is sent', async () => {
      const wrongKey = await at('safiag').ask('185017599990155');
      const short = await at('safiag').ask('123');
      const proof = { spaceType: 'entreprise', fact: 'salary-contributions-amount', value: 'environ 700' };
      const vague = await at('msa-sud-aquitaine').ask(nobodys('msa-sud-aquitaine'), { path: 'first', proof });

      for (const { status, body } of [wrongKey, short]) {
        expect(status).toBe(400);
        expect(body.errors.identifier).toContain('13 caractères');
      }
      expect(vague.body.errors['proof.value']).toContain('123,45');
    });

    test('what is not asked for here is refused, and what is missing named', async () => {
      const { ask, choose } = at('safiag');
      const refused = [
        await ask('1', { path: 'unblock' }),
        await ask('1', { path: 'first' }),
        await ask('1', { path: 'nowhere' }),
        await ask('1', { birthDate: { $ne: 1 } }),
        await ask('1', { channel: 'sms' }),
        await choose('sms'),
      ];

      expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 409]);
    });
  });
});
