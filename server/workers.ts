import { runRightsReview } from './agents/rights-review.service.ts';
import { expireApprovals } from './approvals/expiry.service.ts';
import { runAuditWatch } from './audit/watch.service.ts';
import type { House } from './core/ctx.ts';
import { tellOfDeposits } from './letters/deposit-notices.service.ts';
import { followJobs } from './letters/follow-jobs.service.ts';
import { runCallbacks } from './letters/what-failed.service.ts';
import { writeChangeFiles } from './members/change-files-worker.ts';
import { runOutbox } from './messages/outbox.service.ts';
import { runRecoveries } from './portal/recovery-worker.ts';
import { runAlarms } from './supervision/alarms-worker.ts';
import { runBulk } from './supervision/bulk-worker.ts';
import { runFigures } from './supervision/figures-follow.service.ts';
import { runReviewAlerts } from './supervision/review-alert.service.ts';
import { forgetOldReviews } from './supervision/review-retention.service.ts';
import { runReviews } from './supervision/reviews-worker.ts';

/** Everything that waits to be done now, once. Answers how much there was: run again until nothing is left. */
export const work = async (house: House): Promise<number> =>
  (await runRecoveries(house)) +
  (await tellOfDeposits(house)) +
  (await runOutbox(house)) +
  (await expireApprovals(house)) +
  (await runBulk(house));

/** Each by itself, so that a mail server that takes its time holds up neither an SMS nor the members' recoveries. */
const workers: ((house: House) => Promise<number>)[] = [
  runRecoveries,
  (house) => runOutbox(house, ['email']),
  (house) => runOutbox(house, ['sms']),
  (house) => runBulk(house),
];

/** What becomes due by the minute: nobody waits for it on the line. */
const slowWorkers: ((house: House) => Promise<number>)[] = [
  runCallbacks,
  expireApprovals,
  writeChangeFiles,
  tellOfDeposits,
  followJobs,
  runAlarms,
  runRightsReview,
  runAuditWatch,
  runFigures,
  runReviews,
  runReviewAlerts,
  forgetOldReviews,
];
const slowEveryMs = 60_000;

/**
 * Looks for work every `everyMs` until stopped; a failed pass is logged and the next one tries again. Stopping
 * waits for the passes under way.
 */
export const startWorkers = (house: House, everyMs = 500): (() => Promise<void>) => {
  const stops = [
    ...workers.map((worker) => startWorker(house, worker, everyMs)),
    ...slowWorkers.map((worker) => startWorker(house, worker, slowEveryMs)),
  ];
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
};

const startWorker = (
  house: House,
  worker: (house: House) => Promise<number>,
  everyMs: number,
): (() => Promise<void>) => {
  let isStopped = false;
  let pass: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const again = (): void => {
    if (isStopped) return;
    timer = setTimeout(() => {
      pass = worker(house)
        .catch((error: unknown) => house.log.error({ name: nameOf(error) }, 'a worker’s pass failed'))
        .then(again);
    }, everyMs);
  };
  again();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await pass;
  };
};

/** Of several at once, each: an error's name is all that a log may hold of it. */
const nameOf = (error: unknown): string =>
  error instanceof AggregateError ? error.errors.map(nameOf).join(', ') : (error as Error).name;
