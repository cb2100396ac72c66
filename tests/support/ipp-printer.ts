import { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import ipp from 'ipp-encoder';
import operations from 'ipp-printer/lib/operations.js';
import Printer from 'ipp-printer/lib/printer.js';
import { C, closeServer, listenOn, readHead } from './ipp-wire.ts';

type Job = Readable & { id: number; name: string; state: number };
type NpmPrinter = EventEmitter & { jobs: Job[]; uri: string };

const byOperation: Record<number, keyof typeof operations> = {
  [C.PRINT_JOB ?? 0]: 'printJob',
  [C.GET_PRINTER_ATTRIBUTES ?? 0]: 'getPrinterAttributes',
  [C.GET_JOBS ?? 0]: 'getJobs',
  [C.GET_JOB_ATTRIBUTES ?? 0]: 'getJobAttributes',
};

/**
 * The printer of the package ipp-printer: its own answers to every operation, behind a server of ours. Its constructor
 * would announce it to the whole network by multicast, which tests must not, so that it is made without.
 */
export const startIppPrinter = async () => {
  const documents: { name: string; bytes: Buffer }[] = [];
  const printer = Object.assign(Object.create(Printer.prototype) as NpmPrinter, {
    _jobId: 0,
    started: 0,
    jobs: [],
    name: 'éditique',
    state: C.PRINTER_IDLE,
  });
  EventEmitter.call(printer);
  printer.on('job', (job: Job) => {
    const parts: Buffer[] = [];
    job.on('data', (part: Buffer) => parts.push(part));
    job.on('end', () => documents.push({ name: job.name, bytes: Buffer.concat(parts) }));
  });

  const { server, port } = await listenOn((req, res) => {
    readHead(req).then(
      (head) => {
        const send = (first?: unknown, second?: unknown) => {
          const statusCode = typeof first === 'number' ? first : (C.SUCCESSFUL_OK ?? 0);
          const groups = [typeof first === 'number' ? second : first].flat().filter(Boolean) as ipp.Group[];
          const bytes = ipp.response.encode({
            statusCode,
            requestId: head.requestId,
            groups: [operationAttributes, ...groups],
          });
          res.writeHead(200, { 'Content-Type': 'application/ipp', 'Content-Length': bytes.length });
          res.end(bytes);
        };
        const name = byOperation[head.operationId];
        if (!name) return send(C.SERVER_ERROR_OPERATION_NOT_SUPPORTED);
        operations[name](printer, Object.assign(req, { _body: head }), Object.assign(res, { send }));
      },
      () => res.destroy(),
    );
  });
  printer.uri = `ipp://127.0.0.1:${port}/`;
  return { url: printer.uri, jobs: printer.jobs, documents, close: () => closeServer(server) };
};

const operationAttributes: ipp.Group = {
  tag: C.OPERATION_ATTRIBUTES_TAG ?? 0,
  attributes: [
    { tag: C.CHARSET ?? 0, name: 'attributes-charset', value: 'utf-8' },
    { tag: C.NATURAL_LANG ?? 0, name: 'attributes-natural-language', value: 'en-us' },
  ],
};
