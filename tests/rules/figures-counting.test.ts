import { describe, expect, test } from 'vitest';
import type { StoredEvent } from '../../server/audit/following.service.ts';
import { countEvents, type Known } from '../../server/supervision/figures-counting.ts';
import type { CallMemory } from '../../server/supervision/figures-memory.ts';

const nantes = { siteId: 'nantes', team: 'accueil' };

const known = (more: Partial<Known> = {}): Known => ({
  calls: new Map<string, CallMemory>(),
  placeAt: (agentId) => (agentId === 'agent-1' ? nantes : { siteId: '', team: '' }),
  nobodies: new Set(['canary']),
  channelOfMessage: new Map([['m1', 'sms']]),
  posted: new Map(),
  frozenUntil: null,
  ...more,
});

let seq = 0;
const event = (type: string, at: string, more: Partial<StoredEvent> = {}): StoredEvent => {
  seq += 1;
  return {
    id: `e${seq}`,
    seq,
    at,
    type,
    result: 'done',
    organisationId: 'one',
    actorKind: 'agent',
    actorId: 'agent-1',
    actorRole: 'agent',
    memberId: 'martin',
    callId: null,
    data: {},
    ...more,
  };
};

/** A call from one moment to another, with what happens in it. */
const call = (
  id: string,
  from: string,
  to: string,
  {
    memberId = 'martin',
    by = 'agent',
    outcome = 'settled',
    channel = 'telephone',
    within = [] as StoredEvent[],
  } = {},
): StoredEvent[] => [
  event('call.opened', from, { callId: id, memberId: null, data: { channel } }),
  ...within.map((one) => ({ ...one, callId: id })),
  event('call.ended', to, { callId: id, memberId, data: { by, outcome } }),
];

/** « day measure » → n, with the seconds where there are any. */
const count = (events: StoredEvent[], more: Partial<Known> = {}): Record<string, string | number> =>
  Object.fromEntries(
    countEvents(events, known(more))
      .map(({ day, measure, n, sum }) => [`${day} ${measure}`, sum === 0 ? n : `${n} in ${sum} s`] as const)
      .sort(),
  );

describe('the tallies of the desk', () => {
  test('count a call on the day it began, with how long it took and what it came to', () => {
    const events = call('a', '2026-11-18T09:00:00.000Z', '2026-11-18T09:06:30.000Z');

    expect(count(events)).toEqual({
      '2026-11-18 calls': '1 in 390 s',
      '2026-11-18 calls.first': 1,
      '2026-11-18 calls.settled': 1,
    });
    expect(countEvents(events, known())[0]).toMatchObject({ organisationId: 'one', ...nantes });
  });

  test('a call left open ends when something last happened in it', () => {
    const within = [event('member.viewed', '2026-11-18T09:04:00.000Z')];
    const events = call('a', '2026-11-18T09:00:00.000Z', '2026-11-19T08:00:00.000Z', { by: 'idle', within });

    expect(count(events)).toMatchObject({ '2026-11-18 calls': '1 in 240 s' });
  });

  test('days are those of Paris, of twenty-three and twenty-five hours too', () => {
    const locked = (at: string) => event('account.locked', at, { actorKind: 'public', actorId: null });

    expect(
      count([
        // Clocks go forward on 28 March 2027 and back on 31 October.
        locked('2027-03-27T22:59:59.999Z'),
        locked('2027-03-27T23:00:00.000Z'),
        locked('2027-03-28T21:59:59.999Z'),
        locked('2027-03-28T22:00:00.000Z'),
        locked('2027-10-30T22:00:00.000Z'),
        locked('2027-10-31T22:59:59.999Z'),
        locked('2027-10-31T23:00:00.000Z'),
      ]),
    ).toEqual({
      '2027-03-27 locks': 1,
      '2027-03-28 locks': 2,
      '2027-03-29 locks': 1,
      '2027-10-31 locks': 2,
      '2027-11-01 locks': 1,
    });
  });

  test('a lock has no site, and one of an identifier that nobody has is none', () => {
    const locked = event('account.locked', '2026-11-18T09:00:00.000Z');
    const unknown = event('account.locked', '2026-11-18T09:00:00.000Z', { memberId: null });

    expect(countEvents([locked, unknown], known())).toEqual([
      { organisationId: 'one', day: '2026-11-18', siteId: '', team: '', measure: 'locks', n: 1, sum: 0 },
    ]);
  });

  test('acts go by the channel of their call, as it was said last; without a call they are back office', () => {
    const at = '2026-11-18T09:01:00.000Z';
    const within = [
      event('account.unblocked', at),
      event('call.changed', at, { data: { channel: { from: 'telephone', to: 'branch' } } }),
      event('message.asked', at, { data: { channel: 'sms', template: 'temporary-password' } }),
      event('message.asked', at, { data: { channel: 'sms', template: 'notice-unblocked' } }),
    ];
    const events = [
      ...call('a', '2026-11-18T09:00:00.000Z', '2026-11-18T09:02:00.000Z', { within }),
      event('letter.requested', at),
      event('letter.cancelled', at),
      event('message.sent', at, { actorKind: 'system', data: { messageId: 'm1' } }),
    ];

    expect(count(events)).toEqual({
      '2026-11-18 acts.telephone': 1,
      '2026-11-18 acts.branch': 1,
      '2026-11-18 acts.back-office': 1,
      '2026-11-18 unblocks': 1,
      '2026-11-18 unblock.calls': '1 in 120 s',
      '2026-11-18 unblock.sms': 2,
      '2026-11-18 letters.asked': 1,
      '2026-11-18 messages.sms': 1,
      '2026-11-18 calls': '1 in 120 s',
      '2026-11-18 calls.first': 1,
      '2026-11-18 calls.settled': 1,
    });
  });

  test('a contact is solved when nobody calls again about the member within seven days', () => {
    const events = [
      ...call('a', '2026-11-02T09:00:00.000Z', '2026-11-02T09:01:00.000Z'),
      ...call('b', '2026-11-09T08:59:59.999Z', '2026-11-09T09:01:00.000Z'),
      ...call('c', '2026-11-16T08:59:59.999Z', '2026-11-16T09:01:00.000Z'),
      ...call('other', '2026-11-02T10:00:00.000Z', '2026-11-02T10:01:00.000Z', { memberId: 'durand' }),
    ];

    expect(count(events)).toMatchObject({
      '2026-11-02 calls.first': 2,
      '2026-11-02 calls.first-again': 1,
      '2026-11-09 calls.repeated': 1,
      // Seven days to the millisecond: a new contact.
      '2026-11-16 calls.first': 1,
    });
    expect(count(events)).not.toHaveProperty('2026-11-16 calls.repeated');
  });

  test('calls that end in another order than they began come to the same', () => {
    const a = call('a', '2026-11-18T09:00:00.000Z', '2026-11-18T09:30:00.000Z');
    const b = call('b', '2026-11-18T09:10:00.000Z', '2026-11-18T09:20:00.000Z');
    const [openA, endA] = a as [StoredEvent, StoredEvent];

    expect(count([openA, ...b, endA])).toEqual(count([...a, ...b]));
    expect(count([openA, ...b, endA])).toMatchObject({
      '2026-11-18 calls.first': 1,
      '2026-11-18 calls.first-again': 1,
      '2026-11-18 calls.repeated': 1,
    });
  });

  test('a dropped call and the one that goes on with it are one, with what it came to last', () => {
    const resumed = event('call.resumed', '2026-11-18T09:05:00.000Z', { data: { resumes: 'a' } });
    const events = [
      ...call('a', '2026-11-18T09:00:00.000Z', '2026-11-18T09:02:00.000Z', {
        by: 'dropped',
        outcome: 'letter-on-its-way',
      }),
      ...call('b', '2026-11-18T09:05:00.000Z', '2026-11-18T09:08:00.000Z', { within: [resumed] }),
    ];

    expect(count(events)).toEqual({
      '2026-11-18 calls': '1 in 300 s',
      '2026-11-18 calls.first': 1,
      '2026-11-18 calls.settled': 1,
    });
  });

  test('proofs of a call are counted, and those that failed', () => {
    const at = '2026-11-18T09:01:00.000Z';
    const events = [
      event('verification.answered', at, { data: { right: false }, result: 'failed' }),
      event('verification.answered', at, { data: { right: true } }),
      event('verification.code-tried', at, { result: 'failed' }),
      event('verification.code-sent', at),
    ];

    expect(count(events)).toEqual({ '2026-11-18 proofs.asked': 3, '2026-11-18 proofs.failed': 2 });
  });

  test('letters cost when they leave, and keep their word on the day that was announced; once a lot', () => {
    const letter = {
      organisationId: 'one',
      memberId: 'martin',
      askedBy: 'agent-1',
      product: 'verte',
      announcedOn: '2026-11-21',
      isKept: true,
    };
    const letters = [letter, { ...letter, isKept: false }, { ...letter, memberId: 'canary' }];
    const posted = new Map([['lot', { depositedAt: '2026-11-18T16:00:00.000Z', letters }]]);
    const deposited = event('lot.deposited', '2026-11-19T08:00:00.000Z', {
      memberId: null,
      data: { lotId: 'lot', depositedAt: '2026-11-18T16:00:00.000Z', letters: 3 },
    });

    expect(count([deposited, deposited], { posted })).toEqual({
      '2026-11-18 posted:verte': 2,
      '2026-11-21 promises.kept': 1,
      '2026-11-21 promises.missed': 1,
    });
  });

  test('nothing is counted of back-office calls, canaries, days that stay and events without their data', () => {
    const [from, to] = ['2026-11-18T09:00:00.000Z', '2026-11-18T09:01:00.000Z'];
    const events = [
      ...call('a', from, to, { channel: 'back-office' }),
      ...call('b', from, to, { memberId: 'canary' }),
      event('account.locked', from, { data: null }),
    ];

    expect(count(events)).toEqual({});
    expect(count(call('a', from, to), { frozenUntil: '2026-11-18' })).toEqual({});
    expect(count(call('a', from, to), { frozenUntil: '2026-11-17' })).not.toEqual({});
  });
});
