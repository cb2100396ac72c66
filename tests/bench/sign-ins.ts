import { startChild, type Child } from './child.ts';
import { runFor, say } from './measure.ts';
import { temporaryFolder } from './place.ts';
import type { BenchMembers, BenchServer } from './server.child.ts';
import type { Result } from './table.ts';
import { must, visitor } from './visitor.ts';

const seconds = 6;
const loops = 4;

/** Right passwords at the real gate, against nothing but argon2id with the same parameters. */
export const benchSignIns = async (): Promise<Result[]> => {
  const ours = await throughTheGate();
  const bare = await bareVerification();
  const besideWhat = `bare argon2id verification, ${loops} at once`;
  return [
    { what: 'sign-ins', unit: '/s', ours: ours.perSecond, beside: bare.perSecond, besideWhat },
    {
      what: 'sign-ins by CPU-second',
      unit: '/s',
      ours: ours.perCpuSecond,
      beside: bare.perCpuSecond,
      besideWhat,
      target: { least: 0.8 },
    },
  ];
};

const throughTheGate = async (): Promise<Rates> => {
  const server = startChild('server');
  const { url } = await server.ask<BenchServer>('open', { folder: temporaryFolder() });
  const { path, identifiers, password } = await server.ask<BenchMembers>('members', { count: 8 });
  const visitors = Array.from({ length: loops }, () => visitor(url));
  const signIn = async (loop: number): Promise<void> => {
    await must(visitors[loop]!.post(path, { identifier: identifiers[loop], password }));
  };
  say(`sign-ins, ${loops} at once, ${seconds} s`);
  await runFor(1, loops, signIn);
  const rates = await ratesOf(server, () => runFor(seconds, loops, signIn));
  await server.stop();
  return rates;
};

const bareVerification = async (): Promise<Rates> => {
  const child = startChild('argon2');
  say(`bare verifications, ${loops} at once, ${seconds} s`);
  await child.ask('verifyFor', { seconds: 1, loops });
  const rates = await ratesOf(child, () => child.ask('verifyFor', { seconds, loops }));
  await child.stop();
  return rates;
};

export type Rates = { perSecond: number; perCpuSecond: number };

/** What `work` does each second, and in each second of the child's CPU. */
export const ratesOf = async (
  child: Child,
  work: () => Promise<{ done: number; perSecond: number }>,
): Promise<Rates> => {
  const before = await child.usage();
  const { done, perSecond } = await work();
  const after = await child.usage();
  return { perSecond, perCpuSecond: done / (after.cpuSeconds - before.cpuSeconds) };
};
