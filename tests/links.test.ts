import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from './support/client.ts';
import {
  buildMember,
  lastMessage,
  pathOf,
  recovery,
  repudiationIn,
  temporaryIn,
  tokenIn,
} from './support/recoveries.ts';
import { restart } from './support/restart.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const organisation = 'safiag';

describe.each(databases)('a reset link on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  const ask = async (identifier: string, at: string = organisation) => {
    const { ask: post, choose } = recovery(server.anonymous(), at);
    const { body } = await post(identifier);
    if (body.step === 'choose-channel') await choose('email');
    await server.work();
  };
  /** A member whose link has just arrived. */
  const withLink = async () => {
    const member = await buildMember(server, organisation);
    await ask(member.identifier);
    return { member, token: tokenIn(await lastMessage(server, member.email)) };
  };
  const open = (token: string, client = server.anonymous()) => recovery(client, organisation).openLink(token);

  test('leads to a personal password of six digits, and then to signing in again', async () => {
    const { member, token } = await withLink();
    const { openLink, change, signIn } = recovery(server.anonymous(), organisation);

    const opened = await openLink(token);
    expect(opened.body).toMatchObject({ status: 'must-change-password', next: 'change-password' });
    expect(opened.body.passwordRule).toEqual(['Exactement 6 chiffres, et rien d’autre.']);
    const refused = await change('12345');
    expect(refused.status).toBe(400);
    const changed = await change('520731');
    expect(changed.body).toMatchObject({ status: 'sign-in-again' });
    expect(changed.body.message).toContain('Votre modification a été prise en compte');
    expect((await signIn(member.identifier, '520731')).status).toBe(200);
  });

  test('stands in the fragment of the organisation’s own address, in no log and in no path', async () => {
    const { member, token } = await withLink();
    await open(token);

    const text = await lastMessage(server, member.email);
    expect(text).toContain(`${server.house.portalUrl}/${organisation}/#/lien/${token}`);
    expect(server.logged.join('\n')).not.toContain(token);
  });

  test('is opened by no GET, HEAD or prefetch, however often', async () => {
    const { member, token } = await withLink();
    const rows = () => server.house.pool('credentials').where({ account_id: member.accountId });
    const before = await rows();
    const client = server.anonymous();
    for (let n = 0; n < 50; n += 1) {
      const method = n % 2 === 0 ? 'GET' : 'HEAD';
      const headers = { 'sec-purpose': 'prefetch' };
      await client.send(method, `${pathOf(organisation)}/links`, undefined, headers);
      await client.send(method, `${pathOf(organisation)}/links?token=${token}`, undefined, headers);
      await client.send(method, `/portal/${organisation}/`, undefined, headers);
    }

    expect(await rows()).toEqual(before);
    expect((await open(token)).status).toBe(200);
  });

  test('opened twice, changes one password; of eight changes at once exactly one is kept', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { member, token } = await withLink();
      const clients = Array.from({ length: 8 }, () => server.anonymous());
      for (const client of clients) expect((await open(token, client)).status).toBe(200);

      const answers = await Promise.all(
        clients.map((client, at) => recovery(client, organisation).change(`52073${at}`)),
      );

      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const changes = await server.house
        .pool('audit_events')
        .where({ type: 'account.password-changed', member_id: member.id });
      expect(changes).toHaveLength(1);
    }
  });

  test('is told as used, replaced or expired to whoever holds it', async () => {
    const used = await withLink();
    const client = server.anonymous();
    await open(used.token, client);
    await recovery(client, organisation).change('520731');
    const replaced = await withLink();
    await ask(replaced.member.identifier);
    const expired = await withLink();
    server.clock.advance(24 * 60 + 1);

    expect((await open(used.token)).body.message).toContain('a déjà servi');
    expect((await open(replaced.token)).body.message).toContain('remplacé par un envoi plus récent');
    expect((await open(expired.token)).body.message).toContain('a expiré');
    expect((await open('A'.repeat(43))).body.message).toContain('n’est pas valable');
    expect((await open('')).body.message).toContain('n’est pas valable');
  });

  test('is nothing elsewhere: another organisation, the gate, another purpose', async () => {
    const { member, token } = await withLink();
    const other = recovery(server.anonymous(), 'mgen');
    const repudiation = await server.anonymous().post(`${pathOf(organisation)}/repudiations`, { token });

    expect((await other.openLink(token)).body.rule).toBe('link.unknown');
    expect((await recovery(server.anonymous(), organisation).signIn(member.identifier, token)).status).toBe(
      401,
    );
    expect(repudiation.status).toBe(422);
    const account = await server.house.pool('accounts').where({ id: member.accountId }).first();
    expect(account.frozen_at).toBeNull();
    expect((await open(token)).status).toBe(200);
  });

  test('is nothing for an account that is frozen or whose contract has ended', async () => {
    const frozen = await withLink();
    const ended = await withLink();
    const { pool } = server.house;
    await pool('accounts')
      .where({ id: frozen.member.accountId })
      .update({ frozen_at: '2026-11-18T09:00:00.000Z' });
    await pool('members').where({ id: ended.member.id }).update({ contract_end_on: '2026-01-31' });

    expect((await open(frozen.token)).status).toBe(422);
    expect((await open(ended.token)).status).toBe(422);
  });

  test('used is used: after a restart, and with the clock put back', async () => {
    const { token, member } = await withLink();
    const client = server.anonymous();
    await open(token, client);
    await recovery(client, organisation).change('520731');
    const again = await restart(server, -60);
    try {
      const elsewhere = recovery(new Client(again.url), organisation);
      expect((await elsewhere.openLink(token)).body.message).toContain('a déjà servi');
      expect((await elsewhere.signIn(member.identifier, '520731')).status).toBe(200);
    } finally {
      await again.stop();
    }
  });

  test('that says « Ce n’était pas moi » freezes once, and says so to nobody else', async () => {
    const member = await buildMember(server, 'mgen');
    const way = recovery(server.anonymous(), 'mgen');
    await way.ask(member.identifier);
    await way.choose('sms');
    await server.work();
    const token = repudiationIn(await lastMessage(server, member.email));
    const password = temporaryIn(await lastMessage(server, member.mobile));
    const say = (typed: string, at = 'mgen') =>
      server.anonymous().post(`${pathOf(at)}/repudiations`, { token: typed });
    const account = () => server.house.pool('accounts').where({ id: member.accountId }).first();

    const unknown = await say('B'.repeat(43));
    await say(token, organisation);
    expect((await account()).frozen_at).toBeNull();
    const known = await say(token);
    expect((await account()).frozen_at).not.toBeNull();
    expect((await way.signIn(member.identifier, password)).status).toBe(401);
    await server.house.pool('accounts').where({ id: member.accountId }).update({ frozen_at: null });
    const twice = await say(token);

    expect(known).toMatchObject({ status: 200, body: { message: expect.stringContaining('est gelé') } });
    expect([unknown.status, unknown.body.rule]).toEqual([422, 'repudiation.unknown']);
    expect([twice.status, twice.body.rule]).toEqual([422, 'repudiation.used']);
    expect((await account()).frozen_at).toBeNull();
    expect(await server.house.pool('alerts').where({ kind: 'repudiated' })).toHaveLength(1);
  });
});
