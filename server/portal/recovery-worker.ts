import type { House } from '../core/ctx.ts';
import { housekeep, perform, systemVisit } from '../core/perform.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import * as store from './recoveries.store.ts';
import type { RecoveryRow } from './recoveries.store.ts';
import { resolveRecovery } from './recovery-sending.ts';

/** A worker that died gives its rows up after this time. */
const leaseMinutes = 2;
const atOnce = 20;

/** Does what recoveries asked for, after their answers have gone. Answers how many; safe on several servers. */
export const runRecoveries = async (house: House): Promise<number> => {
  const claimed = await housekeep(house, (db, now) =>
    store.claimDue(db, {
      now: now.toISOString(),
      leaseUntil: new Date(now.getTime() + leaseMinutes * 60_000).toISOString(),
      most: atOnce,
    }),
  );
  let done = 0;
  for (const row of claimed) if (await resolve(house, row)) done += 1;
  return done;
};

/** One transaction: what was noted is taken off the row and asked for, or neither; false when it was not done. */
const resolve = async (house: House, row: RecoveryRow): Promise<boolean> => {
  try {
    await perform(systemVisit(house, 'recoveries', [row.organisation_id]), async (ctx) => {
      if (!(await store.takeSend(ctx.db, row))) throw new Overtaken();
      await resolveRecovery(ctx, policyOf(house, row.organisation_id), row);
    });
    return true;
  } catch (error) {
    if (error instanceof Overtaken) return false;
    // Nothing was done and the lease runs out: it is tried again then. One bad row never stops the others.
    const { name, code } = error as NodeJS.ErrnoException;
    house.log.error({ name, code }, 'a recovery could not be resolved');
    return false;
  }
};

/** The member chose otherwise meanwhile, or another server was faster. */
class Overtaken extends Error {}
