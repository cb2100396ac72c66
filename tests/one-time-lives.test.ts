import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comparableWith, hashTemporary, recognise } from '../server/credentials/credentials.service.ts';
import { endCodesOf, endOfMessage, makeTemporaryToSend } from '../server/credentials/one-time.service.ts';
import { readEnv } from '../server/env.ts';
import { closeHouse, openHouse } from '../server/house.ts';
import { sweep } from '../server/sweep.ts';
import { buildHolder, giveTemporary } from './support/holders.ts';
import { oneTimeIn } from './support/one-time.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('the lives of links and codes on %s', (engine) => {
  let server: TestServer;
  let kit: ReturnType<typeof oneTimeIn>;
  beforeAll(async () => {
    server = await startServer(engine);
    kit = oneTimeIn(server.house);
  });
  afterAll(() => server.stop());

  test('runs out at its time, whether swept or not, and is forgotten after ninety days', async () => {
    const member = await buildHolder(server);
    const code = await kit.makeCodeFor(member);
    const notice = await kit.makeLinkFor(member, 'repudiation');
    const rows = () => server.house.pool('credentials').where({ account_id: member.accountId });

    server.clock.advance(10);
    expect(await kit.codeIs(member, code.secret)).toBe('live');
    server.clock.advance(1);
    expect(await kit.codeIs(member, code.secret)).toBe('expired');
    server.clock.advance(1_440);
    await sweep(server.house);
    expect(await kit.codeIs(member, code.secret)).toBe('expired');
    expect(await kit.linkIs(member.organisation, notice.secret, 'repudiation')).toBe('expired');
    expect(await rows()).toMatchObject([{ state: 'dead' }, { state: 'dead' }]);

    server.clock.advance(91 * 1_440);
    await sweep(server.house);

    expect(await rows()).toEqual([]);
  });

  test('dies of its tries, and of its message', async () => {
    const member = await buildHolder(server);
    const tried = await kit.makeCodeFor(member, 'r1');
    await kit.act((ctx) => endCodesOf(ctx, { recoveryId: 'r1', accountId: member.accountId }));
    const unsent = await kit.makeCodeFor(member, 'r2');
    const notice = await kit.makeLinkFor(member, 'repudiation');
    await kit.act((ctx) => endOfMessage(ctx, 'message-of-r2', 'not-sent'));

    expect(await kit.use(tried.credentialId)).toBeUndefined();
    expect(await kit.use(unsent.credentialId)).toBeUndefined();
    expect(await kit.linkIs(member.organisation, notice.secret, 'repudiation')).toBe('live');
    await kit.act((ctx) => endOfMessage(ctx, 'message-of-r1', 'superseded'));
    expect(await kit.linkIs(member.organisation, notice.secret, 'repudiation')).toBe('replaced');
  });

  test('used before a restart, is refused after it, with the clock set back too', async () => {
    const member = await buildHolder(server);
    const [code, link] = [await kit.makeCodeFor(member), await kit.makeLinkFor(member)];
    for (const { credentialId } of [code, link]) await kit.use(credentialId);

    const env = readEnv({
      DATABASE_URL: server.databaseUrl,
      DATA_DIR: server.directory,
      ORGANISATIONS_DIR: join(server.directory, 'organisations'),
      TEMPLATES_DIR: join(server.directory, 'templates'),
      LOG_LEVEL: 'silent',
    });
    const restarted = await openHouse(env, { clock: () => new Date(server.clock.now().getTime() - 60_000) });
    try {
      const after = oneTimeIn(restarted);

      expect(await after.codeIs(member, code.secret)).toBe('used');
      expect(await after.linkIs(member.organisation, link.secret)).toBe('used');
      expect(await after.use(code.credentialId)).toBeUndefined();
      expect(await after.use(link.credentialId)).toBeUndefined();
    } finally {
      await closeHouse(restarted);
    }
  });

  test('a temporary password to send is live at once and ends the live one, not the sheet still to leave', async () => {
    const member = await buildHolder(server);
    await giveTemporary(server, member, 'live');
    await giveTemporary(server, member, 'printed');
    const account = await server.house.pool('accounts').where({ id: member.accountId }).first();
    const salt = account.temporary_salt as string;

    const made = await kit.act((ctx) => makeTemporaryToSend(ctx, { ...kit.to(member), salt }, 10));

    const states = await server.house
      .pool('credentials')
      .where({ account_id: member.accountId })
      .orderBy('state')
      .pluck('state');
    expect(states).toEqual(['dead', 'live', 'printed']);
    const hash = hashTemporary(server.house.keys, salt, made.secret);
    const found = await kit.act(async (ctx) =>
      recognise(hash, await comparableWith(ctx, member.accountId), ctx.now),
    );
    expect(found).toMatchObject({ as: 'live', credential: { id: made.credentialId } });
  });
});
