import { beforeAll, describe, expect, test } from 'vitest';
import { makeVerifier } from '../../server/audit/chain-verifier.ts';
import { checkpointText, signedCheckpoint } from '../../server/audit/checkpoint.ts';
import type { ChainHead } from '../../server/core/ctx.ts';
import { brokenAt, isSigned, keys, mac, markOf, pass, rows } from '../support/chain-pass.ts';
import { placeOf } from '../support/tampering.ts';

describe('what was kept outside', () => {
  test('agrees with its rows, in whatever order it comes', () => {
    expect(pass({ rows, marks: [rows[11], rows[3], rows[7]].map((row) => markOf(row)) })).toMatchObject({
      lastMark: 12,
      segments: [{ holds: true }],
    });
  });

  test('differs from the row that was written in its place', () => {
    const marks = [markOf(rows[2]), markOf(rows[8], { hash: 'other' }), markOf(rows[4], { hash: 'other' })];

    expect(pass({ rows, marks })).toMatchObject(brokenAt(5, 'forked', 1));
  });

  test('knows of rows that were cut off', () => {
    expect(pass({ rows, marks: [markOf(rows[3]), { ...markOf(rows[3]), seq: 15 }] })).toMatchObject({
      ...brokenAt(13, 'cut-short'),
      lastMark: 15,
    });
  });

  test('says nothing of rows that are not there when anybody could have written it', () => {
    const unbound = { ...markOf(rows[3]), seq: 15, isOurs: false };

    expect(pass({ rows, marks: [unbound] })).toMatchObject({ lastMark: 0, segments: [{ holds: true }] });
    expect(pass({ rows, marks: [markOf(rows[3], { hash: 'x', isOurs: false })] })).toMatchObject(
      brokenAt(4, 'forked'),
    );
  });

  test('is a fault after the last line before one that is none', () => {
    expect(pass({ rows, marks: [markOf(rows[3]), null, markOf(rows[7])] })).toMatchObject(
      brokenAt(5, 'heads-damaged'),
    );
    expect(pass({ rows, marks: [null] })).toMatchObject(brokenAt(1, 'heads-damaged'));
    expect(pass({ rows: rows.slice(5), from: placeOf(rows[4]), marks: [null] })).toMatchObject({
      segments: [{ brokenAt: 6, why: 'heads-damaged' }],
    });
  });

  test('of a row long ago is compared with the hash that is looked up', () => {
    const verifier = makeVerifier({ mac, isSigned, segments: [], head: placeOf(rows[11]), remembers: 8 });
    for (const row of rows) verifier.row(row);

    const later = makeVerifier({
      mac,
      isSigned,
      segments: [],
      head: placeOf(rows[11]),
      from: placeOf(rows[4]),
    });
    expect([5, 6].map(later.hasForgotten)).toEqual([true, false]);
    expect(verifier.lastSeq()).toBe(12);
    expect([3, 4, 5, 12, 13].map(verifier.hasForgotten)).toEqual([true, true, false, false, false]);
    verifier.mark(markOf(rows[3]), rows[3]!.hash);
    expect(verifier.end(placeOf(rows[11])).segments).toMatchObject([{ holds: true }]);
    verifier.mark(markOf(rows[11], { hash: 'other' }), rows[11]!.hash);
    expect(verifier.end(placeOf(rows[11])).segments).toMatchObject([{ brokenAt: 12, why: 'forked' }]);
    verifier.mark(markOf(rows[3]), 'other');
    expect(verifier.end(placeOf(rows[11])).segments).toMatchObject([{ brokenAt: 4, why: 'forked' }]);
  });
});

describe('a checkpoint', () => {
  const head: ChainHead = { ...placeOf(rows[4]), at: 'now' };
  let signed: ChainHead;
  beforeAll(() => {
    signed = signedCheckpoint(keys, head, { rows: 5, segment: 1 });
  });

  test('that we signed is a head like others', () => {
    expect(pass({ rows, marks: [{ ...signed, isOurs: true }] })).toMatchObject({
      lastMark: 5,
      segments: [{ holds: true }],
    });
    expect(isSigned(checkpointText(head, { rows: 5, segment: 1 }), signed.checkpoint!.signature)).toBe(true);
  });

  test.each([
    ['place', { seq: 6, hash: rows[5]!.hash }, 6],
    ['time', { at: 'then' }, 5],
    ['number of rows', { rows: 4 }, 5],
    ['segment', { segment: 2 }, 5],
    ['signature', { signature: 'none' }, 5],
  ])('with another %s is forged', (_what, other, seq) => {
    expect(
      pass({
        rows,
        marks: [{ ...signed, isOurs: true, ...other, checkpoint: { ...signed.checkpoint!, ...other } }],
      }),
    ).toMatchObject(brokenAt(seq, 'checkpoint-forged'));
  });
});
