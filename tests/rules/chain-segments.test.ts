import { describe, expect, test } from 'vitest';
import {
  emptyColumns,
  segmentStart,
  segmentText,
  type ChainRow,
  type Segment,
} from '../../server/audit/chain.ts';
import { signText } from '../../server/core/crypto.ts';
import { brokenAt, events, keys, mac, markOf, pass, rows } from '../support/chain-pass.ts';
import { chainOf, copyOf, placeOf, shortEvents } from '../support/tampering.ts';

const tampered = copyOf(rows).map((row) => {
  if (row.seq === 6) row.columns.at = '';
  return row;
});

describe('segments', () => {
  const opened = (more: Partial<Segment> = {}): Segment => {
    const said = {
      number: 2,
      fromSeq: 13,
      previousHash: 'h',
      why: 'column-changed',
      brokenAt: 6,
      openedAt: 'now',
      ...more,
    } as const;
    return { ...said, signature: signText(keys, 'audit-signature', segmentText(said)) };
  };
  const after = (segment: Segment, count = 4) =>
    chainOf(mac, shortEvents(count), { seq: segment.fromSeq - 1, hash: segmentStart(mac, segment) });
  const first = { number: 1, fromRow: 1, toRow: 12, holds: false, brokenAt: 6, why: 'column-changed' };

  test('after a break hold by themselves, and the break stays told', () => {
    const two = opened();

    expect(pass({ rows: [...tampered, ...after(two)], segments: [two] })).toMatchObject({
      rows: 9,
      segments: [
        { ...first, rows: 5, more: 0 },
        { number: 2, fromRow: 13, toRow: 16, rows: 4, holds: true, brokenAt: null, more: 0 },
      ],
    });
    expect(pass({ rows: [...rows, ...after(two)], segments: [two] })).toMatchObject({
      segments: [{ ...first, rows: 5 }, { holds: true }],
    });
  });

  test('name what else is wrong in the one before', () => {
    const two = opened();
    const twice = [...tampered.filter(({ seq }) => seq !== 9), ...after(two)];
    const earlier = [...tampered.filter(({ seq }) => seq !== 3), ...after(two)];

    expect(pass({ rows: twice, segments: [two] }).segments[0]).toMatchObject({ ...first, more: 1 });
    expect(pass({ rows: earlier, segments: [two] }).segments[0]).toMatchObject({ brokenAt: 3, more: 1 });
  });

  test('are linked to what was signed when they were opened', () => {
    const two = opened();
    const other = { ...two, previousHash: 'another' };

    expect(pass({ rows: [...tampered, ...after(two)], segments: [other] }).segments[1]).toMatchObject({
      brokenAt: 13,
      why: 'segment-forged',
      more: 1,
    });
    expect(pass({ rows: [...tampered, ...after(other)], segments: [other] }).segments[1]).toMatchObject({
      brokenAt: 13,
      why: 'segment-forged',
      more: 0,
    });
    expect(pass({ rows: [...tampered, ...after(two)], segments: [] }).segments).toMatchObject([
      { brokenAt: 6, more: 1, toRow: 16 },
    ]);
  });

  test('leave a gap where rows were lost', () => {
    const two = opened({ fromSeq: 15, brokenAt: 13, why: 'cut-short' });
    const verdict = pass({ rows: [...rows, ...after(two)], segments: [two], marks: [markOf(after(two)[3])] });

    expect(verdict.segments).toMatchObject([
      { toRow: 14, rows: 12, brokenAt: 13, why: 'cut-short', more: 0 },
      { fromRow: 15, toRow: 18, rows: 4, holds: true },
    ]);
    const lost = pass({ rows: [...rows.slice(0, 8), ...after(two)], segments: [two] });
    expect(lost.segments[0]).toMatchObject({ brokenAt: 9, why: 'cut-short', more: 1 });
  });

  test('whose rows are all gone are missed', () => {
    const two = opened();

    expect(pass({ rows: tampered, segments: [two], head: placeOf(rows[11]) }).segments[1]).toMatchObject({
      brokenAt: 13,
      why: 'cut-short',
    });
    expect(pass({ rows: rows.slice(0, 11), segments: [two] }).segments).toMatchObject([
      { brokenAt: 6, more: 1 },
      { brokenAt: 13, why: 'cut-short' },
    ]);
  });

  test('follow each other in one pass', () => {
    const [two, three] = [opened(), opened({ number: 3, fromSeq: 17, brokenAt: 14 })];
    const given = [...tampered, ...after(two), ...after(three)];

    expect(pass({ rows: given, segments: [two, three] }).segments).toMatchObject([
      { rows: 5, more: 0 },
      { brokenAt: 14, rows: 1, more: 0 },
      { fromRow: 17, toRow: 20, rows: 4, holds: true },
    ]);
  });

  test('that came before a place are as they were told, and are not read', () => {
    const [two, three] = [opened(), opened({ number: 3, fromSeq: 15, brokenAt: 14 })];
    const tail = after(three);
    const verdict = pass({ rows: tail.slice(2), from: placeOf(tail[1]), segments: [two, three] });

    expect(verdict).toMatchObject({
      rows: 2,
      segments: [
        { number: 1, brokenAt: 6, rows: 5 - 5 },
        { number: 2, brokenAt: 14, rows: 0 },
        { number: 3, holds: true, rows: 2, fromRow: 15, toRow: 18 },
      ],
    });
    expect(pass({ rows: tail.slice(1), from: placeOf(tail[0]), segments: [two, three] })).toMatchObject({
      rows: 3,
      segments: [{ number: 1 }, { number: 2 }, { holds: true, rows: 3 }],
    });
    expect(pass({ rows: tail, from: placeOf(rows[11]), segments: [three] }).segments[1]).toMatchObject({
      holds: true,
      rows: 4,
    });
  });
});

describe('rows that retention emptied', () => {
  const emptied = (given: ChainRow[], from: number, to: number) =>
    given.map((row) =>
      row.seq < from || row.seq > to ? row : { ...row, payload: null, columns: emptyColumns(row.seq) },
    );
  const telling = (ranges: { from: number; to: number }[]) =>
    chainOf(mac, [
      ...events,
      { ...events[1]!, type: 'audit.payloads-removed', data: { ranges, rows: 1, before: 'then' } },
      events[2]!,
    ]);

  test('are no fault when the chain itself says so', () => {
    const told = telling([{ from: 1, to: 5 }]);
    const several = telling([
      { from: 1, to: 2 },
      { from: 3, to: 4 },
      { from: 6, to: 6 },
      { from: 8, to: 9 },
    ]);

    expect(pass({ rows: emptied(told, 1, 5) })).toMatchObject({ rows: 14, segments: [{ holds: true }] });
    expect(pass({ rows: emptied(emptied(emptied(several, 1, 4), 6, 6), 8, 9) })).toMatchObject({
      segments: [{ holds: true }],
    });
    expect(pass({ rows: told })).toMatchObject({ segments: [{ holds: true }] });
  });

  test('beyond what it says are located at the first', () => {
    const told = telling([{ from: 2, to: 5 }]);

    expect(pass({ rows: emptied(told, 2, 7) })).toMatchObject(brokenAt(6, 'payload-removed'));
    expect(pass({ rows: emptied(told, 1, 5) })).toMatchObject(brokenAt(1, 'payload-removed'));
    expect(pass({ rows: emptied(emptied(told, 2, 3), 9, 9) })).toMatchObject(brokenAt(9, 'payload-removed'));
    expect(pass({ rows: emptied(emptied(told, 7, 7), 9, 9) })).toMatchObject(
      brokenAt(7, 'payload-removed', 1),
    );
    expect(pass({ rows: emptied(rows, 3, 3) })).toMatchObject(brokenAt(3, 'payload-removed'));
  });

  test('say nothing: one that says something is a fault', () => {
    const told = telling([{ from: 1, to: 5 }]);
    for (const [name, value] of Object.entries({
      ...emptyColumns(0),
      id: 'x',
      at: 'x',
      type: 'x',
      result: 'x',
    })) {
      const tampered = emptied(told, 1, 5);
      const columns = { ...emptyColumns(3), [name]: value === null ? 'x' : `${value}x` };
      tampered[2] = { ...tampered[2]!, columns };

      expect(pass({ rows: tampered }), name).toMatchObject(brokenAt(3, 'payload-removed'));
    }
  });

  test('allow nothing when what says so was changed itself', () => {
    const told = telling([{ from: 1, to: 2 }]);
    const forged = told.map((row) =>
      row.seq === 13 ? { ...row, payload: row.payload!.replace('"to":2', '"to":9') } : row,
    );

    expect(pass({ rows: emptied(forged, 1, 9) })).toMatchObject(brokenAt(1, 'payload-removed', 1));
  });

  test('keep their place in the chain', () => {
    const told = emptied(telling([{ from: 1, to: 5 }]), 1, 5);
    told[2] = { ...told[2]!, hash: rows[0]!.hash };

    expect(pass({ rows: told })).toMatchObject(brokenAt(3, 'link-broken', 1));
  });
});
