import pino from 'pino';
import type { Job } from './cli.ts';
import { loadKeys } from './core/crypto.ts';
import { loadWords } from './core/words.ts';
import { pendingMigrations } from './db/migrate.ts';
import { assertDurable, openPool } from './db/pool.ts';
import { openTargets } from './letters/printers/open-targets.ts';
import type { Printer } from './letters/printers/printer.ts';
import { loadOrganisations } from './organisations/organisations.service.ts';

/** `doctor`: looks at everything a server needs, changes nothing, and says what to do about what is wrong. */
export const examine = async (job: Job): Promise<number> => {
  const { env, terminal, say } = job;
  let wrong = 0;
  const check = async (name: string, work: () => unknown): Promise<void> => {
    try {
      await work();
      terminal.out(`ok  ${say(`doctor.${name}`)}`);
    } catch (error) {
      wrong += 1;
      terminal.out(`!!  ${say(`doctor.${name}`)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  await check('organisations', () => loadOrganisations(env.organisationsDirectory));
  await check('keys', () => loadKeys(env.keysFile, false));
  const pool = openPool(env.databaseUrl);
  try {
    await check('database', () => assertDurable(pool));
    await check('migrations', async () => {
      const pending = await pendingMigrations(pool);
      if (pending.length > 0) throw new Error(say('doctor.pending', { names: pending.join(', ') }));
    });
  } finally {
    await pool.destroy();
  }
  if (env.printerUrl) await check('printer', () => examineTarget(job, 'printer'));
  if (env.mailHouseDirectory) await check('mailHouse', () => examineTarget(job, 'mailHouse'));
  terminal.out(wrong === 0 ? say('doctor.well') : say('doctor.ill', { wrong }));
  return wrong === 0 ? 0 : 1;
};

/** @throws Error with everything that is wrong with it. */
const examineTarget = async ({ env, clock }: Job, name: 'printer' | 'mailHouse'): Promise<void> => {
  const only =
    name === 'printer'
      ? { ...env, mailHouseDirectory: null, mailHouseKeyFile: null }
      : { ...env, printerUrl: null, printerKeyFile: null };
  const targets = await openTargets(only, { clock, log: pino({ level: 'silent' }) });
  const troubles = await (targets[name] as Printer).examine();
  const words = loadWords(env.templatesDirectory);
  if (troubles.length > 0)
    throw new Error(troubles.map(({ words: key, params }) => words.say('fr', key, params)).join(' '));
};
