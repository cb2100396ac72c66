import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { createAgent } from '../../server/agents/agents.service.ts';
import { makeApp } from '../../server/app.ts';
import type { House } from '../../server/core/ctx.ts';
import { systemVisit } from '../../server/core/perform.ts';
import type { Role } from '../../server/core/vocabulary.ts';
import { closeHouse } from '../../server/house.ts';
import { work } from '../../server/workers.ts';
import { Client } from './client.ts';
import { emptyDatabase, type Engine, type TestDatabase } from './databases.ts';
import { houseIn, type Wish } from './house-in.ts';
import { preparedDatabase } from './prepared.ts';

export { databases } from './databases.ts';

/** A Wednesday morning with no holiday near. */
export const wednesday = '2026-11-18T09:00:00.000Z';

/** Accounts of every test server; all work for every organisation but the stranger. */
const accounts: Record<string, { role: Role; organisations?: string[] }> = {
  agent: { role: 'agent' },
  colleague: { role: 'agent' },
  supervisor: { role: 'supervisor' },
  'print-operator': { role: 'print-operator' },
  administrator: { role: 'administrator' },
  auditor: { role: 'auditor' },
  stranger: { role: 'supervisor', organisations: ['mutuelle-imaginaire'] },
};
export type AccountName = keyof typeof accounts & string;
export const deskPassword = 'une-phrase-de-quatre-mots';

export type TestServer = {
  url: string;
  house: House;
  directory: string;
  databaseUrl: string;
  clock: { now: () => Date; set: (iso: string) => void; advance: (minutes: number) => void };
  /** What the server logged, one JSON line each. */
  logged: string[];
  as: (account: AccountName) => Promise<Client>;
  anonymous: () => Client;
  /** Does what waits for the workers, until nothing is left: recoveries, then messages. */
  work: () => Promise<void>;
  stop: () => Promise<void>;
};

/** A whole server on a free loopback port, over a database with nothing but accounts, with a clock the test moves. */
export const startServer = async (engine: Engine, wish: Wish = {}): Promise<TestServer> => {
  const database = await databaseFor(engine, wish);
  let at = new Date(wednesday).getTime();
  const logged: string[] = [];
  const house = await houseIn(database, {
    clock: () => new Date(at),
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
    ...wish,
  });
  if (!isUsual(wish)) await createAccounts(house);

  const server = createServer();
  const url = await listen(server);
  server.on(
    'request',
    makeApp(house, {
      origins: new Set([url, url.replace('127.0.0.1', 'localhost')]),
      trustProxy: [],
      consoleDirectory: 'dist/client',
      portalDirectory: 'dist/portal',
    }),
  );
  const clients = new Map<string, Promise<Client>>();
  return {
    url,
    house,
    directory: database.directory,
    databaseUrl: database.url,
    clock: {
      now: () => new Date(at),
      set: (iso) => void (at = new Date(iso).getTime()),
      advance: (minutes) => void (at += minutes * 60_000),
    },
    logged,
    anonymous: () => new Client(url),
    as: (account) => {
      const known = clients.get(account);
      if (known) return known;
      const made = new Client(url).signIn(account, deskPassword);
      clients.set(account, made);
      return made;
    },
    work: async () => {
      while ((await work(house)) > 0);
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await closeHouse(house);
      await database.drop();
    },
  };
};

// What is stored hangs on these: the accounts that were prepared are not this server's.
const isUsual = ({ random, keys, pool, clock, env = {} }: Wish): boolean =>
  !random && !keys && !pool && !clock && !env.KEYS_FILE && !env.ORGANISATIONS_DIR;

const databaseFor = (engine: Engine, wish: Wish): Promise<TestDatabase> =>
  isUsual(wish) ? preparedDatabase(engine, prepare) : emptyDatabase(engine);

const prepare = async (database: TestDatabase): Promise<void> => {
  const house = await houseIn(database, {
    clock: () => new Date(wednesday),
    log: pino({ level: 'silent' }),
  });
  await createAccounts(house);
  await closeHouse(house);
};

/** Sets the clock, with every agent's session as fresh as it was. */
export const moveTo = async ({ clock, house }: TestServer, iso: string): Promise<void> => {
  clock.set(iso);
  await house.pool('agent_sessions').update({ signed_in_at: iso, last_seen_at: iso });
};

export const everyOrganisation = (house: House): string[] => house.organisations.all().map(({ id }) => id);

const createAccounts = async (house: House): Promise<void> => {
  const known = everyOrganisation(house);
  const visit = systemVisit(house, 'tests', known);
  for (const [username, { role, organisations = known }] of Object.entries(accounts)) {
    const name = `${username} de test`;
    await createAgent(visit, { username, name, role, organisations, password: deskPassword }, known);
  }
};

const listen = (server: Server): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });
