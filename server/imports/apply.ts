import { isDeskAttended } from '../agents/presence.service.ts';
import { record } from '../audit/record.ts';
import { addDays, parisDay } from '../core/calendar.ts';
import type { House, Visit } from '../core/ctx.ts';
import { housekeep, perform, systemVisit } from '../core/perform.ts';
import { endContracts, walkMembers, type Step } from '../members/intake.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { walkFacts, type FactKey } from '../verifications/facts.service.ts';
import { applyCompanies } from './apply-companies.ts';
import { applyMembers } from './apply-members.ts';
import { applyProofs, dropFacts } from './apply-proofs.ts';
import { absentFrom, membersAtOnce } from './brake.ts';
import { deleteLines, listLines } from './import-lines.store.ts';
import * as store from './imports.store.ts';
import type { Counts, ImportRow } from './imports.store.ts';
import { leaseFrom } from './lease.ts';

/** Somebody else goes on with this import: nothing of the step was kept. */
export class ClaimLost extends Error {}

export type Progress = { importId: string; linesDone: number; linesRead: number };
export type Pace = {
  onProgress?: (progress: Progress) => void;
  /** Asked between two steps; the work is then given back. */
  mustStop?: () => boolean;
  /** The agents' server is another process, which waits for SQLite's lock by asking again and again. */
  isGuest?: boolean;
};

/** A step's time in the database: agents wait for one at most. With nobody at the desk it may be longer. */
const stepMsAttended = 25;
const attended = { stepMs: stepMsAttended, mostLines: 200 };
const unattended = { stepMs: 400, mostLines: 1_000 };
const fewestLines = 20;
const attendanceMs = 500;
const guestGapMs = 60;
const closedAtOnce = 200;

/**
 * Applies a claimed import from where it stands, one short transaction after the other, to its end.
 *
 * @throws ClaimLost when another process has taken it over.
 */
export const applyImport = async (house: House, claimed: ImportRow, pace: Pace = {}): Promise<void> => {
  const visit = systemVisit(house, 'imports', [claimed.organisation_id]);
  let row = claimed;
  const settle = makePacing(house, pace);
  let linesDone = 0;
  let size = 50;
  for (;;) {
    if (pace.mustStop?.()) return giveBack(house, row);
    const lines = await listLines(house.pool, row.id, row.applied_line, size);
    if (lines.length === 0) break;
    const began = performance.now();
    row = await applyStep(visit, row, lines);
    const took = performance.now() - began;
    linesDone += lines.length;
    pace.onProgress?.({ importId: row.id, linesDone, linesRead: row.lines_read });
    size = await settle(size, took);
  }
  if (row.extent === 'complete' && !(await endings[row.content](visit, row, pace))) {
    return giveBack(house, row);
  }
  await finish(visit, row);
  await clearLines(house, row.id);
};

/** Removes the staged lines of an import that has ended. */
export const clearLines = async (house: House, importId: string): Promise<void> => {
  while (await housekeep(house, (db) => deleteLines(db, importId, 200))) await pause(0);
};

const applyStep = (
  visit: Visit,
  row: ImportRow,
  lines: Awaited<ReturnType<typeof listLines>>,
): Promise<ImportRow> =>
  step(visit, row, lines.at(-1)?.line ?? row.applied_line, async (ctx) => {
    if (row.content === 'companies') return applyCompanies(ctx, row, lines);
    const apply = row.content === 'members' ? applyMembers : applyProofs;
    return apply(ctx, policyOf(ctx.house, row.organisation_id), row, lines);
  });

/** One transaction: the claim held first, the counts and the audit row last. */
const step = (
  visit: Visit,
  row: ImportRow,
  appliedLine: number,
  work: (ctx: Parameters<Parameters<typeof perform>[1]>[0]) => Promise<Counts>,
): Promise<ImportRow> =>
  perform(visit, async (ctx) => {
    const leaseUntil = leaseFrom(ctx.now);
    if (!(await store.holdClaim(ctx.db, row, leaseUntil))) throw new ClaimLost();
    const counts = await work(ctx);
    if (!(await store.noteStep(ctx.db, row, { appliedLine, counts, leaseUntil }))) throw new ClaimLost();
    record(ctx, {
      type: 'import.step-applied',
      organisationId: row.organisation_id,
      data: { importId: row.id, fromLine: row.applied_line, toLine: appliedLine },
    });
    return { ...row, applied_line: appliedLine };
  });

/** Members whom a complete file does not name leave on the day before. False when asked to stop. */
const closeAbsent = async (visit: Visit, row: ImportRow, pace: Pace): Promise<boolean> => {
  const { house } = visit;
  for (let after: Step | null = null; ;) {
    if (pace.mustStop?.()) return false;
    const walked = await walkMembers(house.pool, row.organisation_id, after, membersAtOnce);
    after = walked.at(-1) ?? null;
    if (!after) return true;
    const absent = await absentFrom(house, house.pool, row, walked);
    for (let from = 0; from < absent.length; from += closedAtOnce) {
      const ids = absent.slice(from, from + closedAtOnce).map(({ id }) => id);
      await step(visit, row, row.applied_line, async (ctx) => {
        await endContracts(ctx.db, ids, addDays(parisDay(ctx.now), -1));
        return { closed: ids.length };
      });
      await pause(0);
    }
  }
};

/** Facts that a complete file does not name are taken away. False when asked to stop. */
const dropAbsentFacts = async (visit: Visit, row: ImportRow, pace: Pace): Promise<boolean> => {
  for (let after: FactKey | null = null; ;) {
    if (pace.mustStop?.()) return false;
    const walked = await walkFacts(visit.house.pool, row.organisation_id, after, membersAtOnce);
    after = walked.at(-1) ?? null;
    if (!after) return true;
    const absent = walked.filter(({ import_id }) => import_id !== row.id);
    for (let from = 0; from < absent.length; from += closedAtOnce) {
      const some = absent.slice(from, from + closedAtOnce);
      await step(visit, row, row.applied_line, (ctx) => dropFacts(ctx, row, some));
      await pause(0);
    }
  }
};

/** What a complete file does besides its lines. */
const endings = { members: closeAbsent, companies: async () => true, proofs: dropAbsentFacts };

const finish = (visit: Visit, { id }: ImportRow): Promise<void> =>
  perform(visit, async (ctx) => {
    const moved = await store.moveImport(
      ctx.db,
      { id, from: 'applying' },
      { state: 'done', state_at: ctx.now.toISOString(), lease_until: null },
    );
    const row = await store.findImport(ctx.db, ctx.scope, id);
    if (!moved || !row) throw new ClaimLost();
    const { accepted, updated, unchanged, rejected, duplicate, closed } = row;
    record(ctx, {
      type: 'import.applied',
      organisationId: row.organisation_id,
      data: { importId: id, accepted, updated, unchanged, rejected, duplicate, closed },
    });
  });

const giveBack = (house: House, row: ImportRow): Promise<void> =>
  housekeep(house, (db) => store.releaseImport(db, row));

/** Leaves the connection to others after a step, and says how many lines the next one takes. */
const makePacing = (
  house: House,
  { isGuest = false }: Pace,
): ((size: number, tookMs: number) => Promise<number>) => {
  let isAttended = true;
  let askedAt = -Infinity;
  return async (size, tookMs) => {
    if (performance.now() - askedAt > attendanceMs) {
      isAttended = await isDeskAttended({ db: house.pool, now: house.clock() });
      askedAt = performance.now();
    }
    // Asking every 50 ms or so, the other process must find the lock free at least half of the time.
    const gap = isGuest ? Math.max(guestGapMs, tookMs) : Math.min(stepMsAttended, tookMs) / 2;
    await pause(isAttended ? gap : 0);
    const { stepMs, mostLines } = isAttended ? attended : unattended;
    const fitting = Math.floor(size * Math.min(2, stepMs / Math.max(1, tookMs)));
    return Math.max(fewestLines, Math.min(mostLines, fitting));
  };
};

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => (ms > 0 ? void setTimeout(resolve, ms) : void setImmediate(resolve)));
