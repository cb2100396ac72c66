import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runCallbacks } from '../server/letters/what-failed.service.ts';
import type { MessageToAsk } from '../server/messages/messages.service.ts';
import { buildLetters, times } from './support/build.ts';
import { printRoom } from './support/lots.ts';
import { ask, reachable } from './support/messages.ts';
import { databases, startServer, wednesday, type TestServer } from './support/server.ts';

/** Three hours after the last collection of the day, which is at three o'clock in Paris. */
const evening = '2026-11-18T19:00:00.001Z';
const nextNoon = '2026-11-19T11:00:00.000Z';

describe.each(databases)('what time makes owed to members on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(async () => {
    await server.house.drawing.close();
    await server.stop();
  });
  const room = printRoom(() => server);
  beforeEach(async () => {
    server.clock.set(wednesday);
    const { pool } = server.house;
    await pool('callbacks').delete();
    await pool('letters').update({ state: 'cancelled' });
    await pool('messages').update({ state: 'delivered' });
    await pool('agents').where({ username: 'agent' }).update({ team: 'Équipe A' });
  });

  const run = () => runCallbacks(server.house);
  const owed = () => server.house.pool('callbacks').orderBy('created_at');
  const setLetter = (id: string, change: object) => server.house.pool('letters').where({ id }).update(change);
  const one = async (row?: Record<string, string>) => {
    const [letter] = await buildLetters(server, [row ? { row } : {}]);
    if (!letter) throw new Error('No letter.');
    return letter;
  };
  const counted = async () => {
    const letter = await one();
    const released = await room.release(await room.make());
    await room.print(released);
    return { letter, lot: await room.count(await room.show(released)) };
  };
  const deposit = async (lot: { id: string; version: number }, at: string) =>
    (await room.again('print-operator')).post(`/api/lots/${lot.id}/deposit`, { version: lot.version, at });

  test('a letter that is not with the post by its last collection, the same evening and once', async () => {
    const letter = await one();
    server.clock.set('2026-11-18T18:59:59.000Z');
    expect(await run()).toBe(0);

    server.clock.set(evening);
    expect(await run()).toBe(1);

    expect(await run()).toBe(0);
    expect(await owed()).toMatchObject([
      {
        kind: 'missed-promise',
        subject: letter.id,
        member_id: letter.memberId,
        organisation_id: letter.organisation,
        team: 'Équipe A',
        owner_id: null,
        due_at: nextNoon,
        created_by: 'system',
        version: 1,
      },
    ]);
    const events = await server.house.pool('audit_events').where({ member_id: letter.memberId });
    expect(events.filter(({ type }) => type === 'callback.owed')).toMatchObject([
      { actor_kind: 'system', actor_id: 'callbacks' },
    ]);
  });

  test('more of them than one batch, on three servers at once, each once', async () => {
    await buildLetters(server, times(120));
    server.clock.set(evening);

    const made = await Promise.all([run(), run(), run()]);

    expect(made.reduce((sum, count) => sum + count, 0)).toBe(120);
    expect(await owed()).toHaveLength(120);
    const events = await server.house.pool('audit_events').where({ type: 'callback.owed' });
    expect(new Set(events.map(({ member_id }) => member_id)).size).toBe(events.length);
  });

  test('a letter posted after its last collection, but not one posted before it', async () => {
    const late = await counted();
    server.clock.set('2026-11-18T17:00:00.000Z');
    expect((await deposit(late.lot, '2026-11-18T16:30:00.000Z')).status).toBe(200);
    server.clock.set(wednesday);
    const inTime = await counted();
    server.clock.set('2026-11-18T15:00:00.000Z');
    expect((await deposit(inTime.lot, '2026-11-18T13:59:00.000Z')).status).toBe(200);

    server.clock.set(evening);
    expect(await run()).toBe(1);
    expect(await owed()).toMatchObject([{ subject: late.letter.id }]);
  });

  test('is owed no more when a later declaration says that it was posted in time', async () => {
    const { letter, lot } = await counted();
    server.clock.set(evening);
    await run();
    expect(await owed()).toMatchObject([{ subject: letter.id, done_at: null }]);
    server.clock.set('2026-11-19T08:00:00.000Z');
    expect((await deposit(lot, '2026-11-18T13:30:00.000Z')).status).toBe(200);

    expect(await run()).toBe(1);

    expect(await owed()).toMatchObject([{ done_by: 'system', outcome: 'no-longer-needed', version: 2 }]);
    expect(await run()).toBe(0);
  });

  test.each(['used', 'superseded', 'cancelled'])('nor when the letter is %s meanwhile', async (state) => {
    const letter = await one();
    server.clock.set(evening);
    await run();

    await setLetter(letter.id, { state });

    expect(await run()).toBe(1);
    expect(await owed()).toMatchObject([{ done_by: 'system', outcome: 'no-longer-needed' }]);
  });

  test('a letter that could not be printed, unless there is nobody to write to any more', async () => {
    const refused = await one({ state: 'refused', problem: 'too-wide' });
    await one({ state: 'refused', problem: 'account-closed' });
    server.clock.set(evening);

    expect(await run()).toBe(1);
    expect(await owed()).toMatchObject([{ subject: refused.id, kind: 'missed-promise' }]);
  });

  test('a letter that came back', async () => {
    const letter = await one({ state: 'returned', state_at: '2026-11-30T09:00:00.000Z' });
    server.clock.set('2026-11-30T10:00:00.000Z');

    expect(await run()).toBe(1);
    expect(await owed()).toMatchObject([{ subject: letter.id, kind: 'undeliverable', team: 'Équipe A' }]);
    expect(await run()).toBe(0);
  });

  test('nothing of what is long past', async () => {
    await one();
    server.clock.set('2026-11-26T19:00:00.000Z');

    expect(await run()).toBe(0);
  });

  describe('a message', () => {
    const fail = async (more: Partial<MessageToAsk> = {}, problem = 'not-delivered') => {
      const member = await reachable(server);
      const { id: askedBy } = await server.house.pool('agents').where({ username: 'agent' }).first('id');
      const message = { channel: 'sms', template: 'temporary-password', askedBy, ...more } as const;
      const id = await ask(server, member, message);
      const at = server.clock.now().toISOString();
      await server.house.pool('messages').where({ id }).update({ state: 'failed', state_at: at, problem });
      return { id, member, askedBy };
    };

    test('that failed for good is owed once its call is over', async () => {
      const { id, member } = await fail();
      server.clock.advance(14);
      expect(await run()).toBe(0);

      server.clock.advance(2);
      expect(await run()).toBe(1);
      expect(await owed()).toMatchObject([
        { kind: 'undeliverable', subject: id, member_id: member.id, team: 'Équipe A', due_at: nextNoon },
      ]);
      expect(await run()).toBe(0);
    });

    test.each([
      ['of the member’s own recovery', { askedBy: 'member' }, 'not-delivered'],
      ['replaced by another', {}, 'replaced'],
      ['of an account that changed', {}, 'account-changed'],
      ['without a secret', { template: 'notice-letter', channel: 'email' }, 'not-delivered'],
    ] as const)('%s is not', async (_which, more, problem) => {
      await fail(more, problem);
      server.clock.advance(20);

      expect(await run()).toBe(0);
    });

    test('followed by another way is not', async () => {
      const first = await fail();
      server.clock.advance(2);
      await ask(server, first.member, { channel: 'email', template: 'reset-link', askedBy: first.askedBy });
      const second = await fail();
      const letter = await one();
      await setLetter(letter.id, { member_id: second.member.id });
      server.clock.advance(20);

      expect(await run()).toBe(0);
      await setLetter(letter.id, { state: 'cancelled' });
      expect(await run()).toBe(1);
      expect(await owed()).toMatchObject([{ subject: second.id }]);
    });
  });
});
