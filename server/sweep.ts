import { sweepAccounts } from './accounts/accounts.service.ts';
import { sweepAgents } from './agents/agent-files.service.ts';
import { sweepSessions } from './agents/agents.service.ts';
import type { House } from './core/ctx.ts';
import { sweepFactorChallenges } from './agents/factor-challenges.service.ts';
import { housekeep } from './core/perform.ts';
import { sweepBudgets } from './credentials/budgets.service.ts';
import { sweepOneTime } from './credentials/one-time.service.ts';
import { sweepIncomingCalls } from './desk/incoming-calls.service.ts';
import { wakeImports } from './imports/imports-apply.service.ts';
import { sweepIdempotencyKeys, sweepStoredSessions } from './http/sweep.store.ts';
import { sweepLetters } from './letters/letters.service.ts';
import { sweepRecoveries } from './portal/recoveries.service.ts';
import { sweepChallenges } from './portal/challenge.service.ts';
import { sweepFederation } from './portal/france-connect.service.ts';

/** What time alone changes: ended sessions, expired temporary passwords, yesterday's keys. Safe on every server. */
export const sweep = (house: House): Promise<void> =>
  housekeep(house, async (db, now) => {
    await sweepSessions(db, now);
    await sweepAgents(db, now);
    await sweepFactorChallenges(db, now);
    await sweepStoredSessions(db, now);
    await sweepIdempotencyKeys(db, now);
    await sweepAccounts(db, now);
    await sweepLetters(db, now);
    await sweepRecoveries(db, now);
    await sweepChallenges(db, now);
    await sweepFederation(db, now);
    await sweepOneTime(db, now);
    await sweepBudgets(db, now);
    await sweepIncomingCalls(db, now);
  });

/** Sweeps every minute until stopped; a failed sweep is logged and the next one tries again. */
export const startSweeping = (house: House): (() => void) => {
  const timer = setInterval(() => {
    // What a command that died left half applied goes on here.
    wakeImports(house);
    sweep(house).catch((error: unknown) => house.log.error({ name: (error as Error).name }, 'sweep failed'));
  }, 60_000);
  timer.unref();
  return () => clearInterval(timer);
};
