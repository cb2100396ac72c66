import { fork, type ChildProcess } from 'node:child_process';
import { compiledFile } from './compile.ts';
import { say } from './measure.ts';

export type Usage = { cpuSeconds: number; peakMegabytes: number };

export type Child = {
  /** Runs one of the child's jobs. @throws Error with the child's message, or when it ends. */
  ask: <T>(job: string, input?: unknown) => Promise<T>;
  /** CPU of all its threads so far, and the most memory it ever held. */
  usage: () => Promise<Usage>;
  stop: () => Promise<void>;
};

export type ChildFile =
  'server' | 'letters' | 'plain' | 'argon2' | 'ping' | 'members' | 'figures' | 'statements' | 'audit';

type Asked = { id: number; job: string; input: unknown };
type Answered = { id: number; value?: unknown; problem?: string; progress?: string };

const running = new Set<ChildProcess>();

/** Starts a file beside this one, compiled, as a process of its own: its CPU and memory are its own. */
export const startChild = (file: ChildFile): Child => {
  // What the server logs costs what it costs in production, and goes nowhere.
  const child = fork(compiledFile(`${file}.child.js`), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
    execArgv: [],
  });
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let asked = 0;
  running.add(child);

  child.on('message', ({ id, value, problem, progress }: Answered) => {
    if (progress !== undefined) return say(progress);
    const asker = waiting.get(id);
    waiting.delete(id);
    if (problem === undefined) asker?.resolve(value as never);
    else asker?.reject(new Error(`${file}: ${problem}`));
  });
  child.on('exit', (code) => {
    running.delete(child);
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended with ${code}.`));
  });

  const ask = <T>(job: string, input: unknown = null): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject });
      child.send({ id: asked, job, input } satisfies Asked);
    });
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.disconnect();
    });
  return { ask, stop, usage: () => ask('usage') };
};

/** Ends whatever a failed section left behind. */
export const endChildren = (): void => {
  for (const child of running) child.kill('SIGKILL');
};

/** In the child: a line for whoever waits. */
export const tell = (progress: string): void => void process.send?.({ id: 0, progress } satisfies Answered);

type Job = (input: never) => unknown;

/** In the child: answers jobs by name, and ends when nobody can ask any more. */
export const answerJobs = (jobs: Record<string, Job>): void => {
  const known: Record<string, Job> = { ...jobs, usage };
  process.on('message', async ({ id, job, input }: Asked) => {
    try {
      const value = await known[job]?.(input as never);
      process.send?.({ id, value } satisfies Answered);
    } catch (error) {
      process.send?.({ id, problem: error instanceof Error ? (error.stack ?? error.message) : 'failed' });
    }
  });
  process.on('disconnect', () => process.exit(0));
};

const usage = (): Usage => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMegabytes: maxRSS / 1024 };
};
