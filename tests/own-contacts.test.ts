import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chosenCounter } from '../server/accounts/gate.ts';
import { read, systemVisit } from '../server/core/perform.ts';
import { waitingContactsOf } from '../server/members/contact-trust.service.ts';
import { findMemberFile } from '../server/members/members.service.ts';
import type { Answer, Client } from './support/client.ts';
import { buildHolder, eventsOf, type Built } from './support/holders.ts';
import { bringIn, csv } from './support/member-files.ts';
import { contact } from './support/people.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const organisation = 'msa-sud-aquitaine';
const api = `/portal/api/${organisation}`;
const password = 'Tilleul+2026!';
let serial = 0;

describe.each(databases)('a member’s own contacts on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  const signedIn = async (more = {}): Promise<{ member: Built; client: Client }> => {
    serial += 1;
    const member = await buildHolder(server, {
      organisationId: organisation,
      nir: { body: `2610399999${String(serial).padStart(3, '0')}`, key: null },
      password,
      contacts: [contact('email', `Jeanne.${serial}@example.fr`), contact('mobile', '+33639980101')],
      ...more,
    });
    const client = server.anonymous();
    const answer = await client.post(`${api}/sign-in`, { identifier: member.identifier, password });
    expect(answer.body.next).toBe('contacts');
    return { member, client };
  };
  const save = (client: Client, contacts: object, currentPassword?: string): Promise<Answer> =>
    client.send('PUT', `${api}/contacts`, { contacts, currentPassword });
  const onFile = async (member: Built): Promise<Record<string, string>> => {
    const rows = await server.house.pool('contacts').where({ member_id: member.id });
    return Object.fromEntries(rows.map(({ kind, value }) => [kind as string, value as string]));
  };
  const waiting = (member: Built): Promise<string[]> =>
    read(systemVisit(server.house, 'tests', [organisation]), async (ctx) =>
      [...(await waitingContactsOf(ctx, await findMemberFile(ctx, member.id)))].sort(),
    );

  test('are shown as people write them, and the look is recorded', async () => {
    const { member, client } = await signedIn();

    const { body } = await client.get(`${api}/contacts`);

    expect(body).toEqual({
      contacts: [
        { kind: 'email', value: `Jeanne.${serial}@example.fr`, since: '2020-01-01', waiting: false },
        { kind: 'mobile', value: '06 39 98 01 01', since: '2020-01-01', waiting: false },
        { kind: 'landline', value: null, since: null, waiting: false },
        { kind: 'fax', value: null, since: null, waiting: false },
      ],
      confirmable: [],
    });
    expect(await eventsOf(server, member.id)).toContain('account.contacts-shown');
  });

  test('confirmed as they are, they need no password, and lead to the space until the next change of password', async () => {
    const { member, client } = await signedIn();
    const again = async (word: string) =>
      (await server.anonymous().post(`${api}/sign-in`, { identifier: member.identifier, password: word }))
        .body.next;

    const answer = await save(client, { email: `Jeanne.${serial}@EXAMPLE.fr `, mobile: '0639980101' });

    expect(answer).toMatchObject({
      status: 200,
      body: { next: 'space', message: expect.stringContaining('confirmées') },
    });
    expect(await again(password)).toBe('space');
    await client.post(`${api}/password`, { newPassword: 'Marron+2026!vert', currentPassword: password });
    expect(await again('Marron+2026!vert')).toBe('contacts');
    expect(await server.house.pool('contact_changes').where({ member_id: member.id })).toEqual([]);
  });

  test('a correction is saved, waits, and keeps no former value in clear', async () => {
    const { member, client } = await signedIn();

    const answer = await save(
      client,
      { email: 'neuve@Example.FR', landline: '03 20 90 05 00', fax: '' },
      password,
    );

    expect(answer).toMatchObject({ status: 200, body: { next: 'space', confirmable: ['email'] } });
    expect(answer.body.contacts).toMatchObject([
      { kind: 'email', value: 'neuve@example.fr', since: '2026-11-18', waiting: true },
      { kind: 'mobile', waiting: false },
      { kind: 'landline', value: '03 20 90 05 00', waiting: true },
      { kind: 'fax', value: null },
    ]);
    expect(await waiting(member)).toEqual(['email', 'landline']);
    const changes = JSON.stringify(
      await server.house.pool('contact_changes').where({ member_id: member.id }),
    );
    expect(changes).not.toContain('example.fr');
    const events = await server.house.pool('audit_events').where({ member_id: member.id });
    expect(JSON.stringify(events)).not.toContain('neuve');
    expect(await eventsOf(server, member.id)).toContain('account.contacts-confirmed');
  });

  test('a correction needs the current password, which passes the gate', async () => {
    const { member, client } = await signedIn();

    const without = await save(client, { mobile: '06 39 98 77 77' });
    const wrong = await save(client, { mobile: '06 39 98 77 77' }, 'wrong');

    for (const answer of [without, wrong]) {
      expect(answer).toMatchObject({
        status: 400,
        body: { errors: { currentPassword: expect.any(String) } },
      });
    }
    const counter = await server.house
      .pool('attempt_counters')
      .where({ id: chosenCounter(member.accountId) })
      .first();
    expect(Number(counter.tries) - Number(counter.forgiven)).toBe(1);
    expect(await onFile(member)).toMatchObject({ mobile: '+33639980101' });
  });

  test.each([
    ['email', 'jeanne@nulle-part', 'e-mail'],
    ['email', 'jeanne tilleul@example.fr', 'e-mail'],
    ['mobile', '03 20 90 05 00', 'portable'],
    ['mobile', '06 12', 'téléphone'],
    ['mobile', '+881 6 12 34 56 78', 'téléphone'],
    ['landline', '06 39 98 01 02', 'portable'],
    ['fax', 'néant', 'téléphone'],
  ])('what cannot be read is told on its field: %s %s', async (kind, typed, told) => {
    const { member, client } = await signedIn();

    const answer = await save(client, { [kind]: typed }, password);

    expect(answer).toMatchObject({
      status: 400,
      body: { errors: { [`contacts.${kind}`]: expect.stringContaining(told) } },
    });
    expect(await onFile(member)).toMatchObject({ mobile: '+33639980101' });
    expect(await server.house.pool('contact_changes').where({ member_id: member.id })).toEqual([]);
  });

  test('an overseas mobile gets the country code of its territory', async () => {
    const { member, client } = await signedIn();

    await save(client, { mobile: '0690 00 12 34' }, password);

    expect(await onFile(member)).toMatchObject({ mobile: '+590690001234' });
  });

  test('an import that still carries the old value does not overwrite it; the master’s word does, and waits', async () => {
    const { member, client } = await signedIn({ memberNumber: 'PORTAIL-1' });
    const administrator = await server.as('administrator');
    const file = (email: string) =>
      csv([
        {
          'N° adhérent': 'PORTAIL-1',
          'Nom de naissance': 'Tilleul',
          Prénom: 'Jeanne',
          'Date de naissance': '04/03/1961',
          'E-mail': email,
          'E-mail depuis le': '01/01/2015',
        },
      ]);
    const old = (await onFile(member)).email ?? '';

    await save(client, { email: 'neuve@example.fr' }, password);
    await bringIn(administrator, file(old), { organisation });
    const kept = await onFile(member);
    await bringIn(administrator, file('neuve@example.fr'), { organisation });
    const waitingOnes = await waiting(member);
    await bringIn(administrator, file('troisieme@example.fr'), { organisation });

    expect(kept.email).toBe('neuve@example.fr');
    expect((await onFile(member)).email).toBe('troisieme@example.fr');
    expect([waitingOnes, await waiting(member)]).toEqual([['email'], ['email']]);
  });

  test('the other contacts hear of it, and the former one, but not the new one', async () => {
    const { member, client } = await signedIn();
    const old = (await onFile(member)).email ?? '';

    await save(client, { email: 'neuve@example.fr' }, password);

    const told = await server.house
      .pool('messages')
      .where({ member_id: member.id, template: 'notice-contact-changed' })
      .orderBy('channel');
    expect(told.map(({ channel, masked }) => [channel, masked])).toEqual([
      ['email', `${old.charAt(0)}•••••@•••.fr`],
      ['sms', '06 •• •• •• 01'],
    ]);
    expect(JSON.parse(told[0].params as string)).toMatchObject({ what: 'adresse e-mail' });
  });

  test('too many corrections in a day are refused, and nothing of the last is saved', async () => {
    const { member, client } = await signedIn();
    for (let n = 0; n < 8; n += 1) await save(client, { fax: `03 20 90 05 0${n}` }, password);

    const ninth = await save(client, { fax: '03 20 90 05 09' }, password);

    expect(ninth.status).toBe(429);
    expect(await onFile(member)).toMatchObject({ fax: '+33320900507' });
  });

  test.each([
    ['where nothing was on file', []],
    ['of what is on file', [contact('fax', '+33320900599')]],
  ])(
    'of 8 corrections at once, %s, one is saved, and the others are told to look again',
    async (_of, contacts) => {
      const { member, client } = await signedIn({ contacts });
      // All of them have read what is on file before the first password is checked.
      const { enter } = server.house.hashing;
      let readers = 0;
      let begin = (): void => undefined;
      const haveRead = new Promise<void>((resolve) => (begin = resolve));
      server.house.hashing.enter = async (work) => {
        readers += 1;
        if (readers === 8) begin();
        await haveRead;
        return enter(work);
      };

      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, n) => save(client, { fax: `03 20 90 05 0${n}` }, password)),
      );
      server.house.hashing.enter = enter;

      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
      expect(await server.house.pool('contact_changes').where({ member_id: member.id })).toHaveLength(1);
    },
  );
});
