import { pathToFileURL } from 'node:url';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { importAgents } from './cli-agent-file.ts';
import { addASite, createAnAgent, listAllSites, resetFactorsOf, setAnAgent } from './cli-agents.ts';
import { checkAnExport, printExportKey } from './cli-audit-export.ts';
import { listAllCanaries, makeSomeCanaries } from './cli-canary.ts';
import { exportChangeFile } from './cli-changes.ts';
import { importFile } from './cli-import.ts';
import { importReturns } from './cli-returns.ts';
import { importReport } from './cli-mail-house.ts';
import { examine } from './cli-doctor.ts';
import { printTest } from './cli-printer.ts';
import { reportPolicies } from './cli-policy.ts';
import { recount } from './cli-figures.ts';
import { tellPromise } from './cli-promise.ts';
import { addAClient, listClients, revokeClient } from './cli-portal.ts';
import { beginHeadsOfMachine, verifyAudit } from './cli-verify.ts';
import { addATelephonyClient, listAllTelephonyClients, revokeATelephonyClient } from './cli-telephony.ts';
import type { House } from './core/ctx.ts';
import { AppError, type WordParams } from './core/errors.ts';
import { loadWords, type Words } from './core/words.ts';
import { readEnv, type Env } from './env.ts';
import { closeHouse, openHouse } from './house.ts';
import { createDemoAccounts, loadDemo, printPasswords } from './imports/demo.service.ts';

export type Terminal = {
  out: (line: string) => void;
  err: (line: string) => void;
  input: AsyncIterable<Uint8Array>;
};

export type Command = {
  options?: ParseArgsConfig['options'];
  /** How many words follow the command. */
  words: number;
  run: (job: Job) => Promise<number>;
};

export type Job = {
  env: Env;
  terminal: Terminal;
  say: (key: string, params?: WordParams) => string;
  options: Record<string, unknown>;
  words: string[];
  clock: () => Date;
  /** Opens everything, and closes it when the work is done. */
  withHouse: (work: (house: House) => Promise<number>) => Promise<number>;
};

/** Something was typed that the command does not understand: told with how it is used. */
export class UsageError extends Error {}

/**
 * Runs one command of `npm run guichet -- …`. Answers the exit code: 0 done, 1 refused or not in order, 2 used wrongly.
 *
 * @throws whatever the command throws that is not for the person at the terminal.
 */
export const runCli = async (args: string[], env: Env, terminal: Terminal): Promise<number> => {
  const words = loadWords(env.templatesDirectory);
  const say: Job['say'] = (key, params) => words.say('fr', `cli.${key}`, params);
  const name = [args.slice(0, 2).join(' '), args[0] ?? ''].find((one) => Object.hasOwn(commands, one));
  if (args.length === 0 || ['help', '--help', '-h'].includes(args[0] ?? '')) {
    terminal.out(say('help'));
    return args.length === 0 ? 2 : 0;
  }
  if (name === undefined) return usage(terminal, `${say('unknownCommand')}\n\n${say('help')}`);

  const command = commands[name] as Command;
  const rest = args.slice(name.split(' ').length);
  try {
    if (rest.includes('--help') || rest.includes('-h')) throw new UsageError('');
    const { values, positionals } = parse(command, rest, say);
    const clock = () => new Date();
    const withHouse: Job['withHouse'] = async (work) => {
      const house = await openHouse(env.logLevel === 'info' ? { ...env, logLevel: 'warn' } : env);
      return work(house).finally(() => closeHouse(house));
    };
    return await command.run({ env, terminal, say, options: values, words: positionals, clock, withHouse });
  } catch (error) {
    if (error instanceof UsageError) {
      return usage(
        terminal,
        [error.message, say(`usage.${name.replace(' ', '-')}`)].filter(Boolean).join('\n\n'),
      );
    }
    if (!(error instanceof AppError)) throw error;
    terminal.err(sentenceOf(words, error));
    return 1;
  }
};

const parse = (command: Command, args: string[], say: Job['say']) => {
  try {
    const parsed = parseArgs({ args, options: command.options ?? {}, allowPositionals: true, strict: true });
    if (parsed.positionals.length === command.words) return parsed;
  } catch (error) {
    const { code } = error as { code?: string };
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
    const option = /'(-[^' ]*)/.exec((error as Error).message)?.[1] ?? '';
    throw new UsageError(
      say(code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? 'unknownOption' : 'badOption', { option }),
    );
  }
  throw new UsageError(say('wrongWords', { words: command.words }));
};

const usage = (terminal: Terminal, text: string): number => {
  terminal.err(text);
  return 2;
};

const sentenceOf = (words: Words, { words: key, details }: AppError): string => {
  const say = (one: string) => (words.has(one) ? words.say('fr', one, details.params) : one);
  return [
    say(key),
    ...Object.entries(details.fields ?? {}).map(([field, one]) => `${field}: ${say(one)}`),
  ].join('\n');
};

const makeDemo = ({ env, terminal, say, options, withHouse }: Job): Promise<number> => {
  if (env.production) throw new UsageError(say('demoInProduction'));
  const members = wholeNumber(options.members, say, '--members');
  const seed = typeof options.seed === 'string' ? options.seed : 'guichet';
  return withHouse(async (house) => {
    const began = performance.now();
    const demo = await loadDemo(house, { members, seed, print: terminal.out });
    await createDemoAccounts(house, env.demoPassword, terminal.out);
    printPasswords(house, demo, terminal.out);
    const seconds = Math.max(0.1, (performance.now() - began) / 1_000);
    if (demo.members < members) terminal.out(say('demoKnown', { known: members - demo.members }));
    const rate = Math.round(demo.members / seconds);
    terminal.out(say('demoMade', { members: demo.members, seconds: Math.round(seconds), rate }));
    return 0;
  });
};

/** A whole number typed after an option. @throws UsageError when it is none. */
export const wholeNumber = (typed: unknown, say: Job['say'], option: string): number => {
  if (typeof typed !== 'string' || !/^\d{1,8}$/.test(typed))
    throw new UsageError(say('badNumber', { option }));
  return Number(typed);
};

const text = { type: 'string' } as const;
const yes = { type: 'boolean' } as const;
const placement = { site: text, team: text, own: text, relatives: text, email: text };

const commands: Record<string, Command> = {
  import: {
    words: 2,
    options: { complete: yes, movements: yes, companies: yes, proofs: yes, lines: text, mapping: text },
    run: importFile,
  },
  'returns import': { words: 1, run: importReturns },
  'mail-house import': { words: 1, run: importReport },
  'changes export': { words: 1, options: { day: text, out: text }, run: exportChangeFile },
  'agent create': {
    words: 1,
    options: { name: text, role: text, organisations: text, 'password-stdin': yes, ...placement },
    run: createAnAgent,
  },
  'agent set': { words: 1, options: placement, run: setAnAgent },
  'agent import': { words: 1, run: importAgents },
  'agent reset-factors': { words: 1, run: resetFactorsOf },
  'site add': { words: 1, options: { hours: text }, run: addASite },
  'site list': { words: 0, run: listAllSites },
  'audit begin-heads': { words: 0, run: beginHeadsOfMachine },
  'audit check-export': { words: 1, options: { key: text }, run: checkAnExport },
  'audit key': { words: 0, run: printExportKey },
  'canary make': { words: 1, options: { count: text }, run: makeSomeCanaries },
  'canary list': { words: 0, run: listAllCanaries },
  'audit verify': { words: 0, options: { heads: text }, run: verifyAudit },
  'portal-client add': { words: 2, run: addAClient },
  'portal-client list': { words: 0, run: listClients },
  'portal-client revoke': { words: 1, run: revokeClient },
  'telephony-client add': { words: 1, run: addATelephonyClient },
  'telephony-client list': { words: 0, run: listAllTelephonyClients },
  'telephony-client revoke': { words: 1, run: revokeATelephonyClient },
  'figures recount': { words: 0, run: recount },
  'policy report': {
    words: 0,
    options: { organisation: text, language: text, json: yes },
    run: reportPolicies,
  },
  promise: {
    words: 1,
    options: { product: text, year: text, zone: text, json: yes },
    run: tellPromise,
  },
  demo: { words: 0, options: { members: text, seed: text }, run: makeDemo },
  'printer test': { words: 1, run: printTest },
  doctor: { words: 0, run: examine },
};

const main = async (): Promise<void> => {
  const write = (stream: NodeJS.WriteStream) => (line: string) => void stream.write(`${line}\n`);
  const terminal = { out: write(process.stdout), err: write(process.stderr), input: process.stdin };
  process.exitCode = await runCli(process.argv.slice(2), readEnv(), terminal);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main().catch((error: unknown) => {
    // A database error quotes every value it was given.
    const fromDatabase = error instanceof Error && 'code' in error && !('syscall' in error);
    const code = (error as { code?: unknown } | null)?.code;
    process.stderr.write(
      `${fromDatabase ? `Error ${String(code)}` : error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exitCode = 1;
  });
}
