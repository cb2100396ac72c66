import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import ipp from 'ipp-encoder';

export const C = ipp.CONSTANTS;
export type Value = string | number | boolean;

/** Reads the head of a request as it comes in; the document's bytes are what follows it. */
export const readHead = (req: IncomingMessage): Promise<ReturnType<typeof ipp.request.decode>> =>
  new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const take = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      let head;
      try {
        head = ipp.request.decode(bytes);
      } catch {
        return;
      }
      req.off('data', take).off('end', fail).pause();
      resolve(head);
    };
    const fail = (): void => reject(new Error('This is no IPP request.'));
    req.on('data', take).once('end', fail).once('error', reject);
  });

/** Of all groups together, by name. */
export const attributesOf = (head: Awaited<ReturnType<typeof readHead>>): Record<string, unknown[]> =>
  Object.fromEntries(
    head.groups.flatMap(({ attributes }) => attributes.map(({ name, value }) => [name, value])),
  );

/** A server on a free loopback port, announced to nobody. */
export const listenOn = async (listener: RequestListener): Promise<{ server: Server; port: number }> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
};

export const closeServer = async (server: Server): Promise<void> => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
};
