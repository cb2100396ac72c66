import { createHash } from 'node:crypto';
import { AppError } from '../../core/errors.ts';
import { printStopped } from '../print-problem.ts';
import { askPrinter, readAddress, type Body, type IppAddress } from './ipp-client.ts';
import { valuesOf, type IppAnswer, type IppGroup, type IppRequest } from './ipp-codec.ts';
import { keepsCopies, troublesOf } from './ipp-keeping.ts';
import type { Document, Printer } from './printer.ts';

/** How long a line to a printer may stand still. */
const usualTimeoutMs = 60_000;

/** A printer or a print server that speaks IPP: each bundle is a job, delivered once the printer has accepted it. */
export const openIppPrinter = (url: string, timeoutMs = usualTimeoutMs): Printer => {
  const address = readAddress(url);
  const ask = asking(address, timeoutMs);
  return {
    kind: 'ipp',
    isEncrypted: address.url.protocol === 'https:',
    deliver: async (document, signal) => {
      const able = await printerOf(ask, signal);
      if (able['printer-is-accepting-jobs'] === false) throw printStopped('notAccepting');
      if (!valuesOf(able, 'document-format-supported').includes(pdf)) throw printStopped('noPdf');
      if (keepsCopies(able)) throw printStopped('keepsCopies');
      const jobId = await printJob(ask, able, document, signal);
      return { file: `job-${jobId}`, sha256: createHash('sha256').update(document.bytes).digest('hex') };
    },
    tidy: async () => undefined,
    complete: async () => undefined,
    failureOf: async (file) => {
      const about = { 'job-id': Number(file.slice('job-'.length)), 'requested-attributes': ['job-state'] };
      const { jobs } = await ask({ operation: 'Get-Job-Attributes', about });
      const state = jobs[0]?.['job-state'];
      return state === 'aborted' || state === 'canceled' ? state : null;
    },
    examine: async () => {
      try {
        return await troublesOf(await printerOf(ask), pdf, () => completedJobs(ask));
      } catch (error) {
        if (error instanceof AppError) return [{ words: error.words }];
        throw error;
      }
    },
  };
};

type Ask = (
  request: Omit<IppRequest, 'uri'>,
  more?: { signal?: AbortSignal; body?: Body },
) => Promise<IppAnswer>;

const asking =
  (address: IppAddress, timeoutMs: number): Ask =>
  (request, more = {}) =>
    askPrinter(
      address,
      { ...request, uri: address.uri, about: { ...who, ...request.about } },
      { timeoutMs, ...more },
    );

// The same for every operator: whose name stands on the printer's page of jobs is nobody's business there.
const who = { 'requesting-user-name': 'guichet' };
const pdf = 'application/pdf';

/**
 * What a job of ours asks for, where the printer knows it: one copy, now, kept nowhere, each letter on a sheet of its
 * own, no banner, and an address that stays where the envelope's window is.
 */
const wanted: [name: string, value: string | number][] = [
  ['copies', 1],
  ['job-hold-until', 'no-hold'],
  // PWG 5100.7-2023, 6.9.
  ['job-retain-until', 'none'],
  ['job-sheets', 'none'],
  ['sides', 'one-sided'],
  ['print-scaling', 'none'],
  ['media', 'iso_a4_210x297mm'],
];

const asked = [
  'printer-is-accepting-jobs',
  'document-format-supported',
  'job-retain-until-default',
  'cups-version',
  'printer-error-policy',
  ...wanted.map(([name]) => `${name}-supported`),
];

const printerOf = async (ask: Ask, signal?: AbortSignal): Promise<IppGroup> => {
  const about = { 'requested-attributes': asked };
  const answer = await ask({ operation: 'Get-Printer-Attributes', about }, { signal });
  if (!answer.isDone) throw printStopped('refused', { status: answer.status });
  return answer.printer;
};

const printJob = async (
  ask: Ask,
  able: IppGroup,
  document: Document,
  signal: AbortSignal,
): Promise<number> => {
  const job = Object.fromEntries(wanted.filter(([name, value]) => isAble(able, name, value)));
  const about = {
    'job-name': document.name,
    // Only what it supports is asked for, so it may as well refuse what it cannot do.
    'ipp-attribute-fidelity': true,
    'document-format': pdf,
  };
  const answer = await ask({ operation: 'Print-Job', about, job }, { signal, body: document });
  const accepted = answer.jobs[0] ?? {};
  const jobId = accepted['job-id'];
  const isLost = ['aborted', 'canceled'].includes(String(accepted['job-state']));
  if (!answer.isDone || typeof jobId !== 'number' || isLost) {
    throw printStopped(answer.status.endsWith('not-accepting-jobs') ? 'notAccepting' : 'refused', {
      status: answer.status,
    });
  }
  return jobId;
};

const isAble = (able: IppGroup, name: string, value: string | number): boolean => {
  const supported = valuesOf(able, `${name}-supported`);
  return typeof value === 'number' ? supported.length > 0 : supported.includes(value);
};

/** The last jobs that the printer remembers having finished. */
const completedJobs = async (ask: Ask): Promise<IppGroup[]> => {
  const about = {
    'which-jobs': 'completed',
    limit: 20,
    'requested-attributes': ['job-id', 'job-state', 'job-preserved'],
  };
  const { isDone, jobs, status } = await ask({ operation: 'Get-Jobs', about });
  if (!isDone) throw printStopped('refused', { status });
  return jobs;
};
