import { createSocket } from 'node:dgram';
import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { headLine, headsIn } from '../server/audit/heads-file.ts';
import { makeSecondSink, type SecondSink } from '../server/audit/second-sink.ts';
import { hmacUnder } from '../server/core/hmac.ts';
import { actIn } from './support/audited.ts';
import { databases, emptyDatabase } from './support/databases.ts';
import { startServer, type TestServer } from './support/server.ts';

const mac = hmacUnder(Buffer.alloc(32, 1));
const head = (seq: number) => ({ seq, hash: `h${seq}`, at: '2026-11-18T09:00:00.000Z' });
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** The parts of RFC 5424, in its own words; a line that is none throws. */
const parsed = (line: string) => {
  const found =
    /^<(?<pri>\d{1,3})>1 (?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (?<host>[!-~]{1,255}) (?<app>[!-~]{1,48}) (?<proc>[!-~]{1,128}) (?<msgid>[!-~]{1,32}) - (?<msg>.*)$/.exec(
      line,
    )?.groups;
  if (!found) throw new Error('Not RFC 5424.');
  return found as Record<'pri' | 'time' | 'host' | 'app' | 'proc' | 'msgid' | 'msg', string>;
};

const openSink = async (address: string): Promise<{ sink: SecondSink; file: string }> => {
  const database = await emptyDatabase('sqlite');
  const file = join(database.directory, 'heads.jsonl');
  const sink = makeSecondSink(address, file, mac);
  undo.push(database.drop, sink.close);
  return { sink, file };
};

describe('heads sent to a log server', () => {
  test('arrive over UDP as RFC 5424 says, and stand in the file here too', async () => {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    undo.push(() => socket.close());
    const lines: string[] = [];
    const both = new Promise<void>((resolve) =>
      socket.on('message', (message) => void (lines.push(message.toString()) === 2 && resolve())),
    );
    const { sink, file } = await openSink(`syslog://127.0.0.1:${socket.address().port}`);

    sink.write(head(1));
    sink.write({ ...head(2), checkpoint: { rows: 2, segment: 1, signature: 's' } });
    await both;

    const [first, second] = lines.map(parsed);
    expect(first).toMatchObject({ pri: '109', app: 'guichet', msgid: 'head', time: head(1).at });
    expect(second).toMatchObject({ msgid: 'checkpoint' });
    expect(first?.msg).toBe(headLine(mac, head(1)));
    expect(readFileSync(file, 'utf8')).toBe(`${first?.msg}\n${second?.msg}\n`);
  });

  test('arrive over TCP with counted octets, whole and in order, before the process ends', async () => {
    const sockets: Socket[] = [];
    let text = '';
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on('data', (chunk) => (text += String(chunk)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const ended = new Promise<void>((resolve) => server.on('connection', (one) => one.on('end', resolve)));
    undo.push(
      () => server.close(),
      () => sockets.forEach((socket) => socket.destroy()),
    );
    const { sink } = await openSink(`syslog+tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);

    for (let seq = 1; seq <= 50; seq += 1) sink.write(head(seq));
    await sink.close();
    await ended;

    const seqs: number[] = [];
    for (let rest = text; rest.length > 0;) {
      const length = Number(/^\d+/.exec(rest)?.[0]);
      const from = String(length).length + 1;
      seqs.push((JSON.parse(parsed(rest.slice(from, from + length)).msg) as { seq: number }).seq);
      rest = rest.slice(from + length);
    }
    expect(seqs).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
  });

  test('that takes none are kept here once each, a thousand wait, and then the sink is behind', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const { sink, file } = await openSink(`syslog+tcp://127.0.0.1:${port}`);

    for (let seq = 1; seq <= 1_000; seq += 1) sink.write(head(seq));
    const late = head(1_001);

    expect(() => sink.write(late)).toThrow('log server');
    expect(() => sink.write(late)).toThrow('log server');
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(1_001);
  });

  test('come back from a log server with whatever it put before them', async () => {
    const { sink, file } = await openSink('file');
    sink.write(head(1));
    const text = readFileSync(file, 'utf8');
    const { batches } = headsIn(file, mac);
    expect((await batches.next()).value).toMatchObject([{ ...head(1), isOurs: true }]);
    const forged = text.replace('"seq":1', '"seq":2');
    const lines = [
      `<109>1 2026 host guichet 1 head - ${text}`,
      forged,
      '{"seq":3,"hash":"x","at":"t"}\n',
      'x\n',
    ];
    const other = join(file, '..', 'returned');
    writeFileSync(other, lines.join(''));

    expect((await headsIn(other, mac).batches.next()).value).toMatchObject([
      { seq: 1, isOurs: true },
      null,
      { seq: 3, isOurs: false },
      null,
    ]);
  });
});

describe.each(databases)('a file that takes nothing, on %s', (engine) => {
  const putBeside = (server: TestServer, make: (file: string) => void): void => {
    const { headsFile } = server.house;
    renameSync(headsFile, `${headsFile}.aside`);
    make(headsFile);
    undo.push(() => {
      rmSync(headsFile);
      renameSync(`${headsFile}.aside`, headsFile);
    });
  };

  test.each([
    ['full', (file: string) => symlinkSync('/dev/full', file)],
    ['a pipe that nobody reads', (file: string) => void execFileSync('mkfifo', [file])],
  ])('%s: the act is done, the next is refused at once, and neither hangs', async (_what, make) => {
    const server = await startServer(engine);
    undo.push(() => server.stop());
    await actIn(server);
    putBeside(server, make);

    await actIn(server);

    await expect(actIn(server)).rejects.toMatchObject({ code: 'unavailable' });
    expect((await server.anonymous().get('/readyz')).status).toBe(503);
  });
});
