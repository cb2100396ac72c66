import type { ChainHead } from '../core/ctx.ts';
import type { Mac } from '../core/hmac.ts';
import type { SegmentVerdict, Why } from './verification.schema.ts';
import { faultOf, segmentStart, segmentText, whichChanged, type ChainRow, type Segment } from './chain.ts';
import { checkpointText } from './checkpoint.ts';

/** A place of the chain that is known to be right. */
export type Place = { seq: number; hash: string };

/** What is known before the first row is read. */
export type Known = {
  mac: Mac;
  isSigned: (text: string, signature: string) => boolean;
  /** Segments after the first, in order. */
  segments: readonly Segment[];
  /** The head as the database has it, read before the rows. */
  head: Place;
  /** A place from which the pass goes on; from the first row without. */
  from?: Place;
  /** How many of the last rows' hashes it remembers. */
  remembers?: number;
};

/** A head as it was kept outside; `isOurs`: our key says that it was us who wrote it. */
export type Mark = ChainHead & { isOurs: boolean };

/** `lastMark`: the last row that was known outside. */
export type Verdict = { rows: number; last: Place; lastMark: number; segments: SegmentVerdict[] };

/**
 * Reads a chain in one pass and says of each segment whether it holds, and else where and how it is broken. Pure:
 * rows and what was kept outside are handed to it, in this order of calls:
 *
 * - `stray` first, if there are rows before the first place;
 * - `row` with each row, by rising `seq`;
 * - `mark` with each head that was kept outside, in its file's order, once the rows up to it were read; `hash` is that
 *   of its row where `hasForgotten` says that it is too long ago;
 * - `end` with the head as it is after the last row.
 *
 * After a fault it goes on with the row as it is, so that each further fault is counted.
 */
export const makeVerifier = ({ mac, isSigned, segments, head, from, remembers = 65_536 }: Known) => {
  const faults = judge(segments);
  const recent = recentHashes(remembers);
  // Stryker disable next-line ArrayDeclaration: what is no range covers and uncovers nothing.
  const stretches: Range[] = [];
  // Stryker disable next-line ArrayDeclaration: what is no range allows nothing.
  let allowed: Range[] = [];
  let previous: Place = from ?? { seq: 0, hash: '' };
  let entered = segments.filter(({ fromSeq }) => fromSeq <= previous.seq).length;
  let lastMark = previous.seq;
  const began = previous.seq;

  // Stryker disable next-line OptionalChaining: there is one more set of faults than segments; the type cannot say so.
  const note = (seq: number, why: Why): void => faults[segmentAt(segments, seq)]?.add({ seq, why });
  const enterUpTo = (seq: number): void => {
    for (let next = segments[entered]; next && next.fromSeq <= seq; next = segments[entered]) {
      if (previous.seq < next.fromSeq - 1) note(previous.seq + 1, 'cut-short');
      if (!isSigned(segmentText(next), next.signature)) note(next.fromSeq, 'segment-forged');
      previous = { seq: next.fromSeq - 1, hash: segmentStart(mac, next) };
      entered += 1;
    }
  };

  return {
    row: (row: ChainRow): void => {
      enterUpTo(row.seq);
      const fault = faultOf(mac, previous, row);
      if (fault === 'missing-row') note(previous.seq + 1, fault);
      else if (fault) note(row.seq, fault === 'column-changed' ? whichChanged(mac, row) : fault);
      if (row.seq === head.seq && row.hash !== head.hash) note(row.seq, 'head-changed');
      if (row.payload === null) extend(stretches, row.seq);
      else if (!fault && row.columns.type === 'audit.payloads-removed') allowed = rangesIn(row.payload);
      recent.keep(row.seq, row.hash);
      previous = { seq: row.seq, hash: row.hash };
    },

    /** There are rows at places that no chain gives. */
    stray: (): void => note(1, 'stray-row'),

    lastSeq: (): number => previous.seq,

    hasForgotten: (seq: number): boolean => seq <= previous.seq && recent.get(seq) === undefined,

    mark: (mark: Mark | null, hash?: string): void => {
      if (mark === null) return note(lastMark + 1, 'heads-damaged');
      // What anybody could have written is compared with its row, and says nothing of rows that are not there.
      if (mark.isOurs) lastMark = Math.max(lastMark, mark.seq);
      const { checkpoint } = mark;
      if (checkpoint && !isSigned(checkpointText(mark, checkpoint), checkpoint.signature))
        note(mark.seq, 'checkpoint-forged');
      // A row that is not there is missed by its neighbours, or at the end.
      const found = recent.get(mark.seq) ?? hash ?? mark.hash;
      if (found !== mark.hash) note(mark.seq, 'forked');
    },

    end: (now: Place): Verdict => {
      enterUpTo(Infinity);
      const expected = Math.max(head.seq, lastMark, segments.at(-1)?.fromSeq ?? 0);
      if (expected > previous.seq) note(previous.seq + 1, 'cut-short');
      else if (now.seq < previous.seq) note(now.seq + 1, 'head-changed');
      for (const seq of uncovered(stretches, allowed)) note(seq, 'payload-removed');

      const verdicts = faults.map((found, at) =>
        verdictOf(segments, at, { began, last: previous.seq }, found),
      );
      const rows = verdicts.reduce((sum, { rows }) => sum + rows, 0);
      return { rows, last: previous, lastMark, segments: verdicts };
    },
  };
};

type Fault = { seq: number; why: Why };
type Range = { from: number; to: number };

/** What is wrong with each segment; what was wrong when the next one was opened stays wrong. */
const judge = (segments: readonly Segment[]) => [
  ...segments.map(({ brokenAt, why }) => faultsOf([{ seq: brokenAt, why }])),
  faultsOf([]),
];

/** The first fault, and how many there are, each counted once. */
const faultsOf = (recorded: readonly Fault[]) => {
  const seen = new Set<string>();
  let first: Fault | undefined;
  const add = (fault: Fault): void => {
    if (!first || fault.seq < first.seq) first = fault;
    if (seen.size < countedAtMost) seen.add(`${fault.seq} ${fault.why}`);
  };
  recorded.forEach(add);
  return { add, first: () => first, count: () => seen.size };
};

/** Which segment a row belongs to, from 0. */
const segmentAt = (segments: readonly Segment[], seq: number): number =>
  segments.filter(({ fromSeq }) => fromSeq <= seq).length;

const verdictOf = (
  segments: readonly Segment[],
  at: number,
  { began, last }: { began: number; last: number },
  faults: ReturnType<typeof faultsOf>,
): SegmentVerdict => {
  const fromRow = segments[at - 1]?.fromSeq ?? 1;
  const toRow = (segments[at]?.fromSeq ?? last + 1) - 1;
  const first = faults.first();
  const lastGood = first ? first.seq - 1 : toRow;
  return {
    number: at + 1,
    fromRow,
    toRow,
    rows: Math.max(0, lastGood - Math.max(fromRow - 1, began)),
    holds: first === undefined,
    brokenAt: first?.seq ?? null,
    why: first?.why ?? null,
    more: Math.max(0, faults.count() - 1),
  };
};

const rangesIn = (payload: string): Range[] =>
  (JSON.parse(payload) as { data: { ranges: Range[] } }).data.ranges;

/** Rows without payload, as stretches. */
const extend = (stretches: Range[], seq: number): void => {
  const last = stretches.at(-1);
  if (last?.to === seq - 1) last.to = seq;
  else stretches.push({ from: seq, to: seq });
};

/** The first row of each stretch that no range allows. */
const uncovered = (stretches: readonly Range[], allowed: readonly Range[]): number[] =>
  stretches.flatMap(({ from, to }) => {
    let first = from;
    for (const range of allowed) if (range.from <= first && first <= range.to) first = range.to + 1;
    return first <= to ? [first] : [];
  });

// A history that was forked differs in each row from there on: counting a thousand tells enough.
const countedAtMost = 1_000;

/** The hashes of the last rows, so that what was kept outside is compared without asking the database. */
const recentHashes = (kept: number) => {
  const seqs = new Float64Array(kept);
  // Stryker disable next-line ArrayDeclaration: place 0 is no row’s, and nobody asks for it.
  const hashes: string[] = [];
  return {
    keep: (seq: number, hash: string): void => {
      seqs[seq % kept] = seq;
      hashes[seq % kept] = hash;
    },
    get: (seq: number): string | undefined => (seqs[seq % kept] === seq ? hashes[seq % kept] : undefined),
  };
};
