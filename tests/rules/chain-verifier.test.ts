import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChainRow } from '../../server/audit/chain.ts';
import { hmacUnder } from '../../server/core/hmac.ts';
import { brokenAt, events, mac, markOf, pass, rows } from '../support/chain-pass.ts';
import { chainOf, copyOf, placeOf, shortEvents } from '../support/tampering.ts';

const none = { seq: 0, hash: '' };
const forgersMac = hmacUnder(Buffer.alloc(32, 9));

const changed = (seq: number, change: (row: ChainRow) => void): ChainRow[] =>
  copyOf(rows).map((row) => {
    if (row.seq === seq) change(row);
    return row;
  });

const brokenFrom = (seq: number, why: string) => ({
  rows: 0,
  segments: [{ holds: false, brokenAt: seq, why, more: 0, rows: 0 }],
});

describe('a chain read in one pass', () => {
  test('holds as it was written, and says how far', () => {
    expect(pass({ rows })).toEqual({
      rows: 12,
      last: placeOf(rows.at(-1)),
      lastMark: 0,
      segments: [
        { number: 1, fromRow: 1, toRow: 12, rows: 12, holds: true, brokenAt: null, why: null, more: 0 },
      ],
    });
  });

  test('holds while it is empty', () => {
    expect(pass({ rows: [] })).toMatchObject({ rows: 0, last: none, segments: [{ holds: true, toRow: 0 }] });
  });

  test('is broken from its first row while rows stand before it', () => {
    expect(pass({ rows, hasStrays: true })).toMatchObject(brokenAt(1, 'stray-row'));
  });

  test('goes on from a place that was read before, and counts what is new', () => {
    const verdict = pass({ rows: rows.slice(5), from: placeOf(rows[4]) });

    expect(verdict).toMatchObject({ rows: 7, lastMark: 5, segments: [{ holds: true, rows: 7, toRow: 12 }] });
    expect(pass({ rows: rows.slice(5), from: { seq: 5, hash: 'other' } })).toMatchObject(
      brokenFrom(6, 'link-broken'),
    );
    expect(pass({ rows: rows.slice(6), from: placeOf(rows[4]) })).toMatchObject(brokenFrom(6, 'missing-row'));
  });

  test.each([
    ['a row that is gone', rows.filter(({ seq }) => seq !== 4), brokenAt(4, 'missing-row')],
    ['several that are gone', rows.filter(({ seq }) => seq < 4 || seq > 9), brokenAt(4, 'missing-row')],
    ['the first that is gone', rows.slice(1), brokenAt(1, 'missing-row')],
    [
      'a payload of another',
      changed(6, (row) => (row.payload = row.payload!.replace('"r"', '"s"'))),
      brokenAt(6, 'payload-changed'),
    ],
    [
      'a payload that its columns contradict',
      changed(6, (row) => (row.payload = rows[0]!.payload)),
      brokenAt(6, 'payload-changed'),
    ],
    [
      'a digest',
      changed(6, (row) => (row.payloadDigest = rows[0]!.payloadDigest)),
      brokenAt(6, 'payload-changed'),
    ],
    ['a column', changed(6, (row) => (row.columns.memberId = 'another')), brokenAt(6, 'column-changed')],
    ['a payload taken away', changed(6, (row) => (row.payload = null)), brokenAt(6, 'payload-removed')],
    ['a hash', changed(6, (row) => (row.hash = rows[0]!.hash)), brokenAt(6, 'link-broken', 1)],
    ['the last hash', changed(12, (row) => (row.hash = rows[0]!.hash)), brokenAt(12, 'link-broken')],
    [
      'two rows that were changed',
      changed(6, (row) => (row.columns.at = '')).filter(({ seq }) => seq !== 9),
      brokenAt(6, 'column-changed', 1),
    ],
  ])('%s is located', (_what, tampered, verdict) => {
    expect(pass({ rows: tampered })).toMatchObject(verdict);
  });

  test('rows from some place on that another key bound are located at the first', () => {
    const forged = [...rows.slice(0, 7), ...chainOf(forgersMac, events.slice(7), placeOf(rows[6]))];

    expect(pass({ rows: forged })).toMatchObject(brokenAt(8, 'payload-changed', 4));
  });

  test('faults beyond a thousand are not counted one by one, and the first is still the first', () => {
    const many = chainOf(mac, shortEvents(1_500));
    for (const row of many.slice(200)) row.columns.at = '';
    const marks = [markOf(many[99], { hash: 'other' })];

    expect(pass({ rows: many, marks })).toMatchObject(brokenAt(100, 'forked', 999));
  });
});

describe('the head', () => {
  test('that is not its row’s is a fault of this row', () => {
    expect(pass({ rows, head: { seq: 12, hash: 'other' } })).toMatchObject(brokenAt(12, 'head-changed'));
    expect(pass({ rows, head: { seq: 7, hash: 'other' }, now: placeOf(rows[11]) })).toMatchObject(
      brokenAt(7, 'head-changed'),
    );
  });

  test('that names rows which are not there says that they were cut off', () => {
    expect(pass({ rows, head: { seq: 13, hash: 'h' } })).toMatchObject(brokenAt(13, 'cut-short'));
    expect(pass({ rows: [], head: { seq: 1, hash: 'h' } })).toMatchObject(brokenAt(1, 'cut-short'));
  });

  test('may be older than the last row, but not afterwards', () => {
    expect(pass({ rows, head: placeOf(rows[7]), now: placeOf(rows[11]) })).toMatchObject({
      segments: [{ holds: true }],
    });
    expect(pass({ rows, now: placeOf(rows[7]) })).toMatchObject(brokenAt(9, 'head-changed'));
    expect(pass({ rows, now: { seq: 20, hash: 'h' } })).toMatchObject({ segments: [{ holds: true }] });
  });
});

test('whatever one change is made to a row, it is told at this row or the next', () => {
  fc.assert(
    fc.property(
      fc.nat(11),
      fc.constantFrom('payload', 'payloadDigest', 'hash'),
      fc.string(),
      (at, name, text) => {
        const tampered = copyOf(rows);
        fc.pre(tampered[at]![name] !== text);
        tampered[at]![name] = text;

        const [segment] = pass({ rows: tampered, head: placeOf(rows[11]) }).segments;
        expect([at + 1, at + 2]).toContain(segment?.brokenAt);
      },
    ),
  );
});
