import type { Ctx, Db, House } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { hmacUnder, type Mac } from '../core/hmac.ts';
import { housekeep, perform, systemVisit } from '../core/perform.ts';
import type { Verdict } from './chain-verifier.ts';
import { beginHeadsFile, headsIn, syncHeadsFile, type Trace } from './heads-file.ts';
import { insertHeadsFile, listHeadsFiles, moveHeadsFile } from './heads-kept.store.ts';
import { keptData } from './kept-events.service.ts';
import { record } from './record.ts';
import { listSegments } from './segments.store.ts';

/**
 * What is known of the files that keep the heads, by the id in the file's own line of beginning. `until`: up to which
 * row each does; an id whose row our key did not write is known to keep everything: no file does. `said`: those of
 * which the chain itself says that they began, so that what the database knows cannot be taken away with the file.
 */
export type KnownFiles = { until: ReadonlyMap<string, number>; said: readonly string[] };

export const knownFiles = async (house: House, db: Db): Promise<KnownFiles> => {
  const mac = hmacUnder(house.keys.derive('audit-sink'));
  // In this order: what is said of a file is committed together with its row. A new segment begins its own.
  const from = (await listSegments(db)).at(-1)?.fromSeq;
  const asked = { types: ['audit.heads-begun'], limit: mostSaid, ...(from && { from }) } as const;
  const said = await keptData<{ headsId: string }>(house, db, asked);
  const files = await listHeadsFiles(db);
  return {
    until: new Map(files.map((file) => [file.id, file.mac === macOf(mac, file) ? file.keptSeq : Infinity])),
    said: said.map(({ headsId }) => headsId),
  };
};

// A file for each machine, said again once a retention: more than any installation has.
const mostSaid = 1_000;

/**
 * Whether the file beside the database is not the one that was kept: empty although there are rows, begun by nobody
 * that the database knows, or older than what it is known to have held. A first beginning of which the database
 * knows nothing was cut off before its commit: it is begun again.
 */
const isMissing = ({ until, said }: KnownFiles, { begun, last }: Trace, rows: number): boolean => {
  if (said.some((id) => !until.has(id))) return true;
  if (until.size === 0) return last === 0 && rows > 0;
  const kept = begun === null ? undefined : until.get(begun);
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
  if (begun === null || known.until.has(begun)) return true;
  const now = await knownFiles(house, db);
  return isMissing({ ...now, said: known.said }, trace, rows);
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

/** Begins the file anew and says so in the chain: from here on it is missed when it goes. */
export const beginHeads = async (ctx: Ctx): Promise<void> => {
  const { house, db } = ctx;
  const mac = hmacUnder(house.keys.derive('audit-sink'));
  const at = ctx.now.toISOString();
  const file = { id: ctx.newId(), keptSeq: 0 };
  await insertHeadsFile(db, { ...file, mac: macOf(mac, file) }, at);
  record(ctx, { type: 'audit.heads-begun', data: { headsId: file.id } });
  beginHeadsFile(house.headsFile, mac, { begun: file.id, at });
};

/**
 * After a pass that found nothing wrong: notes how far the file goes, once the disk has it; begins the first one. What
 * the chain does not say of it, or no longer since its age was reached, is said.
 */
export const keepHeads = async (house: House, { begun, last }: Trace): Promise<void> => {
  const { until, said } = await knownFiles(house, house.pool);
  const visit = systemVisit(house, 'audit', []);
  if (begun === null || !until.has(begun)) return perform(visit, beginHeads);
  syncHeadsFile(house.headsFile);
  const mac = hmacUnder(house.keys.derive('audit-sink'));
  const file = { id: begun, keptSeq: last };
  await housekeep(house, (db) => moveHeadsFile(db, { ...file, mac: macOf(mac, file) }));
  if (said.includes(begun)) return;
  await perform(visit, async (ctx) => record(ctx, { type: 'audit.heads-begun', data: { headsId: begun } }));
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
  if (begun !== null && (await knownFiles(house, house.pool)).until.has(begun))
    throw new AppError('conflict', 'audit.headsKnown');
  await perform(systemVisit(house, 'cli', []), beginHeads);
};

const macOf = (mac: Mac, { id, keptSeq }: { id: string; keptSeq: number }): string =>
  mac(JSON.stringify(['heads-file', id, keptSeq]));
