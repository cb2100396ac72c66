import type { House } from '../core/ctx.ts';
import { tellOfBreaks } from './breaks.service.ts';
import { inWords, walkChain } from './verification.service.ts';
import type { Verification } from './verification.schema.ts';

declare module '../core/ctx.ts' {
  interface House {
    verifications: VerificationDesk;
  }
}

/** Asks for the whole chain to be read: answers what was found, or how far the reading is. */
export type VerificationDesk = () => Promise<Verification>;

/**
 * One reading of the whole chain at a time, which everybody who asks meanwhile shares. Nobody waits longer than
 * `patienceMs`: a chain of millions of rows is read on after the answer, and whoever asks again gets what was found.
 */
export const makeVerificationDesk = (getHouse: () => House, patienceMs = 3_000): VerificationDesk => {
  let running: Promise<Verification> | null = null;
  let state = { rows: 0, of: 0 };

  const read = async (): Promise<Verification> => {
    const house = getHouse();
    const told = (rows: number, of: number): void => void (state = { rows, of });
    const { verdict } = await walkChain(house, house.pool, { told, seen: house.auditWatch.reached });
    await tellOfBreaks(house, verdict);
    return inWords(verdict);
  };

  return async () => {
    if (!running) {
      state = { rows: 0, of: 0 };
      running = read();
      // Whoever still waits hears of it; when nobody does any more, the next one asks anew.
      running.catch(() => void (running = null));
    }
    const found = await Promise.race([running, after(patienceMs)]);
    if (!found) return { finished: false, holds: true, ...state, brokenAt: null, why: null, segments: [] };
    running = null;
    return found;
  };
};

const after = (ms: number): Promise<null> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(null), ms).unref();
  });
