import { join } from 'node:path';
import pino from 'pino';
import { readEnv } from '../../server/env.ts';
import { openHouse } from '../../server/house.ts';
import { runBulk } from '../../server/supervision/bulk-worker.ts';

/** A server process over the database of a test, killed in the middle of a bulk act, before a batch is committed. */

/** What it is told once it is ready: reading TypeScript takes it seconds. */
export type BulkPlan = {
  databaseUrl: string;
  directory: string;
  /** The moment at which its clock stands. */
  at: string;
  /** At which of its batches, of one account each, it dies. */
  diesAt: number;
};

const run = async (plan: BulkPlan): Promise<void> => {
  let left = plan.diesAt;
  const env = readEnv({
    DATABASE_URL: plan.databaseUrl,
    DATA_DIR: plan.directory,
    ORGANISATIONS_DIR: join(plan.directory, 'organisations'),
    TEMPLATES_DIR: join(plan.directory, 'templates'),
  });
  const house = await openHouse(env, {
    clock: () => new Date(plan.at),
    log: pino({ level: 'silent' }),
    reached: async (point) => {
      if (point !== 'bulk-step') return;
      left -= 1;
      if (left > 0) return;
      process.kill(process.pid, 'SIGKILL');
      // A signal comes a moment later; nothing more may happen until then.
      await new Promise(() => undefined);
    },
  });
  await runBulk(house, { batch: 1 });
};

process.once('message', (plan: BulkPlan) => void run(plan).finally(() => process.exit(1)));
