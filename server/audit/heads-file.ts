import { appendFileSync, closeSync, createReadStream, existsSync, fstatSync, ftruncateSync } from 'node:fs';
import { mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { House } from '../core/ctx.ts';

const Head = z.object({ seq: z.int().positive(), hash: z.string(), at: z.string() });
type Head = z.infer<typeof Head>;

/**
 * Writes each group's head to a file beside the database: what can vanish unseen is the last group.
 * The writer throws when the disk does. What a failed write or a power cut left of a line is taken away
 * before the next one, so that heads never run into each other.
 */
export const makeHeadsFile = (file: string): House['chainCommitted'] => {
  mkdirSync(dirname(file), { recursive: true });
  let mayBeTorn = true;
  return (head) => {
    if (mayBeTorn) removeTornEnd(file);
    mayBeTorn = true;
    appendFileSync(file, `${JSON.stringify(head)}\n`, { mode: 0o600 });
    mayBeTorn = false;
  };
};

/**
 * The heads as they stood when the first was asked for, at most `size` at a time, null for a line that is none.
 * A last line without its end was being written when the power went: it is passed over.
 */
export const headsIn = async function* (file: string, size: number): AsyncGenerator<(Head | null)[]> {
  const bytes = existsSync(file) ? statSync(file).size : 0;
  if (bytes === 0) return;
  let heads: (Head | null)[] = [];
  let rest = '';
  for await (const chunk of createReadStream(file, { encoding: 'utf8', end: bytes - 1 })) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      heads.push(headOf(line));
      if (heads.length < size) continue;
      yield heads;
      heads = [];
    }
  }
  if (heads.length > 0) yield heads;
};

const headOf = (line: string): Head | null => {
  try {
    return Head.parse(JSON.parse(line));
  } catch {
    return null;
  }
};

const lineEnd = 10;

const removeTornEnd = (file: string): void => {
  const handle = openSync(file, 'a+', 0o600);
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
