import { mkdtempSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen } from './loopback.ts';

/** `hang` has the message and never answers; `twice` answers two times on one connection. */
export type HttpBehaviour = 'accept' | 'hang' | 'twice' | number;
type Question = { state?: string; status?: number };

/** A fake of an operator's HTTP gateway in the default shape; it keeps what it took by Idempotency-Key. */
export const startSmsHttp = async () => {
  const received: {
    to: string;
    from: string;
    text: string;
    reference: string;
    headers: IncomingMessage['headers'];
  }[] = [];
  const states = new Map<string, Question>();
  let behaviour: HttpBehaviour = 'accept';
  let lastId = 0;

  const take = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (req.method === 'GET') {
      const { state, status = state ? 200 : 404 } = states.get(req.url?.split('/').at(-1) ?? '') ?? {};
      return void res.writeHead(status).end(JSON.stringify({ id: 'op-asked', status: state }));
    }
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    if (typeof behaviour === 'number') return void res.writeHead(behaviour).end('{}');
    received.push({ ...JSON.parse(Buffer.concat(chunks).toString()), headers: req.headers });
    if (behaviour === 'hang') return;
    const body = JSON.stringify({ id: `op-${(lastId += 1)}` });
    res.end(body);
    if (behaviour === 'twice')
      req.socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
  };
  const open = (port?: number) =>
    listen(
      createServer((req, res) => void take(req, res)),
      port,
    );
  let running = await open();
  const { port } = running;
  const directory = mkdtempSync(join(tmpdir(), 'guichet-sms-'));
  return {
    /** For the file that describes it. */
    directory,
    url: `http://guichet:sesame@127.0.0.1:${port}/sms`,
    received,
    behave: (next: HttpBehaviour) => void (behaviour = next),
    /** What it says when asked about our reference `<id>-<attempt>`; 404 while nothing is set. */
    state: (reference: string, answer: Question) => void states.set(reference, answer),
    /** The gateway's own reference of the message it takes next. */
    nextId: () => `op-${lastId + 1}`,
    stop: () => running.stop(),
    start: async () => void (running = await open(port)),
  };
};
export type SmsHttpGateway = Awaited<ReturnType<typeof startSmsHttp>>;
