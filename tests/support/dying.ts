import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Fate, Order, Plan, Told } from '../faults/print.child.ts';
import { Client } from './client.ts';
import { compileInto } from './compiled.ts';
import { deskPassword, type TestServer } from './server.ts';

/** What came before the line broke, or the whole answer; status 0 when it broke before any. */
export type Heard = { status: number; bytes: Uint8Array };
export type Dying = Awaited<ReturnType<typeof startDying>>;

/** Another server process over the same database, files and keys, which comes to its end where it is told to. */
export const startDying = async (server: TestServer, printerUrl: string) => {
  const { databaseUrl, directory, clock } = server;
  const plan: Plan = { databaseUrl, directory, printerUrl, at: clock.now().toISOString() };
  const child = fork(join((compiled ??= compile()), 'tests/faults/print.child.js'), [JSON.stringify(plan)], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const gone = Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  const made = new Map<string, string[]>();
  child.on('message', (told: Told) => {
    if (!('made' in told)) return;
    for (const { reference, secret } of told.made)
      made.set(reference, [...(made.get(reference) ?? []), secret]);
  });
  const order = (what: Order): void => void child.send(what);
  const url = await told(child, (message) => ('url' in message ? message.url : null));
  const operator = await new Client(url).signIn('print-operator', deskPassword);

  return {
    /** The passwords that this process made, by the reference of their letter, in their order. */
    made: (reference: string): string[] => made.get(reference) ?? [],
    /** Asks for something and resolves once it has come to that moment; a process that is to die is dead by then. */
    bring: async (fate: Fate, path: string, body: object): Promise<{ heard: Promise<Heard> }> => {
      const armed = told(child, (message) => ('armed' in message ? true : null));
      order({ fate });
      await armed;
      const there = told(child, (message) => ('reached' in message ? true : null));
      const heard = hear(url, path, body, operator);
      await there;
      if (fate.then === 'SIGKILL') await gone;
      return { heard };
    },
    /** Wakes a process that stood still, and whoever stayed somewhere in it. */
    goOn: (): void => {
      child.kill('SIGCONT');
      order('go-on');
    },
    stop: async (): Promise<void> => {
      child.kill('SIGKILL');
      await gone;
    },
  };
};

let compiled: string | undefined;

// Each process by itself would take seconds to read TypeScript.
const compile = (): string => {
  const folder = mkdtempSync(join(inject('scratch').directory, 'faults-'));
  compileInto(folder, 'tests/faults');
  return folder;
};

/** Its line closes only when everything it told has been read. */
const told = <T>(child: ChildProcess, read: (message: Told) => T | null): Promise<T> =>
  new Promise((resolve, reject) => {
    const listen = (message: Told) => {
      const value = read(message);
      if (value === null) return;
      child.off('message', listen).off('disconnect', fail);
      resolve(value);
    };
    const fail = () => reject(new Error('The other server ended before its time.'));
    child.on('message', listen).once('disconnect', fail);
  });

const hear = (url: string, path: string, body: object, { cookies }: Client): Promise<Heard> =>
  new Promise((resolve) => {
    let status = 0;
    const parts: Uint8Array[] = [];
    const end = () => resolve({ status, bytes: Buffer.concat(parts) });
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { cookie, 'content-type': 'application/json' };
    const sent = request(url + path, { method: 'POST', headers }, (answer) => {
      status = answer.statusCode ?? 0;
      answer.on('data', (part: Uint8Array) => void parts.push(part));
      answer.on('error', end).on('end', end);
    });
    sent.on('error', end);
    sent.end(JSON.stringify(body));
  });
