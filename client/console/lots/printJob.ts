import { useSyncExternalStore } from 'react';
import { printLot } from './printStream.ts';

/**
 * The document of a lot, being printed or just printed. It lives outside the screens: leaving a lot's page must not
 * lose a document that can never be made again. It stays in this tab's memory only, for the one who printed it.
 */
export type PrintJob = {
  agentId: string;
  state: 'running' | 'ready' | 'refused' | 'waste';
  bytes: number;
  /** The document's address within this tab, once ready. */
  url: string | null;
  /** Opened or saved at least once. */
  isTaken: boolean;
  error: unknown;
};

const jobs = new Map<string, PrintJob>();
const listeners = new Set<() => void>();

export const usePrintJob = (lotId: string, agentId: string): PrintJob | null => {
  const job = useSyncExternalStore(subscribe, () => jobs.get(lotId));
  return job?.agentId === agentId ? job : null;
};

export const startPrint = async (lotId: string, agentId: string, onEnd: () => void): Promise<void> => {
  forgetPrint(lotId);
  put(lotId, { agentId, state: 'running', bytes: 0, url: null, isTaken: false, error: null });
  const printed = await printLot(lotId, (bytes) => change(lotId, { bytes }));
  if (printed.outcome === 'ready') {
    change(lotId, { state: 'ready', url: URL.createObjectURL(printed.pdf) });
  } else {
    change(lotId, { state: printed.outcome, error: printed.error });
  }
  onEnd();
};

export const takePrint = (lotId: string): void => change(lotId, { isTaken: true });

/** Once counted: nothing of the document stays here. */
export const forgetPrint = (lotId: string): void => {
  const url = jobs.get(lotId)?.url;
  if (url) URL.revokeObjectURL(url);
  jobs.delete(lotId);
  tell();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const change = (lotId: string, part: Partial<PrintJob>): void => {
  const job = jobs.get(lotId);
  if (job) put(lotId, { ...job, ...part });
};

const put = (lotId: string, job: PrintJob): void => {
  jobs.set(lotId, job);
  tell();
};

const tell = (): void => {
  // On every screen, not only on the lot's: closing the tab would lose the document.
  const isAtRisk = [...jobs.values()].some(
    ({ state, isTaken }) => state === 'running' || (state === 'ready' && !isTaken),
  );
  if (isAtRisk) window.addEventListener('beforeunload', ask);
  else window.removeEventListener('beforeunload', ask);
  for (const listener of listeners) listener();
};

const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
