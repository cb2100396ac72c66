import { once } from 'node:events';
import { request as overHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as overHttps } from 'node:https';
import { printStopped } from '../print-problem.ts';
import type { Document } from './printer.ts';
import { readAnswer, writeRequest, type IppAnswer, type IppRequest } from './ipp-codec.ts';

export type IppAddress = {
  /** `ipp://host:port/path`, without a password. */
  uri: string;
  /** Where it listens. */
  url: URL;
  authorization: string | null;
};

/** Reads `ipp://user:password@host/printers/letters`, or `ipps://…`; both listen on port 631 unless they say so. */
export const readAddress = (text: string): IppAddress => {
  const { protocol, hostname, port, pathname, username, password } = new URL(text);
  const host = `${hostname}:${port || '631'}`;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    uri: `${protocol}//${host}${pathname}`,
    url: new URL(`${protocol === 'ipps:' ? 'https' : 'http'}://${host}${pathname}`),
    authorization: username ? `Basic ${Buffer.from(credentials).toString('base64')}` : null,
  };
};

export type Body = Pick<Document, 'bytes' | 'leaves' | 'halfway'>;

/** An answer is a few kilobytes; a list of media a few more. */
const longestAnswer = 1_000_000;

/**
 * Asks a printer, and sends a document with it. A line that stands still for `timeoutMs` is given up: a printer may
 * take its time over a document as long as it goes on taking it.
 *
 * @throws AppError `lots.problems.unreachable`, `.timedOut` or `.notPrinter`; the signal's reason when aborted.
 */
export const askPrinter = async (
  { url, authorization }: IppAddress,
  asked: Omit<IppRequest, 'uri'> & { uri: string },
  { timeoutMs, signal, body }: { timeoutMs: number; signal?: AbortSignal; body?: Body },
): Promise<IppAnswer> => {
  const head = writeRequest(asked);
  const request = (url.protocol === 'https:' ? overHttps : overHttp)(url, {
    method: 'POST',
    agent: false,
    headers: {
      'Content-Type': 'application/ipp',
      'Content-Length': head.length + (body?.bytes.length ?? 0),
      ...(authorization && { Authorization: authorization }),
    },
  });
  request.setTimeout(timeoutMs, () => request.destroy(printStopped('timedOut')));
  const abort = () => request.destroy(signal?.reason as Error);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    signal?.throwIfAborted();
    return readBytes(await exchange(request, head, body));
  } finally {
    signal?.removeEventListener('abort', abort);
    request.destroy();
  }
};

/** A printer may refuse before it has heard everything: its answer counts, not the line that it then closes. */
const exchange = (request: ClientRequest, head: Uint8Array, body?: Body): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    let hasAnswered = false;
    request.on('error', (error) => {
      if (!hasAnswered) reject(isOurs(error) ? error : printStopped('unreachable', error));
    });
    request.on('response', (response) => {
      hasAnswered = true;
      collect(response).then(resolve, reject);
    });
    send(request, head, body).catch((error: unknown) => {
      request.destroy();
      reject(error);
    });
  });

const send = async (request: ClientRequest, head: Uint8Array, body?: Body): Promise<void> => {
  if (!body) return void request.end(head);
  const half = body.bytes.length >> 1;
  request.write(head);
  body.leaves();
  await written(request, body.bytes.subarray(0, half));
  await body.halfway();
  if (request.destroyed) return;
  request.end(body.bytes.subarray(half));
};

const written = async (request: ClientRequest, bytes: Uint8Array): Promise<void> => {
  if (request.write(bytes) || request.destroyed) return;
  const over = new AbortController();
  const until = (event: string) => once(request, event, { signal: over.signal }).catch(() => undefined);
  await Promise.race([until('drain'), until('close'), until('response')]);
  over.abort();
};

const collect = async (response: IncomingMessage): Promise<Uint8Array> => {
  if (response.statusCode !== 200) throw printStopped('notPrinter', { status: response.statusCode });
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of response as AsyncIterable<Uint8Array>) {
      parts.push(part);
      length += part.length;
      if (length > longestAnswer) throw printStopped('notPrinter');
    }
  } catch (error) {
    throw isOurs(error) ? error : printStopped('unreachable', error);
  }
  return Buffer.concat(parts);
};

const readBytes = (bytes: Uint8Array): IppAnswer => {
  try {
    return readAnswer(bytes);
  } catch (cause) {
    throw printStopped('notPrinter', cause);
  }
};

const isOurs = (error: unknown): boolean => error instanceof Error && error.name === 'AppError';
