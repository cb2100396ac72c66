import {
  columnsOf,
  faultOf,
  link,
  payloadDigest,
  payloadOf,
  type ChainRow,
} from '../../server/audit/chain.ts';
import type { Place } from '../../server/audit/chain-verifier.ts';
import type { StampedEvent } from '../../server/core/ctx.ts';
import type { Mac } from '../../server/core/hmac.ts';

/** Events as short as events are: every bit of theirs is flipped. Who, whom and in which call are there in turns. */
export const shortEvents = (count: number): StampedEvent[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `e${at}`,
    at: new Date(Date.UTC(2026, 10, 18, 9, 0, 0, at)).toISOString(),
    type: 'call.viewed',
    result: 'done',
    organisationId: at % 3 === 0 ? 'o1' : null,
    memberId: at % 5 === 0 ? `m${at}` : null,
    callId: at % 7 === 0 ? `c${at}` : null,
    actor:
      at % 2 === 0 ? { kind: 'agent', id: 'a1', role: 'agent' } : { kind: 'public', id: null, role: null },
    requestId: 'r',
    data: {},
  }));

/** The rows that these events become, without a database. */
export const chainOf = (mac: Mac, events: StampedEvent[], from: Place = { seq: 0, hash: '' }): ChainRow[] => {
  let { seq, hash } = from;
  return events.map((event) => {
    const payload = payloadOf(event);
    const digest = payloadDigest(mac, payload);
    seq += 1;
    hash = link(mac, seq, hash, digest);
    return { seq, payload, payloadDigest: digest, hash, columns: columnsOf(event) };
  });
};

export const placeOf = (row: ChainRow | undefined): Place => ({ seq: row?.seq ?? 0, hash: row?.hash ?? '' });

/** Rows that may be changed without changing the others'. */
export const copyOf = (rows: readonly ChainRow[]): ChainRow[] =>
  rows.map((row) => ({ ...row, columns: { ...row.columns } }));

type Missed = { seq: number; column: string; bit: number };

/**
 * Flips each bit of each byte of a row, as a driver would then read the text, and looks at this row and the next one.
 * Answers how many flips there were, and those that neither row tells of.
 */
export const flipEveryBit = (
  mac: Mac,
  previous: Place,
  row: ChainRow,
  next: ChainRow | undefined,
): { flips: number; missed: Missed[] } => {
  const missed: Missed[] = [];
  let flips = 0;
  const look = (flipped: ChainRow, column: string, bit: number): void => {
    flips += 1;
    if (faultOf(mac, previous, flipped) !== null) return;
    if (next && faultOf(mac, { seq: flipped.seq, hash: flipped.hash }, next) !== null) return;
    missed.push({ seq: row.seq, column, bit });
  };
  for (const bit of seqBits) look({ ...row, seq: Number(BigInt(row.seq) ^ (1n << BigInt(bit))) }, 'seq', bit);
  for (const name of ['payload', 'payloadDigest', 'hash'] as const) {
    const flipped = { ...row };
    eachFlip(row[name], (text, bit) => {
      flipped[name] = text;
      look(flipped, name, bit);
    });
  }
  for (const [name, text] of Object.entries(row.columns)) {
    const columns = { ...row.columns };
    const flipped = { ...row, columns };
    eachFlip(text, (changed, bit) => {
      columns[name as 'id'] = changed;
      look(flipped, name, bit);
    });
  }
  return { flips, missed };
};

/** A place is a whole number of 53 bits at most. */
const seqBits = Array.from({ length: 53 }, (_, bit) => bit);

export const eachFlip = (text: string | null, use: (flipped: string, bit: number) => void): void => {
  if (text === null) return;
  const bytes = Buffer.from(text);
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const [at, mask] = [bit >> 3, 1 << (bit & 7)];
    bytes[at]! ^= mask;
    use(bytes.toString(), bit);
    bytes[at]! ^= mask;
  }
};

/** The same answers; what was asked for last is not worked out again. */
export const remembering = (mac: Mac): Mac => {
  const [texts, answers] = [
    ['', '', '', ''],
    ['', '', '', ''],
  ];
  let oldest = 0;
  return (text) => {
    const known = texts.indexOf(text);
    if (known >= 0) return answers[known]!;
    oldest = (oldest + 1) % texts.length;
    texts[oldest] = text;
    return (answers[oldest] = mac(text));
  };
};
