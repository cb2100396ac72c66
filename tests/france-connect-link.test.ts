import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PersonToSave } from '../server/members/saving.service.ts';
import {
  notLinked,
  portal,
  refusal,
  somebody,
  startFederation,
  type Federation,
} from './support/federation.ts';
import { eventsOf } from './support/holders.ts';
import type { Vouched } from './support/oidc.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('the first time through FranceConnect on %s', (engine) => {
  let server: TestServer;
  let federation: Federation;
  beforeAll(async () => {
    server = await startServer(engine);
    federation = await startFederation(server);
  });
  beforeEach(() => void (federation.oidc.person = somebody()));
  afterAll(async () => {
    await federation.oidc.stop();
    await server.stop();
  });

  test('asks the first time for the identifier; both together link the account and open a whole session', async () => {
    const member = await federation.holderLike(federation.oidc.person);
    const client = server.anonymous();

    const came = await federation.comeBack(client, await federation.begin(client));
    const session = await client.get(`${portal}/session`);
    const answer = await federation.link(client, member.identifier);

    expect(came).toMatchObject({ status: 200, body: { status: 'identifier-needed' } });
    expect(session.status).toBe(401);
    expect(answer).toMatchObject({ status: 200, body: { status: 'signed-in', next: 'contacts' } });
    expect((await client.get(`${portal}/session`)).body).toMatchObject({ franceConnect: true });
    expect(await eventsOf(server, member.id)).toEqual(
      expect.arrayContaining(['account.signed-in', 'account.identity-linked']),
    );
    expect(JSON.stringify(await server.house.pool('federated_identities'))).not.toContain(
      federation.oidc.person.sub,
    );
    const journeys = JSON.stringify(await server.house.pool('federation_journeys'));
    for (const known of [federation.oidc.person.sub, 'GOFF', federation.oidc.person.birthdate])
      expect(journeys).not.toContain(known);
  });

  test.each<[string, Partial<Vouched>, Partial<PersonToSave>]>([
    ['the usual name', { preferred_username: 'Özdemir' }, { usualName: 'OZDEMIR', birthName: null }],
    ['the birth name', {}, { usualName: 'Tilleul', birthName: 'Le Goff' }],
    ['the first of several given names', { given_name: 'Maëlle Anne' }, { firstName: 'Maelle Claire' }],
  ])('%s is enough to know somebody', async (_what, vouched, more) => {
    federation.oidc.person = somebody(vouched);
    const member = await federation.holderLike(federation.oidc.person, more);

    expect((await federation.signIn(member)).status).toBe(200);
  });

  test.each<[string, Partial<PersonToSave>]>([
    ['another first name', { firstName: 'Jean' }],
    ['another family name', { usualName: 'Le Gof' }],
    ['another birth date', { birthDate: '1931-01-01' }],
    ['a space type that FranceConnect is not for', { spaceType: 'exploitant' }],
    ['a dependant', { kind: 'dependant' }],
    ['another organisation’s member', { organisationId: 'mutuelle-imaginaire' }],
    ['a contract that has ended', { contractEndOn: '2025-12-31' }],
  ])('%s is refused, and nothing is linked', async (_what, more) => {
    const member = await federation.holderLike(federation.oidc.person, more);

    expect(await federation.signIn(member)).toMatchObject(notLinked);
    expect(await federation.linksOf(member)).toEqual([]);
  });

  test('of two with the same identity each comes into their own account, and a third into none', async () => {
    const [one, other] = [
      await federation.holderLike(federation.oidc.person),
      await federation.holderLike(federation.oidc.person),
    ];

    const third = await federation.link(await federation.cameBack(), '2610399999001');
    const first = await federation.signIn(one);
    federation.oidc.person = { ...federation.oidc.person, sub: 'their-homonym' };
    const intruder = await federation.signIn(one);
    const second = await federation.signIn(other);

    expect([third, intruder]).toMatchObject([notLinked, notLinked]);
    expect([first.status, second.status]).toEqual([200, 200]);
    for (const holder of [one, other]) expect(await federation.linksOf(holder)).toHaveLength(1);
  });

  test('every identifier that does not lead in gets one same answer', async () => {
    const frozen = await federation.holderLike(federation.oidc.person);
    await server.house.pool('accounts').where({ id: frozen.accountId }).update({ frozen_at: '2026-11-18' });
    const closed = await federation.holderLike(federation.oidc.person, { contractEndOn: '2025-12-31' });
    const stranger = await federation.holderLike(somebody(), { usualName: 'Tilleul' });
    const tried = [frozen, closed, stranger].map(({ identifier }) => identifier);

    const answers = [];
    for (const identifier of [...tried, '2610399999002', 'nobody']) {
      federation.oidc.person = { ...federation.oidc.person, sub: `for-${identifier}` };
      answers.push(await federation.link(await federation.cameBack(), identifier));
    }

    const same = new Set(
      answers.map(({ status, body }) => JSON.stringify([status, body.message, body.errors])),
    );
    expect(same.size).toBe(1);
    expect(answers[0]).toMatchObject(notLinked);
  });

  test.each<[string, (subject: number) => string]>([
    ['one person’s tries', () => 'the-same'],
    ['one member’s', (subject) => `another-${subject}`],
  ])(
    '%s are bounded, and then even a right identifier is refused, until another day',
    async (of, subject) => {
      const member = await federation.holderLike(federation.oidc.person);
      const wrong = (n: number) => (of.includes('person') ? `26103999990${10 + n}` : member.identifier);
      const { given_name: name } = federation.oidc.person;
      for (let n = 0; n < 3; n += 1) {
        federation.oidc.person = { ...federation.oidc.person, sub: subject(n), given_name: 'Maëlle' };
        expect(await federation.link(await federation.cameBack(), wrong(n))).toMatchObject(notLinked);
      }
      federation.oidc.person = { ...federation.oidc.person, sub: subject(3), given_name: name };

      const spent = await federation.signIn(member);
      server.clock.advance(1_441);

      expect(spent).toMatchObject(notLinked);
      expect((await federation.signIn(member)).status).toBe(200);
    },
  );

  test('of two at once one links; the step is good in its browser alone, and for ten minutes', async () => {
    const member = await federation.holderLike(federation.oidc.person);
    const late = await federation.cameBack();
    server.clock.advance(11);
    const client = await federation.cameBack();

    const elsewhere = await federation.link(server.anonymous(), member.identifier);
    const tooLate = await federation.link(late, member.identifier);
    const answers = await Promise.all(
      Array.from({ length: 2 }, () => federation.link(client, member.identifier)),
    );

    expect([elsewhere, tooLate]).toMatchObject([refusal, refusal]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  test('a second identity that fits an account is not let in beside the first', async () => {
    const member = await federation.holderLike(federation.oidc.person);
    await federation.signIn(member);

    federation.oidc.person = { ...federation.oidc.person, sub: 'somebody-else' };

    expect(await federation.signIn(member)).toMatchObject(notLinked);
    expect(await federation.linksOf(member)).toHaveLength(1);
  });
});
