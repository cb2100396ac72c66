import { createServer, type Server } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeApp } from './app.ts';
import type { House } from './core/ctx.ts';
import type { Env } from './env.ts';
import { closeHouse, openHouse } from './house.ts';
import { stopImports, wakeImports } from './imports/imports-apply.service.ts';
import { startSweeping } from './sweep.ts';
import { startWorkers } from './workers.ts';

export type Print = (line: string) => void;

/**
 * A house → app → workers → listen, until SIGTERM or SIGINT; stops in reverse. `prepare` runs before the first
 * request: the demo, the training space.
 */
export const serve = async (
  env: Env,
  prepare: (house: House, print: Print) => Promise<void>,
): Promise<void> => {
  const house = await openHouse(env);
  await prepare(house, print);

  const server = createServer(makeApp(house, appOptions(env)));
  // A management system's file may take a quarter of an hour to come in; headers may not.
  server.requestTimeout = 900_000;
  server.headersTimeout = 20_000;
  wakeImports(house);
  const stopSweeping = startSweeping(house);
  const stopWorkers = startWorkers(house);
  await listen(server, env);
  print(`Guichet: ${env.publicUrl}`);
  if (!env.production) print(`Members' pages: ${env.portalUrl}`);
  if (house.mailbox) print(`Messages to read, for want of a gateway: ${env.publicUrl}/mailbox`);

  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    stopSweeping();
    closeAll(server, house, stopWorkers).then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
};

/** Ends open pages and prints and lets requests under way end, five seconds at most; then imports, then the house. */
const closeAll = async (server: Server, house: House, stopWorkers: () => Promise<void>): Promise<void> => {
  const impatient = setTimeout(() => server.closeAllConnections(), 5_000);
  await house.live.stop();
  const printsEnd = house.printRuns.stop();
  await new Promise((resolve) => server.close(resolve));
  await printsEnd;
  clearTimeout(impatient);
  await stopWorkers();
  await stopImports(house);
  await closeHouse(house);
};

const appOptions = (env: Env) => {
  const here = dirname(fileURLToPath(import.meta.url));
  const isSource = import.meta.url.endsWith('.ts');
  const local = env.production ? [] : [`http://localhost:${env.port}`, `http://127.0.0.1:${env.port}`];
  return {
    origins: new Set([new URL(env.publicUrl).origin, new URL(env.portalUrl).origin, ...local]),
    trustProxy: env.trustProxy,
    consoleDirectory: join(here, isSource ? '../dist/client' : '../client'),
    portalDirectory: join(here, isSource ? '../dist/portal' : '../portal'),
  };
};

const listen = (server: Server, env: Env): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken ? new Error(`PORT ${env.port} is taken. Stop what uses it, or set another: PORT=3001`) : error,
      );
    });
    server.listen(env.port, env.host, resolve);
  });

const print: Print = (line) => void process.stdout.write(`${line}\n`);

/** Says why nothing could be started, and ends the process. */
export const fail = (error: unknown): never => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
};
