import type { House } from '../core/ctx.ts';
import { housekeep } from '../core/perform.ts';
import { endAbandoned } from './abandoned.service.ts';
import { applyImport, ClaimLost, clearLines, type Pace } from './apply.ts';
import { listLeftovers } from './import-lines.store.ts';
import * as store from './imports.store.ts';
import type { ImportRow } from './imports.store.ts';
import { leaseFrom, leaseSeconds } from './lease.ts';

type AtWork = { done: Promise<void>; isStopping: boolean; again?: NodeJS.Timeout };

const atWork = new WeakMap<House, AtWork>();

/**
 * Applies every import that waits for it, the unfinished ones of a process that died included, then removes what
 * ended imports have left. Resolves when nothing is left that this process may do. Call it at start.
 */
export const runImports = (house: House, pace: Pace = {}): Promise<void> => {
  const before = atWork.get(house);
  const work: AtWork = { done: Promise.resolve(), isStopping: false };
  if (before?.again) clearTimeout(before.again);
  const mustStop = () => work.isStopping || pace.mustStop?.() === true;
  work.done = (before?.done ?? Promise.resolve())
    .catch(() => undefined)
    .then(() => runAll(house, { ...pace, mustStop }))
    .then((isLeft) => {
      // Another process has it: if that one dies, its lease ends.
      if (isLeft && !work.isStopping) work.again = wakeLater(house);
    });
  atWork.set(house, work);
  return work.done;
};

/** The same in the background. What goes wrong is logged without values and tried again at the next start. */
export const wakeImports = (house: House, pace: Pace = {}): void => {
  runImports(house, pace).catch((error: unknown) => {
    const { name, code } = (error ?? {}) as { name?: string; code?: string };
    house.log.error({ err: { name, code } }, 'an import stopped; it goes on at the next start');
  });
};

/** Ends the work after the step it is at. Call it before the pool is closed. */
export const stopImports = async (house: House): Promise<void> => {
  const work = atWork.get(house);
  if (!work) return;
  work.isStopping = true;
  clearTimeout(work.again);
  await work.done.catch(() => undefined);
};

const wakeLater = (house: House): NodeJS.Timeout => {
  const timer = setTimeout(() => wakeImports(house), leaseSeconds * 1_000);
  timer.unref();
  return timer;
};

/** True when imports are left that somebody else is at. */
const runAll = async (house: House, pace: Pace): Promise<boolean> => {
  await endAbandoned(house);
  for (;;) {
    const waiting = firstOfEach(await store.listApplying(house.pool));
    let worked = false;
    for (const row of waiting) {
      if (pace.mustStop?.()) return false;
      const claimed = await housekeep(house, (db, now) =>
        store.claimImport(db, row.id, now.toISOString(), leaseFrom(now)),
      );
      if (!claimed) continue;
      worked = true;
      await applyImport(house, claimed, pace).catch((error: unknown) => {
        if (!(error instanceof ClaimLost)) throw error;
      });
    }
    if (!worked) {
      for (const id of await listLeftovers(house.pool)) await clearLines(house, id);
      return waiting.length > 0;
    }
  }
};

/** Files of one organisation are applied in the order in which they came. */
const firstOfEach = (rows: ImportRow[]): ImportRow[] =>
  rows.filter((row, at) => rows.findIndex((other) => other.organisation_id === row.organisation_id) === at);
