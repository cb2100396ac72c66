import type { IncomingMessage, ServerResponse } from 'node:http';
import ipp from 'ipp-encoder';
import { attributesOf, C, closeServer, listenOn, readHead, type Value } from './ipp-wire.ts';

/** What becomes of a document: accepted, refused with a status, cut off in the middle, or left without an answer. */
export type Outcome = 'accept' | 'break' | 'silence' | { refuse: number };
export type IppJob = { asked: Record<string, unknown[]>; bytes: Buffer };
type Attributes = Record<string, Value | Value[]>;

/** A print server that can do everything well, and everything badly. */
export const startIppServer = async (printerAttributes: Attributes = {}) => {
  const jobs: IppJob[] = [];
  const state = {
    jobs,
    /** Which operations were asked for, in order. */
    operations: [] as number[],
    printer: { ...usual, ...printerAttributes } as Attributes,
    /** Decided for each document, counted from 1. */
    outcome: (_number: number): Outcome => 'accept',
    /** What it says of each job; by its number from 1. */
    jobState: C.JOB_COMPLETED ?? 9,
    completed: [] as Attributes[],
  };
  let documents = 0;

  const printJob = async (head: Head, req: IncomingMessage, res: ServerResponse): Promise<void> => {
    documents += 1;
    const outcome = state.outcome(documents);
    if (outcome === 'break') return void req.socket.destroy();
    if (typeof outcome === 'object') return answer(res, head, outcome.refuse, []);
    const parts = [head.data];
    for await (const part of req) parts.push(part as Buffer);
    if (outcome === 'silence') return;
    jobs.push({ asked: attributesOf(head), bytes: Buffer.concat(parts) });
    const job = { 'job-id': jobs.length, 'job-uri': `ipp://127.0.0.1/${jobs.length}`, 'job-state': 3 };
    answer(res, head, C.SUCCESSFUL_OK ?? 0, [group(C.JOB_ATTRIBUTES_TAG, job)]);
  };

  const { server, port } = await listenOn((req, res) => {
    readHead(req)
      .then(async (head) => {
        state.operations.push(head.operationId);
        const done = (...groups: ipp.Group[]) => answer(res, head, C.SUCCESSFUL_OK ?? 0, groups);
        if (head.operationId === C.PRINT_JOB) return printJob(head, req, res);
        if (head.operationId === C.GET_PRINTER_ATTRIBUTES)
          return done(group(C.PRINTER_ATTRIBUTES_TAG, state.printer));
        if (head.operationId === C.GET_JOBS)
          return done(...state.completed.map((job) => group(C.JOB_ATTRIBUTES_TAG, job)));
        done(group(C.JOB_ATTRIBUTES_TAG, { 'job-state': state.jobState }));
      })
      .catch(() => res.destroy());
  });
  return Object.assign(state, {
    url: `ipp://127.0.0.1:${port}/printers/letters`,
    close: () => closeServer(server),
  });
};

type Head = Awaited<ReturnType<typeof readHead>>;

const usual: Attributes = {
  'printer-is-accepting-jobs': true,
  'document-format-supported': ['application/postscript', 'application/pdf'],
  'copies-supported': 99,
  'sides-supported': ['one-sided', 'two-sided-long-edge'],
  'job-hold-until-supported': ['no-hold', 'indefinite'],
  'job-retain-until-supported': ['none', 'indefinite'],
  'job-retain-until-default': 'indefinite',
  'media-supported': ['iso_a4_210x297mm', 'iso_a3_297x420mm'],
};

const answer = (res: ServerResponse, head: Head, statusCode: number, groups: ipp.Group[]): void => {
  const first = { 'attributes-charset': 'utf-8', 'attributes-natural-language': 'en-us' };
  const bytes = ipp.response.encode({
    statusCode,
    requestId: head.requestId,
    groups: [group(C.OPERATION_ATTRIBUTES_TAG, first), ...groups],
  });
  res.writeHead(200, { 'Content-Type': 'application/ipp', 'Content-Length': bytes.length });
  res.end(bytes);
};

const group = (tag: number | undefined, attributes: Attributes): ipp.Group => ({
  tag: tag ?? 0,
  attributes: Object.entries(attributes).map(([name, value]) => ({ tag: tagOf(name, value), name, value })),
});

const special: Record<string, number | undefined> = {
  'attributes-charset': C.CHARSET,
  'attributes-natural-language': C.NATURAL_LANG,
  'job-state': C.ENUM,
  'job-uri': C.URI,
  'document-format-supported': C.MIME_MEDIA_TYPE,
  'cups-version': C.TEXT_WITHOUT_LANG,
};

const tagOf = (name: string, value: Value | Value[]): number => {
  const [one] = [value].flat();
  if (special[name] !== undefined) return special[name];
  const tags = { boolean: C.BOOLEAN, number: C.INTEGER, string: C.KEYWORD };
  return tags[typeof one as keyof typeof tags] ?? 0;
};
