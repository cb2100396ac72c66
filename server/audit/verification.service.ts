import type { Db, House } from '../core/ctx.ts';
import { hmacUnder } from '../core/hmac.ts';
import { hashesAt, hasStrays, listChain, readHead } from './audit.store.ts';
import { makeVerifier, type Place, type Verdict } from './chain-verifier.ts';
import { signatureChecker } from './checkpoint.ts';
import { headsIn, type Trace } from './heads-file.ts';
import { isGone, knownFiles, withoutHeads } from './heads-kept.service.ts';
import { listSegments } from './segments.store.ts';
import type { Verification } from './verification.schema.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Where each committed group's head is written besides the database. */
    headsFile: string;
  }
}

/**
 * How far a pass came: the next one may go on from here. `headsEnd` is a byte of the heads file, `trace` what the file
 * said of itself up to there.
 */
export type Reached = Place & { headsEnd: number; trace: Trace };

export type Pass = {
  /** Heads that came back from elsewhere, instead of this machine's own. */
  headsFile?: string;
  /** Reads only what came after; the row there must be the same as ever. */
  from?: Reached;
  /** A place that this process has seen, whatever the database says now. */
  seen?: Place | null;
  told?: (rows: number, of: number) => void;
};

/** Whether every row still says what was written, in its order, up to the last head known outside. */
export const verifyChain = async (house: House, db: Db, pass: Pass = {}): Promise<Verification> =>
  inWords((await walkChain(house, db, pass)).verdict);

/** The same, with what the next pass and the next segment need. One pass, a batch of rows in memory at a time. */
export const walkChain = async (
  house: House,
  db: Db,
  pass: Pass = {},
): Promise<{ verdict: Verdict; reached: Reached }> => {
  for (let attempt = 1; ; attempt += 1) {
    const segments = await listSegments(db);
    const walked = await walkOnce(house, db, pass, segments);
    // A segment that was opened meanwhile begins where this pass could not know it.
    if (attempt === 3 || (await listSegments(db)).length === segments.length) return walked;
  }
};

const walkOnce = async (
  house: House,
  db: Db,
  { headsFile = house.headsFile, from, seen, told }: Pass,
  segments: Awaited<ReturnType<typeof listSegments>>,
): Promise<{ verdict: Verdict; reached: Reached }> => {
  // All before the rows: what is appended while the rows are read is then never missed.
  const known = await knownFiles(house, db);
  const heads = headsIn(headsFile, hmacUnder(house.keys.derive('audit-sink')), {
    ...(from && { from: from.headsEnd, before: from.trace }),
  });
  const head = await readHead(db);
  const mac = hmacUnder(house.keys.derive('audit-chain'));
  const isSigned = signatureChecker(house.keys);
  const verifier = makeVerifier({ mac, isSigned, segments, head, remembers, ...(from && { from }) });
  if (await hasStrays(db)) verifier.stray();
  let isEnd = false;
  const readOn = async (): Promise<void> => {
    const rows = await listChain(db, verifier.lastSeq(), batch);
    for (const row of rows) verifier.row(row);
    isEnd = rows.length < batch;
    told?.(verifier.lastSeq(), head.seq);
  };

  for await (const marks of heads.batches) {
    const seqs = marks.flatMap((mark) => mark?.seq ?? []);
    const last = Math.max(...seqs);
    while (!isEnd && verifier.lastSeq() < last) await readOn();
    const forgotten = seqs.filter(verifier.hasForgotten);
    const hashes = await hashesAt(db, forgotten);
    for (const mark of marks) verifier.mark(mark, mark ? hashes.get(mark.seq) : undefined);
  }
  while (!isEnd) await readOn();
  if (seen) {
    const hash = (await hashesAt(db, [seen.seq])).get(seen.seq);
    verifier.mark({ ...seen, at: '', isOurs: true }, hash);
  }
  // Rows and head are committed together, so a head read after the rows cannot stand before them.
  const verdict = verifier.end(await readHead(db));
  const trace = heads.trace();
  // Heads that came back from elsewhere carry no beginning of this machine's file.
  const isOurs = headsFile === house.headsFile;
  const isLost = isOurs && (await isGone(house, db, known, { trace, rows: head.seq }));
  const reached = { ...verdict.last, headsEnd: heads.end(), trace };
  return { verdict: isLost ? withoutHeads(verdict) : verdict, reached };
};

const batch = 1_000;
// Heads are read some hundred at a time, and the rows up to the last of them: rarely further back than this. Many
// more of them, each outliving a few collections, would let the heap grow with the chain.
const remembers = 2_048;

/** What is told of a pass that came to its end. */
export const inWords = ({ rows, last, segments }: Verdict): Verification => {
  const broken = segments.find(({ holds }) => !holds);
  return {
    finished: true,
    holds: !broken,
    rows,
    of: last.seq,
    brokenAt: broken?.brokenAt ?? null,
    why: broken?.why ?? null,
    segments,
  };
};
