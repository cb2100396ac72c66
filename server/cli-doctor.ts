import type { Job } from './cli.ts';
import { loadKeys } from './core/crypto.ts';
import { pendingMigrations } from './db/migrate.ts';
import { assertDurable, openPool } from './db/pool.ts';
import { loadOrganisations } from './organisations/organisations.service.ts';

/** `doctor`: looks at everything a server needs, changes nothing, and says what to do about what is wrong. */
export const examine = async ({ env, terminal, say }: Job): Promise<number> => {
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
  terminal.out(wrong === 0 ? say('doctor.well') : say('doctor.ill', { wrong }));
  return wrong === 0 ? 0 : 1;
};
