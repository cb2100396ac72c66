import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendToChain, listChain } from '../server/audit/audit.store.ts';
import { makeVerifier, type Mark, type Place } from '../server/audit/chain-verifier.ts';
import type { ChainRow } from '../server/audit/chain.ts';
import { hmacUnder } from '../server/core/hmac.ts';
import { migrate } from '../server/db/migrate.ts';
import { openPool } from '../server/db/pool.ts';
import { seeded } from './bench/measure.ts';
import { databases, emptyDatabase, type TestDatabase } from './support/databases.ts';
import {
  chainOf,
  copyOf,
  eachFlip,
  flipEveryBit,
  placeOf,
  remembering,
  shortEvents,
} from './support/tampering.ts';

const count = 5_000;
const mac = hmacUnder(Buffer.alloc(32, 11));
const forgersMac = hmacUnder(Buffer.alloc(32, 12));
const events = shortEvents(count);
const rows = chainOf(mac, events);
const start: Place = { seq: 0, hash: '' };

describe.each(databases)('the rows that %s gives back', (engine) => {
  let database: TestDatabase;
  let pool: ReturnType<typeof openPool>;
  beforeAll(async () => {
    database = await emptyDatabase(engine);
    pool = openPool(database.url);
    await migrate(pool);
    for (let at = 0; at < count; at += 1_000)
      await pool.transaction((db) => appendToChain(db, mac, events.slice(at, at + 1_000)));
  });
  afterAll(async () => {
    await pool.destroy();
    await database.drop();
  });

  // So that what is found of these bytes below is found of both databases.
  test('are, byte for byte, those that were bound', async () => {
    expect(await listChain(pool, 0, count + 1)).toEqual(rows);
  });
});

describe('five thousand rows', () => {
  test('every bit of every byte, flipped, is told at its row or the next', { timeout: 600_000 }, () => {
    const answers = remembering(mac);
    let flips = 0;
    const missed: object[] = [];
    rows.forEach((row, at) => {
      const found = flipEveryBit(answers, placeOf(rows[at - 1]), row, rows[at + 1]);
      flips += found.flips;
      missed.push(...found.missed);
    });

    expect(missed).toEqual([]);
    expect(flips).toBeGreaterThan(14_000_000);
  });

  test('a whole pass tells the same of flips as their row and the next do', () => {
    const random = seeded(20_261_128);
    for (let n = 0; n < 30; n += 1) {
      const at = Math.floor(random() * count);
      const tampered = copyOf(rows);
      const row = tampered[at]!;
      const names = ['payload', 'payloadDigest', 'hash', 'id', 'at', 'type'] as const;
      const name = names[n % names.length]!;
      const of = (name in row.columns ? row.columns : row) as Record<string, string>;
      const texts: string[] = [];
      eachFlip(of[name]!, (text) => texts.push(text));
      of[name] = texts[Math.floor(random() * texts.length)]!;

      const [segment] = judge(tampered).segments;

      expect([at + 1, at + 2], `${name} of row ${at + 1}`).toContain(segment?.brokenAt);
    }
  });

  test('every deletion is told at its row', () => {
    const told = around((at, near) => near.filter((row) => row !== rows[at]));

    expect(told.filter(({ at, brokenAt }) => brokenAt !== at + 1)).toEqual([]);
  });

  test('every insertion is told at the row that was put in, with our bytes or with others', () => {
    const copied = around((at, near) => pushedBy(near, rows[at]!, rows[at]!));
    const forged = around((at, near) =>
      pushedBy(near, rows[at]!, chainOf(forgersMac, [events[at]!], placeOf(rows[at]))[0]!),
    );

    expect(copied.filter(({ at, brokenAt }) => brokenAt !== at + 2)).toEqual([]);
    expect(forged.filter(({ at, brokenAt }) => brokenAt !== at + 2)).toEqual([]);
  });

  test('every swap of neighbours is told at the first of them', () => {
    const told = around((at, near) => {
      const [one, other] = [rows[at]!, rows[at + 1]];
      if (!other) return near.filter((row) => row !== one);
      return near.map((row) =>
        row === one ? { ...other, seq: one.seq } : row === other ? { ...one, seq: other.seq } : row,
      );
    });

    expect(told.filter(({ at, brokenAt }) => brokenAt !== at + 1)).toEqual([]);
  });

  test('every tail cut off, as an older copy restored, is told at the first row that is gone', () => {
    const mark = markOf(rows.at(-1)!);
    const told = rows.slice(0, -1).map((row, at) => {
      const from = placeOf(rows[at - 1]);
      const { segments } = judge([row], { from, head: placeOf(row), marks: [mark] });
      return { at, brokenAt: segments[0]?.brokenAt, why: segments[0]?.why };
    });

    expect(told.filter(({ at, brokenAt, why }) => brokenAt !== at + 2 || why !== 'cut-short')).toEqual([]);
  });

  test('every older copy that was restored and gone on with is told where the histories part', () => {
    const told = rows.slice(0, -1).map((row, at) => {
      const from = placeOf(row);
      const other = chainOf(mac, [{ ...events[at + 1]!, requestId: 'other' }], from);
      const { segments } = judge(other, { from, head: placeOf(other[0]), marks: [markOf(rows[at + 1]!)] });
      return { at, brokenAt: segments[0]?.brokenAt, why: segments[0]?.why };
    });

    expect(told.filter(({ at, brokenAt, why }) => brokenAt !== at + 2 || why !== 'forked')).toEqual([]);
  });
});

type Known = { from?: Place; head?: Place; marks?: Mark[] };

/** One pass over these rows. */
const judge = (given: readonly ChainRow[], { from, head = placeOf(rows.at(-1)), marks = [] }: Known = {}) => {
  const verifier = makeVerifier({
    mac,
    isSigned: () => false,
    segments: [],
    head,
    remembers: 16,
    ...(from && { from }),
  });
  for (const row of given) verifier.row(row);
  for (const mark of marks) verifier.mark(mark);
  return verifier.end(head);
};

/** Tampers with each row in turn; only the rows around it are read, from a place that is right. */
const around = (tamper: (at: number, near: ChainRow[]) => ChainRow[]) =>
  rows.map((row, at) => {
    const first = Math.max(0, at - 1);
    const last = rows[Math.min(count - 1, at + 3)];
    const near = rows.slice(first, at + 4);
    const from = rows[first - 1];
    const { segments } = judge(tamper(at, near), { from: from ? placeOf(from) : start, head: placeOf(last) });
    return { at: row.seq - 1, brokenAt: segments[0]?.brokenAt };
  });

/** `put` stands after `after`, and what came next is pushed on by one. */
const pushedBy = (near: ChainRow[], after: ChainRow, put: ChainRow): ChainRow[] =>
  near.flatMap((row) => {
    if (row.seq < after.seq) return [row];
    if (row === after) return [row, { ...put, seq: row.seq + 1 }];
    return [{ ...row, seq: row.seq + 1 }];
  });

const markOf = (row: ChainRow): Mark => ({ ...placeOf(row), at: 'now', isOurs: true });
