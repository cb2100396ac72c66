import type { Ctx, Db, House } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { hmacUnder, type Mac } from '../core/hmac.ts';
import { housekeep, perform, systemVisit } from '../core/perform.ts';
import type { Verdict } from './chain-verifier.ts';
import { beginHeadsFile, headsIn, syncHeadsFile, type Trace } from './heads-file.ts';
import { insertHeadsFile, listHeadsFiles, moveHeadsFile } from './heads-kept.store.ts';
import { record } from './record.ts';

/**
 * What the database knows of the files that keep its heads: up to which row each does, by the id in the file's own
 * line of beginning. An id whose row our key did not write is known to keep everything: no file does.
 */
export type KnownFiles = ReadonlyMap<string, number>;

export const knownFiles = async ({ keys }: House, db: Db): Promise<KnownFiles> => {
  const mac = hmacUnder(keys.derive('audit-sink'));
  const files = await listHeadsFiles(db);
  return new Map(files.map((file) => [file.id, file.mac === macOf(mac, file) ? file.keptSeq : Infinity]));
};

/**
 * Whether the file beside the database is not the one that was kept: empty although there are rows, begun by nobody
 * that the database knows, or older than what it is known to have held.
 */
const isMissing = (known: KnownFiles, { begun, last }: Trace, rows: number): boolean => {
  if (known.size === 0) return begun !== null || (last === 0 && rows > 0);
  const kept = begun === null ? undefined : known.get(begun);
  return kept === undefined || last < kept;
};

/** The same, at the end of a pass: a file that another process began meanwhile is known by now. */
export const isGone = async (
  house: House,
  db: Db,
  known: KnownFiles,
  { trace, rows }: { trace: Trace; rows: number },
): Promise<boolean> => {
  if (!isMissing(known, trace, rows)) return false;
  const { begun } = trace;
  return begun === null || known.has(begun) || !(await knownFiles(house, db)).has(begun);
};

/** The same verdict, broken after its last row: what may have stood there, nothing outside says any more. */
export const withoutHeads = (verdict: Verdict): Verdict => {
  const segments = verdict.segments.map((segment, at) => {
    if (at < verdict.segments.length - 1) return segment;
    if (!segment.holds) return { ...segment, more: segment.more + 1 };
    return { ...segment, holds: false, brokenAt: verdict.last.seq + 1, why: 'heads-missing' as const };
  });
  return { ...verdict, segments };
};

/** Begins the file anew, within the transaction that says so: from here on it is missed when it goes. */
export const beginHeads = async (house: House, db: Db): Promise<string> => {
  const mac = hmacUnder(house.keys.derive('audit-sink'));
  const at = house.clock().toISOString();
  const file = { id: house.random.id(), keptSeq: 0 };
  await insertHeadsFile(db, { ...file, mac: macOf(mac, file) }, at);
  beginHeadsFile(house.headsFile, mac, { begun: file.id, at });
  return file.id;
};

/** After a pass that found nothing wrong: notes how far the file goes, once the disk has it; begins the first one. */
export const keepHeads = async (house: House, { begun, last }: Trace): Promise<void> => {
  if (begun === null) {
    await housekeep(house, (db) => beginHeads(house, db));
    return;
  }
  syncHeadsFile(house.headsFile);
  const mac = hmacUnder(house.keys.derive('audit-sink'));
  const file = { id: begun, keptSeq: last };
  await housekeep(house, (db) => moveHeadsFile(db, { ...file, mac: macOf(mac, file) }));
};

/**
 * On a machine that is new, or whose DATA_DIR moved: says beforehand that the heads are kept in another file here.
 *
 * @throws AppError `conflict` when the file here is known already.
 */
export const beginHeadsHere = async (house: House): Promise<void> => {
  const heads = headsIn(house.headsFile, hmacUnder(house.keys.derive('audit-sink')));
  for await (const _marks of heads.batches);
  const { begun } = heads.trace();
  if (begun !== null && (await knownFiles(house, house.pool)).has(begun))
    throw new AppError('conflict', 'audit.headsKnown');
  await perform(systemVisit(house, 'cli', []), async (ctx: Ctx) => {
    record(ctx, { type: 'audit.heads-begun', data: { headsId: await beginHeads(house, ctx.db) } });
  });
};

const macOf = (mac: Mac, { id, keptSeq }: { id: string; keptSeq: number }): string =>
  mac(JSON.stringify(['heads-file', id, keptSeq]));
