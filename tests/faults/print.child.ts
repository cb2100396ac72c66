import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import pino from 'pino';
import { makeApp } from '../../server/app.ts';
import { readEnv } from '../../server/env.ts';
import { openHouse } from '../../server/house.ts';
import type { DrawingDesk } from '../../server/letters/drawing-desk.ts';
import type { FailPoint } from '../../server/letters/fail-points.ts';

/** A server process over the database of a test, which comes to its end where it is told to. */

/** What it serves; its only argument, as JSON. */
export type Plan = {
  databaseUrl: string;
  directory: string;
  printerUrl: string;
  /** The moment at which its clock stands. */
  at: string;
};
/** When `point` is next reached for the nth time: whoever reached it stays there, or the process dies or stands still. */
export type Fate = { point: FailPoint; nth: number; then: 'stay' | 'SIGKILL' | 'SIGSTOP' };
export type Order = { fate: Fate } | 'go-on';
/** `made` are the passwords about to be drawn: all that could ever get out. */
export type Told =
  | { url: string }
  | { armed: FailPoint }
  | { reached: FailPoint }
  | { made: { reference: string; secret: string }[] };

const plan = JSON.parse(process.argv[2] ?? '') as Plan;
const tell = (told: Told): Promise<void> =>
  new Promise((resolve, reject) =>
    process.send?.(told, (error: Error | null) => (error ? reject(error) : resolve())),
  );

let fate: Fate | undefined;
const staying: (() => void)[] = [];
process.on('message', (order: Order) => {
  if (order === 'go-on') return staying.splice(0).forEach((leave) => leave());
  fate = { ...order.fate };
  void tell({ armed: fate.point });
});

const reached = async (point: FailPoint): Promise<void> => {
  if (point !== fate?.point) return;
  fate.nth -= 1;
  if (fate.nth > 0) return;
  const { then } = fate;
  fate = undefined;
  await tell({ reached: point });
  if (then === 'stay') return new Promise((resolve) => void staying.push(resolve));
  process.kill(process.pid, then);
  // A signal comes a moment later; nothing more may happen until then.
  if (then === 'SIGKILL') await new Promise(() => undefined);
};

const telling = (desk: DrawingDesk): DrawingDesk => ({
  ...desk,
  open: async (lot) => {
    const drawing = await desk.open(lot);
    return {
      ...drawing,
      draw: async (sheets) => {
        // On paper the sheet's number follows the letter's reference.
        const made = sheets.map(({ reference, secret }) => ({
          reference: reference.split(' / ')[0] ?? '',
          secret,
        }));
        await tell({ made });
        return drawing.draw(sheets);
      },
    };
  },
});

const env = readEnv({
  DATABASE_URL: plan.databaseUrl,
  DATA_DIR: plan.directory,
  ORGANISATIONS_DIR: join(plan.directory, 'organisations'),
  TEMPLATES_DIR: join(plan.directory, 'templates'),
  PRINTER_URL: plan.printerUrl,
  SECOND_FACTOR_ROLES: 'none',
});
const house = await openHouse(env, {
  clock: () => new Date(plan.at),
  log: pino({ level: 'silent' }),
  bundleSize: 2,
  reached,
});
house.drawing = telling(house.drawing);
const server = createServer();
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const directories = { consoleDirectory: 'dist/client', portalDirectory: 'dist/portal' };
server.on('request', makeApp(house, { origins: new Set([url]), trustProxy: [], ...directories }));
await tell({ url });
