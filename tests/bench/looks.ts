import { startChild } from './child.ts';
import { runFor, say } from './measure.ts';
import { temporaryFolder } from './place.ts';
import type { BenchServer } from './server.child.ts';
import { ratesOf, type Rates } from './sign-ins.ts';
import type { Result } from './table.ts';
import { must, visitor, type Visitor } from './visitor.ts';

const seconds = 5;
const many = 20;

/** Looks that share a durable commit, and a read that needs none. */
export const benchLooks = async (): Promise<Result[]> => {
  const server = startChild('server');
  const opened = await server.ask<BenchServer>('open', { folder: temporaryFolder() });
  const agents: Visitor[] = [];
  // One after the other: tries in flight beside a right password are counted against the account.
  for (let client = 0; client < many; client += 1) agents.push(await signedIn(opened));
  const look = async (loop: number): Promise<void> => void (await must(emptySearch(agents[loop]!)));
  const read = async (loop: number): Promise<void> =>
    void (await must(agents[loop]!.get('/api/organisations')));

  await runFor(1, many, look);
  say(`looks of one client, ${seconds} s`);
  const alone = await ratesOf(server, () => runFor(seconds, 1, look));
  say(`looks of ${many} clients, ${seconds} s`);
  const together = await ratesOf(server, () => runFor(seconds, many, look));
  say(`reads, ${seconds} s`);
  const reads = await ratesOf(server, () => runFor(seconds, 4, read));
  await server.stop();
  const pings = await pingRates();

  return [
    {
      what: `audited looks, ${many} clients`,
      unit: '/s',
      ours: together.perSecond,
      beside: alone.perSecond,
      besideWhat: 'the same, one client',
    },
    {
      what: 'a read, by CPU-second',
      unit: '/s',
      ours: reads.perCpuSecond,
      beside: pings.perCpuSecond,
      besideWhat: 'a bare Express ping',
      target: { least: 0.24 },
    },
  ];
};

/** Signed in, audited, and asking the database for nobody. */
export const emptySearch = (agent: Visitor) => agent.post('/api/members/search', { filter: { q: '' } });

export const signedIn = async ({ url, username, password }: BenchServer): Promise<Visitor> => {
  const agent = visitor(url);
  await must(agent.post('/api/session', { username, password }));
  return agent;
};

const pingRates = async (): Promise<Rates> => {
  const child = startChild('ping');
  const client = visitor(await child.ask<string>('open'));
  const ping = async (): Promise<void> => void (await must(client.get('/ping')));
  say(`pings, ${seconds} s`);
  await runFor(1, 4, ping);
  const rates = await ratesOf(child, () => runFor(seconds, 4, ping));
  await child.stop();
  return rates;
};
