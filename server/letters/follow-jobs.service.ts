import { record } from '../audit/record.ts';
import type { House } from '../core/ctx.ts';
import { perform, systemVisit } from '../core/perform.ts';
import * as bundles from './bundles.store.ts';
import type { JobRow } from './bundles.store.ts';

/** A printer that has not given a job up by then prints it, or its sheets are missed when they are counted. */
const followedHours = 24;

/**
 * Asks the printer what has become of the jobs it accepted and nobody has counted yet, so that one it gave up is
 * shown. A printer that does not answer is asked again next time. Returns how many were given up.
 */
export const followJobs = async (house: House): Promise<number> => {
  const { printer } = house.targets;
  if (printer?.kind !== 'ipp') return 0;
  const since = new Date(house.clock().getTime() - followedHours * 3_600_000).toISOString();
  let failures = 0;
  for (const job of await bundles.listJobs(house.pool, since)) {
    const failure = await printer.failureOf(job.file).catch(() => 'unknown' as const);
    if (failure === 'unknown') break;
    if (failure && (await keepFailure(house, job, failure))) failures += 1;
  }
  return failures;
};

const keepFailure = (house: House, job: JobRow, failure: string): Promise<boolean> =>
  perform(systemVisit(house, 'printer', [job.organisation_id]), async (ctx) => {
    const isNew = await bundles.setProblem(ctx.db, job, failure);
    const data = { lotId: job.lot_id, attempt: job.attempt, bundle: job.number, to: failure };
    const result = 'failed';
    record(ctx, { type: 'lot.bundle-delivered', organisationId: job.organisation_id, result, data });
    return isNew;
  });
