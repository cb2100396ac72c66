import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ctx } from '../server/core/ctx.ts';
import { Secret } from '../server/core/secret.ts';
import { makeOneTime } from '../server/credentials/one-time.service.ts';
import { buildHolder } from './support/holders.ts';
import { oneTimeIn } from './support/one-time.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const eight = Array.from({ length: 8 });

describe.each(databases)('links and codes on %s', (engine) => {
  let server: TestServer;
  let kit: ReturnType<typeof oneTimeIn>;
  beforeAll(async () => {
    server = await startServer(engine);
    kit = oneTimeIn(server.house);
  });
  afterAll(() => server.stop());

  test('a code is so many digits, opens once, and is then known as used', async () => {
    const member = await buildHolder(server);
    const made = await kit.makeCodeFor(member);

    expect(made.secret.expose()).toMatch(/^\d{6}$/);
    expect(made.validUntil).toBe(new Date(server.clock.now().getTime() + 600_000).toISOString());
    expect(await kit.codeIs(member, made.secret)).toBe('live');
    expect(await kit.codeIs(member, new Secret(` ${made.secret.expose().replace(/^.../, '$& ')}`))).toBe(
      'live',
    );
    expect(await kit.use(made.credentialId)).toBeDefined();
    expect(await kit.codeIs(member, made.secret)).toBe('used');
    expect(await kit.use(made.credentialId)).toBeUndefined();
  });

  test('a link is 32 random bytes, opens once, and is then known as used', async () => {
    const member = await buildHolder(server);
    const made = await kit.makeLinkFor(member);

    expect(Buffer.from(made.secret.expose(), 'base64url')).toHaveLength(32);
    expect(await kit.linkIs(member.organisation, made.secret)).toBe('live');
    expect(await kit.use(made.credentialId)).toBeDefined();
    expect(await kit.linkIs(member.organisation, made.secret)).toBe('used');
  });

  test('8 at once use one code, and one link: exactly one does', async () => {
    const member = await buildHolder(server);
    for (const made of [await kit.makeCodeFor(member), await kit.makeLinkFor(member)]) {
      const uses = await Promise.all(eight.map(() => kit.use(made.credentialId)));

      expect(uses.filter(Boolean)).toHaveLength(1);
    }
  });

  test('8 asked for at once leave one live; the others are known as replaced', async () => {
    const member = await buildHolder(server);
    const make = (ctx: Ctx) =>
      makeOneTime(ctx, kit.to(member), { kind: 'link', purpose: 'recovery', lifetimeMinutes: 60 });
    const made = await Promise.all(
      eight.map(() =>
        kit.act(async (ctx) => {
          await ctx.db('accounts').where({ id: member.accountId }).forUpdate();
          return make(ctx);
        }),
      ),
    );

    const states = await Promise.all(made.map(({ secret }) => kit.linkIs(member.organisation, secret)));
    expect(states.filter((as) => as === 'live')).toHaveLength(1);
    expect(states.filter((as) => as === 'replaced')).toHaveLength(7);
  });

  test('a new one ends the former of its account, kind and purpose only', async () => {
    const [member, other] = [await buildHolder(server), await buildHolder(server)];
    const [link, otherLink] = [await kit.makeLinkFor(member), await kit.makeLinkFor(other)];
    const confirming = await kit.makeCodeFor(member, 'r1', 'contact-change');
    const former = await kit.makeCodeFor(member);

    await kit.makeCodeFor(member);

    expect(await kit.codeIs(member, former.secret)).toBe('replaced');
    expect(await kit.codeIs(member, confirming.secret, { purpose: 'contact-change' })).toBe('live');
    expect(await kit.linkIs(member.organisation, link.secret)).toBe('live');
    expect(await kit.linkIs(other.organisation, otherLink.secret)).toBe('live');
  });

  test('« Ce n’était pas moi » of each notice goes on working, and is used up once', async () => {
    const member = await buildHolder(server);
    const [first, second] = [
      await kit.makeLinkFor(member, 'repudiation'),
      await kit.makeLinkFor(member, 'repudiation'),
    ];

    expect(await kit.linkIs(member.organisation, first.secret, 'repudiation')).toBe('live');
    const uses = await Promise.all(eight.map(() => kit.use(second.credentialId)));
    expect(uses.filter(Boolean)).toHaveLength(1);
    expect(await kit.linkIs(member.organisation, first.secret, 'repudiation')).toBe('live');
  });

  test('a foreign recovery, purpose, account or nobody’s is unknown', async () => {
    const [member, other] = [await buildHolder(server), await buildHolder(server)];
    const { secret } = await kit.makeCodeFor(member);

    expect(await kit.codeIs(member, secret, { recoveryId: 'r2' })).toBe('unknown');
    expect(await kit.codeIs(member, secret, { purpose: 'contact-change' })).toBe('unknown');
    expect(await kit.codeIs(other, secret)).toBe('unknown');
    expect(await kit.codeIs(member, secret, { accountId: null })).toBe('unknown');
    expect(await kit.codeIs(member, new Secret('000 000 0'))).toBe('unknown');
    // A row turned to another purpose by whoever can write the database opens nothing either.
    await server.house
      .pool('credentials')
      .where({ account_id: member.accountId })
      .update({ purpose: 'contact-change' });
    expect(await kit.codeIs(member, secret, { purpose: 'contact-change' })).toBe('unknown');
  });

  test('a foreign organisation or kind is unknown, though the token be right', async () => {
    const member = await buildHolder(server);
    const { secret } = await kit.makeLinkFor(member);

    expect(await kit.linkIs('mutuelle-imaginaire', secret)).toBe('unknown');
    expect(await kit.linkIs(member.organisation, secret, 'repudiation')).toBe('unknown');
    // A row moved to another organisation or kind by whoever can write the database opens nothing either.
    await server.house.pool('credentials').where({ account_id: member.accountId }).update({
      organisation_id: 'mutuelle-imaginaire',
    });
    expect(await kit.linkIs('mutuelle-imaginaire', secret)).toBe('unknown');
  });

  test('nothing in the row gives the code or the token away', async () => {
    const member = await buildHolder(server);
    const made = [await kit.makeCodeFor(member), await kit.makeLinkFor(member)];

    const rows = JSON.stringify(
      await server.house.pool('credentials').where({ account_id: member.accountId }),
    );
    for (const { secret } of made) expect(rows).not.toContain(secret.expose());
  });
});
