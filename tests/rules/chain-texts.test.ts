import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  columnsOf,
  emptyColumns,
  link,
  payloadDigest,
  payloadOf,
  segmentText,
} from '../../server/audit/chain.ts';
import { checkpointText } from '../../server/audit/checkpoint.ts';
import { saysTheSame } from '../../server/audit/says-the-same.ts';
import type { StampedEvent } from '../../server/core/ctx.ts';
import { hmacUnder } from '../../server/core/hmac.ts';

const key = Buffer.alloc(32, 3);
const mac = hmacUnder(key);
const byHand = (...parts: string[]) =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');

const word = fc.stringMatching(/^[a-zA-Z0-9:.-]{0,12}$/);
const maybe = fc.option(word);
const anEvent: fc.Arbitrary<StampedEvent> = fc.record({
  id: word,
  at: word,
  type: word,
  result: fc.constantFrom('done', 'refused', 'failed'),
  organisationId: maybe,
  memberId: maybe,
  callId: maybe,
  actor: fc.record({ kind: fc.constantFrom('agent', 'member', 'public', 'system'), id: maybe, role: maybe }),
  requestId: word,
  data: fc.dictionary(fc.string(), fc.jsonValue()),
});

test('the bytes that are bound stay what they have been since the first row', () => {
  expect(payloadDigest(mac, '{"é":"\\""}')).toBe(byHand('payload', '{"é":"\\""}'));
  expect(link(mac, 7, 'before', 'digest')).toBe(byHand('link', '7', 'before', 'digest'));
  const long = 'à'.repeat(20_000);
  expect(payloadDigest(mac, long)).toBe(byHand('payload', long));
  expect(
    segmentText({ number: 2, fromSeq: 9, previousHash: 'h', why: 'forked', brokenAt: 4, openedAt: 't' }),
  ).toBe('["segment",2,9,"h","forked",4,"t"]');
  expect(checkpointText({ seq: 9, hash: 'h', at: 't' }, { rows: 4, segment: 2 })).toBe(
    '["checkpoint",9,"h","t",4,2]',
  );
  expect(emptyColumns(7)).toEqual({
    id: 'removed-7',
    at: '',
    type: 'audit.removed',
    result: 'done',
    organisationId: null,
    actorKind: 'system',
    actorId: null,
    memberId: null,
    callId: null,
  });
  expect(() => hmacUnder(Buffer.alloc(65))).toThrow('one block');
});

describe('payload and columns', () => {
  test('say the same of every event', () => {
    fc.assert(fc.property(anEvent, (event) => saysTheSame(payloadOf(event), columnsOf(event))));
  });

  test('do not when any column is another', () => {
    const names = Object.keys(columnsOf({ actor: {} } as StampedEvent)) as (keyof ReturnType<
      typeof columnsOf
    >)[];
    fc.assert(
      fc.property(anEvent, fc.constantFrom(...names), fc.option(fc.string()), (event, name, other) => {
        const columns = columnsOf(event);
        fc.pre(columns[name] !== other);
        expect(saysTheSame(payloadOf(event), { ...columns, [name]: other })).toBe(false);
      }),
    );
  });

  test('do not when text of one column is borrowed from the next', () => {
    const event: StampedEvent = {
      id: 'i',
      at: 't',
      type: 'x',
      result: 'done',
      organisationId: null,
      memberId: null,
      callId: null,
      actor: { kind: 'agent', id: 'a', role: null },
      requestId: 'r',
      data: { note: '"requestId":"', more: { id: 'i', memberId: null } },
    };
    const payload = payloadOf(event);

    expect(saysTheSame(payload, columnsOf(event))).toBe(true);
    expect(saysTheSame(payload, { ...columnsOf(event), actorId: 'a","kind":"agent' })).toBe(false);
    const nested = { ...event, data: { a: {}, id: 'q' } };
    const borrowed = { ...columnsOf(nested), id: 'q"},"id":"i' };
    expect(saysTheSame(payloadOf(nested), columnsOf(nested))).toBe(true);
    expect(saysTheSame(payloadOf(nested), borrowed)).toBe(false);
    expect(saysTheSame(payload.slice(0, 30), columnsOf(event))).toBe(false);
    expect(saysTheSame(`${payload} `, columnsOf(event))).toBe(false);
    expect(saysTheSame('', columnsOf(event))).toBe(false);
  });
});
