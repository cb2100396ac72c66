import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { DrawingAnswer, DrawingRequest } from './drawing.worker.ts';
import type { Form, FormsInfo } from './forms.ts';
import type { Refusal } from './sheet-content.ts';
import type { DrawnBundle, LotToDraw, SheetToDraw, SpecimenToDraw } from './sheet-to-draw.ts';

/** Sheets that are drawn, committed and counted together (DOMAIN, "Letters, lots, promises"). */
export const bundleSize = 250;

/** One document being drawn. After `finish`, `abort` or a failure nothing more can be asked of it. */
export type Drawing = {
  /** At most `bundleSize` sheets; the bytes follow those of the bundle before. */
  draw: (sheets: SheetToDraw[]) => Promise<DrawnBundle>;
  finish: () => Promise<Uint8Array>;
  abort: () => Promise<void>;
};

export type DrawingDesk = {
  open: (lot: LotToDraw) => Promise<Drawing>;
  /** What the print room signs on paper, as one document. */
  forms: (forms: Form[], info: FormsInfo) => Promise<Uint8Array>;
  /** A letter of nobody's without a secret, drawn as letters are; or why it cannot be drawn. */
  specimen: (lot: LotToDraw, specimen: SpecimenToDraw, withWindow: boolean) => Promise<Uint8Array | Refusal>;
  /** A sheet to try paper, printer, envelope and scanner with; or why it cannot be drawn. */
  calibration: (lot: LotToDraw) => Promise<Uint8Array | Refusal>;
  close: () => Promise<void>;
};

/**
 * Draws letters on a thread of its own, so that the event loop stays free. The thread starts with the first
 * document and serves all; when it stops, every open drawing fails and the next document starts another.
 */
export const makeDrawingDesk = (fontsDirectory: string): DrawingDesk => {
  let thread: Thread | null = null;
  let documents = 0;
  const running = (): Thread => {
    if (!thread?.isAlive()) thread = startThread(fontsDirectory);
    return thread;
  };

  return {
    open: async (lot) => {
      const { ask } = running();
      documents += 1;
      const document = documents;
      await ask({ call: 'open', document, lot });
      return {
        draw: async (sheets) => {
          if (sheets.length > bundleSize)
            throw new RangeError(`A bundle holds at most ${bundleSize} sheets.`);
          const value = await ask({ call: 'draw', document, sheets });
          if (!value || !('drawn' in value)) throw outOfTurn();
          return value;
        },
        finish: async () => {
          const value = await ask({ call: 'finish', document });
          if (!(value instanceof Uint8Array)) throw new Error('This document is closed.');
          return value;
        },
        abort: async () => {
          await ask({ call: 'abort', document });
        },
      };
    },
    forms: async (forms, info) => {
      const value = await running().ask({ call: 'forms', document: 0, forms, info });
      if (!(value instanceof Uint8Array)) throw outOfTurn();
      return value;
    },
    specimen: async (lot, specimen, withWindow) => {
      const value = await running().ask({ call: 'specimen', document: 0, lot, specimen, withWindow });
      if (!value || 'drawn' in value) throw outOfTurn();
      return value;
    },
    calibration: async (lot) => {
      const value = await running().ask({ call: 'calibration', document: 0, lot });
      if (!value || 'drawn' in value) throw outOfTurn();
      return value;
    },
    close: async () => {
      await thread?.stop();
      thread = null;
    },
  };
};

const outOfTurn = (): Error => new Error('The drawing thread answered out of turn.');

type Value = Extract<DrawingAnswer, { ok: true }>['value'];
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;
type Ask = (request: WithoutId<DrawingRequest>) => Promise<Value>;
type Thread = { ask: Ask; isAlive: () => boolean; stop: () => Promise<void> };
type Waiting = { resolve: (value: Value) => void; reject: (error: Error) => void };

const startThread = (fontsDirectory: string): Thread => {
  const worker = startWorker({ fontsDirectory });
  const waiting = new Map<number, Waiting>();
  let alive = true;
  let asked = 0;

  const end = (cause?: Error): void => {
    alive = false;
    for (const { reject } of waiting.values()) reject(new Error('The drawing thread stopped.', { cause }));
    waiting.clear();
  };
  worker.on('message', (answer: DrawingAnswer) => {
    const asker = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if (answer.ok) asker?.resolve(answer.value);
    else asker?.reject(new Error(answer.message));
  });
  worker.on('error', end);
  worker.on('exit', () => end());
  worker.unref();

  const ask: Ask = (request) =>
    new Promise((resolve, reject) => {
      if (!alive) return reject(new Error('The drawing thread stopped.'));
      asked += 1;
      waiting.set(asked, { resolve, reject });
      // An idle thread must not keep the process from ending; one that still owes an answer must.
      worker.ref();
      worker.postMessage({ ...request, id: asked });
    });
  const stop = async (): Promise<void> => {
    await worker.terminate();
  };
  return { ask, isAlive: () => alive, stop };
};

// What a page needs is thrown away at once: a small space for it keeps the process small, at no cost of time.
const resourceLimits = { maxYoungGenerationSizeMb: 16 };

const startWorker = (workerData: object): Worker => {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./drawing.worker.js', import.meta.url), { workerData, resourceLimits });
  }
  // Node 20 reads no TypeScript, and tsx given with --import does not register in a worker: its API does. The
  // path that `require` finds is the one for CommonJS, which looks for its own loader in the wrong place.
  const file = new URL('./drawing.worker.ts', import.meta.url).href;
  const api = createRequire(file)
    .resolve('tsx/esm/api')
    .replace(/\.cjs$/, '.mjs');
  const code = `import('${pathToFileURL(api).href}').then(({ register }) => { register(); return import('${file}'); })`;
  return new Worker(code, { workerData, resourceLimits, eval: true, execArgv: [] });
};
