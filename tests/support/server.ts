import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import pino from 'pino';
import { createAgent } from '../../server/agents/agents.service.ts';
import { makeApp } from '../../server/app.ts';
import type { House } from '../../server/core/ctx.ts';
import { systemVisit } from '../../server/core/perform.ts';
import type { Role } from '../../server/core/vocabulary.ts';
import { readEnv } from '../../server/env.ts';
import { closeHouse, openHouse, type Choices } from '../../server/house.ts';
import { work } from '../../server/workers.ts';
import { Client } from './client.ts';
import { emptyDatabase, type Engine } from './databases.ts';

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

/** A whole server on a free loopback port over an empty database, with a clock the test moves. */
export const startServer = async (
  engine: Engine,
  { env: variables, ...choices }: Choices & { env?: Record<string, string> } = {},
): Promise<TestServer> => {
  const database = await emptyDatabase(engine);
  const organisations = join(database.directory, 'organisations');
  for (const source of ['seeds/organisations', 'tests/support/organisations']) {
    for (const file of readdirSync(source)) cpSync(join(source, file), join(organisations, file));
  }
  const env = readEnv({
    DATABASE_URL: database.url,
    DATA_DIR: database.directory,
    ORGANISATIONS_DIR: organisations,
    TEMPLATES_DIR: templatesIn(database.directory),
    ...variables,
  });

  let at = new Date(wednesday).getTime();
  const logged: string[] = [];
  const house = await openHouse(env, {
    clock: () => new Date(at),
    // The anti-robot step costs a test nothing.
    challengeWork: { cost: 1, least: 1, most: 4 },
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
    ...choices,
  });
  await createAccounts(house);

  const server = createServer();
  const url = await listen(server);
  server.on(
    'request',
    makeApp(house, {
      origins: new Set([url]),
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

/** The house's templates, with those of the invented organisation beside them. */
const templatesIn = (directory: string): string => {
  const templates = join(directory, 'templates');
  mkdirSync(templates);
  for (const name of readdirSync('templates')) {
    if (name === 'portal') cpSync(join('templates', name), join(templates, name), { recursive: true });
    else symlinkSync(resolve('templates', name), join(templates, name));
  }
  cpSync('tests/support/templates', templates, { recursive: true });
  return templates;
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
