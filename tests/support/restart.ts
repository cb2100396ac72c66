import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import pino from 'pino';
import { makeApp } from '../../server/app.ts';
import { readEnv } from '../../server/env.ts';
import { closeHouse, openHouse } from '../../server/house.ts';
import type { TestServer } from './server.ts';

/** Another process over the same database, files and keys, whose clock stands `minutes` away. */
export const restart = async (
  server: TestServer,
  minutes = 0,
): Promise<{ url: string; stop: () => Promise<void> }> => {
  const env = readEnv({
    DATABASE_URL: server.databaseUrl,
    DATA_DIR: server.directory,
    ORGANISATIONS_DIR: join(server.directory, 'organisations'),
    TEMPLATES_DIR: join(server.directory, 'templates'),
  });
  const clock = () => new Date(server.clock.now().getTime() + minutes * 60_000);
  const house = await openHouse(env, { clock, log: pino({ level: 'silent' }) });
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  listener.on(
    'request',
    makeApp(house, {
      origins: new Set([url]),
      trustProxy: [],
      consoleDirectory: 'dist/client',
      portalDirectory: 'dist/portal',
    }),
  );
  return {
    url,
    stop: async () => {
      listener.closeAllConnections();
      await new Promise((resolve) => listener.close(resolve));
      await closeHouse(house);
    },
  };
};
