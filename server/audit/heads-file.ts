import { appendFileSync, closeSync, constants, createReadStream, existsSync, fstatSync } from 'node:fs';
import { fsyncSync, ftruncateSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { ChainHead, House } from '../core/ctx.ts';
import type { Mac } from '../core/hmac.ts';
import type { Mark } from './chain-verifier.ts';

const Line = z.object({
  seq: z.int().positive(),
  hash: z.string(),
  at: z.string(),
  rows: z.int().optional(),
  segment: z.int().optional(),
  signature: z.string().optional(),
  mac: z.string().optional(),
});

/** The line with which a file begins to be kept, or begins anew. */
const Beginning = z.strictObject({ begun: z.string(), at: z.string(), mac: z.string() });
type Beginning = Omit<z.infer<typeof Beginning>, 'mac'>;

/**
 * Writes each group's head and each checkpoint to a file beside the database: what can vanish unseen is the last group.
 * The writer throws when the disk does. What a failed write or a power cut left of a line is taken away
 * before the next one, so that heads never run into each other.
 */
export const makeHeadsFile = (file: string, mac: Mac): House['chainCommitted'] => {
  mkdirSync(dirname(file), { recursive: true });
  let mayBeTorn = true;
  return (head) => {
    if (mayBeTorn) removeTornEnd(file);
    mayBeTorn = true;
    appendFileSync(file, `${headLine(mac, head)}\n`, { mode: 0o600, flag: appending });
    mayBeTorn = false;
  };
};

/** A head as it is kept outside, one line of JSON that nobody else can write. */
export const headLine = (mac: Mac, { seq, hash, at, checkpoint }: ChainHead): string => {
  const said = { seq, hash, at, ...checkpoint };
  return JSON.stringify({ ...said, mac: mac(JSON.stringify(said)) });
};

/** Writes the line of beginning, and answers once the disk has it. */
export const beginHeadsFile = (file: string, mac: Mac, { begun, at }: Beginning): void => {
  const said = { begun, at };
  removeTornEnd(file);
  const line = JSON.stringify({ ...said, mac: mac(JSON.stringify(said)) });
  appendFileSync(file, `${line}\n`, { mode: 0o600, flag: appending });
  syncHeadsFile(file);
};

/** Answers once the disk has what was written. */
export const syncHeadsFile = (file: string): void => {
  const handle = openSync(file, O_WRONLY | O_APPEND | O_NONBLOCK);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/** What a file says of itself: the id of its last beginning, and the last row of which our key says that it kept it. */
export type Trace = { begun: string | null; last: number };

export type Heads = {
  /** At most `size` at a time, null for a line that is none of ours. */
  batches: AsyncGenerator<(Mark | null)[]>;
  /** After the last: where the next reading goes on. */
  end: () => number;
  /** After the last: what was read, or what `before` says where nothing was read anew. */
  trace: () => Trace;
};

/**
 * The heads from a byte of the file on, as they stand when this is called. A last line without its end was being
 * written when the power went: it is passed over. What stands before a line's `{` (a syslog server's header) is too.
 */
export const headsIn = (
  file: string,
  mac: Mac,
  { from = 0, before = noTrace, size = 500 }: { from?: number; before?: Trace; size?: number } = {},
): Heads => {
  const bytes = existsSync(file) ? statSync(file).size : 0;
  // A file that lost what was read before is read again, and says so.
  const isShorter = bytes < from;
  let end = isShorter ? 0 : from;
  const trace = { ...(isShorter ? noTrace : before) };
  const batches = async function* (): AsyncGenerator<(Mark | null)[]> {
    let heads: (Mark | null)[] = isShorter ? [null] : [];
    let rest = '';
    // One character a byte, so that places in the text are places in the file.
    const chunks =
      bytes > end ? createReadStream(file, { encoding: 'latin1', start: end, end: bytes - 1 }) : [];
    for await (const chunk of chunks) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        end += line.length + 1;
        const beginning = beginningOf(mac, line);
        if (beginning) {
          trace.begun = beginning.begun;
          continue;
        }
        const head = headOf(mac, line);
        if (head?.isOurs) trace.last = Math.max(trace.last, head.seq);
        heads.push(head);
        if (heads.length < size) continue;
        yield heads;
        heads = [];
      }
    }
    if (heads.length > 0) yield heads;
  };
  return { batches: batches(), end: () => end, trace: () => trace };
};

const noTrace: Trace = { begun: null, last: 0 };

const beginningOf = (mac: Mac, line: string): Beginning | null => {
  if (!line.includes('"begun"')) return null;
  const parsed = Beginning.safeParse(jsonOf(line));
  if (!parsed.success) return null;
  const { begun, at, mac: shown } = parsed.data;
  return shown === mac(JSON.stringify({ begun, at })) ? { begun, at } : null;
};

const headOf = (mac: Mac, line: string): Mark | null => {
  const parsed = Line.safeParse(jsonOf(line.slice(Math.max(0, line.indexOf('{')))));
  if (!parsed.success) return null;
  const { mac: shown, ...said } = parsed.data;
  if (shown !== undefined && shown !== mac(JSON.stringify(said))) return null;
  const { seq, hash, at, rows, segment, signature } = said;
  const isCheckpoint = rows !== undefined && segment !== undefined && signature !== undefined;
  const checkpoint = isCheckpoint ? { rows, segment, signature } : undefined;
  return { seq, hash, at, isOurs: shown !== undefined, ...(checkpoint && { checkpoint }) };
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

// Never waits: a pipe that nobody reads fails at once instead of holding every act.
const { O_APPEND, O_CREAT, O_NONBLOCK, O_WRONLY, O_RDWR } = constants;
const appending = (O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK) as unknown as string;
const lineEnd = 10;

const removeTornEnd = (file: string): void => {
  const handle = openSync(file, O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK, 0o600);
  try {
    const { size } = fstatSync(handle);
    const end = Buffer.alloc(Math.min(size, 4_096));
    readSync(handle, end, 0, end.length, size - end.length);
    const torn = end.length - 1 - end.lastIndexOf(lineEnd);
    if (torn > 0) ftruncateSync(handle, size - torn);
  } finally {
    closeSync(handle);
  }
};
