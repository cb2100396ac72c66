import { printStopped } from './print-problem.ts';

declare module '../core/ctx.ts' {
  interface House {
    printRuns: PrintRuns;
  }
}

/** What this process is printing now. */
export type PrintRuns = {
  /** Counts a print until it has ended, however it ends. */
  follow: (run: Promise<unknown>) => void;
  /** The server stops: no print begins another bundle. */
  isStopping: () => boolean;
  /** Aborted when a stopping server has no patience left. */
  signal: AbortSignal;
  /** Resolves once nothing is being printed. */
  idle: () => Promise<void>;
  stop: () => Promise<void>;
};

/** Stopping lets the bundle under way come to its end, for `patienceMs` at most. */
export const makePrintRuns = (patienceMs = 5_000): PrintRuns => {
  const runs = new Set<Promise<unknown>>();
  const impatience = new AbortController();
  let stopping = false;
  const idle = async (): Promise<void> => {
    while (runs.size > 0) await Promise.allSettled(runs);
  };

  return {
    follow: (run) => {
      runs.add(run);
      void run.catch(() => undefined).finally(() => runs.delete(run));
    },
    isStopping: () => stopping,
    signal: impatience.signal,
    idle,
    stop: async () => {
      stopping = true;
      const timer = setTimeout(() => impatience.abort(printStopped('shutdown')), patienceMs);
      await idle();
      clearTimeout(timer);
    },
  };
};
