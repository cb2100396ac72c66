import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { parisDay } from './core/calendar.ts';
import type { House } from './core/ctx.ts';
import { readEnv, type Env } from './env.ts';
import { callersOf, loadDemoIfEmpty } from './imports/demo.service.ts';
import { fail, serve, type Print } from './serve.ts';

const seed = 'formation';

/** What makes the same invented people again: the day on which they were invented. */
const Space = z.object({ today: z.iso.date() });

/**
 * `npm run training`: a space of its own beside the real one, where nothing leaves and everybody is invented. Options:
 * `--port`, `--url` (its address, when others come to it), `--fresh` (invents everybody anew).
 */
const start = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, url: { type: 'string' }, fresh: { type: 'boolean' } },
  });
  const env = trainingEnv(readEnv(), { port: Number(values.port ?? 3100), url: values.url });
  if (values.fresh) rmSync(env.dataDirectory, { recursive: true, force: true });
  mkdirSync(env.dataDirectory, { recursive: true });
  await serve(env, (house, print) => openSpace(house, env, print));
};

/** Everything of its own: no gateway, printer, identity provider, audit sink, database or key of the real desk is opened. */
const trainingEnv = (env: Env, { port, url }: { port: number; url: string | undefined }): Env => {
  const dataDirectory = join(env.dataDirectory, 'training');
  const publicUrl = url ?? `http://localhost:${port}`;
  return {
    ...env,
    production: false,
    port,
    publicUrl,
    portalUrl: `${publicUrl}/portal`,
    dataDirectory,
    databaseUrl: `sqlite:${join(dataDirectory, 'guichet.sqlite')}`,
    keysFile: join(dataDirectory, 'keys.json'),
    smtpUrl: null,
    smsUrl: null,
    smsGatewayFile: null,
    franceConnectFile: null,
    ssoFile: null,
    auditSink: 'file',
    printerUrl: null,
    printerKeyFile: null,
    mailHouseDirectory: null,
    mailHouseKeyFile: null,
  };
};

const openSpace = async (house: House, env: Env, print: Print): Promise<void> => {
  const file = join(env.dataDirectory, 'space.json');
  const today = existsSync(file)
    ? Space.parse(JSON.parse(readFileSync(file, 'utf8'))).today
    : parisDay(house.clock());
  // Before anybody is invented: a start that is cut short invents the same people when it goes on.
  writeFileSync(file, JSON.stringify({ today }));
  house.demo = await loadDemoIfEmpty(house, env, print, { seed });
  house.training = true;
  house.trainingCallers = callersOf(house, { seed, today });
};

start().catch(fail);
