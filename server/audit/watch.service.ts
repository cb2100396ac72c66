import type { House } from '../core/ctx.ts';
import { perform, systemVisit, tellSecondSink } from '../core/perform.ts';
import { raiseAlert } from './alerts.service.ts';
import { hashesAt, readHead } from './audit.store.ts';
import { tellOfBreaks } from './breaks.service.ts';
import { keepHeads } from './heads-kept.service.ts';
import type { Verdict } from './chain-verifier.ts';
import { signedCheckpoint } from './checkpoint.ts';
import { record } from './record.ts';
import { removeOldPayloads } from './retention.service.ts';
import { walkChain, type Reached } from './verification.service.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** How far this process has read the chain itself, and on which day it last read the whole. */
    auditWatch: Watch;
  }
}

export type Watch = {
  reached: Reached | null;
  wholeOn: string | null;
  checkpointAt: number;
  /** The last row that the database knows the heads file to have kept. */
  keptAt: number;
  /** That the watch fails was told, and it has not worked since. */
  isFailing: boolean;
};

export const newWatch = (): Watch => ({
  reached: null,
  wholeOn: null,
  checkpointAt: 0,
  keptAt: 0,
  isFailing: false,
});

/**
 * The watch as a worker: one that throws watches nothing, so it is told to every organisation, once until it works
 * again. An alert that cannot be written either is tried again at the next pass.
 *
 * @throws whatever the watch throws; the worker's loop logs it. Where telling failed too, an AggregateError of both,
 * caused by what the watch threw.
 */
export const runAuditWatch = async (house: House): Promise<number> => {
  try {
    const done = await watchAudit(house);
    house.auditWatch.isFailing = false;
    return done;
  } catch (error) {
    if (!house.auditWatch.isFailing) {
      await tellOfFailure(house).catch((untold: unknown) => {
        const both = [error, untold];
        throw new AggregateError(both, 'The audit is unwatched, and nobody could be told.', { cause: error });
      });
      house.auditWatch.isFailing = true;
    }
    throw error;
  }
};

const tellOfFailure = (house: House): Promise<void> => {
  const organisations = house.everyOrganisation();
  return perform(systemVisit(house, 'audit', organisations), async (ctx) => {
    record(ctx, { type: 'audit.watch-failed', result: 'failed', data: {} });
    for (const organisationId of organisations)
      await raiseAlert(ctx, { organisationId, kind: 'audit-unwatched', subject: 'watch' });
  });
};

/**
 * Each minute: reads what was appended since, after the start and each night the whole chain; tells of what is broken
 * and signs a checkpoint of what holds. Each process reads for itself: what it remembers no database can take back.
 * Answers how many rows it read, and emptied for their age.
 */
export const watchAudit = async (house: House): Promise<number> => {
  const watch = house.auditWatch;
  const today = house.clock().toISOString().slice(0, 10);
  const isWhole = watch.wholeOn !== today || !(await stillStands(house, watch));
  const { reached } = watch;
  const { verdict, reached: now } = await walkChain(
    house,
    house.pool,
    isWhole || !reached ? { seen: reached } : { from: reached },
  );
  if (await tellOfBreaks(house, verdict)) {
    // What comes next is read from the first row on: the segment that was opened is not known yet.
    Object.assign(watch, newWatch());
    return verdict.rows;
  }
  watch.reached = now;
  if (isWhole) watch.wholeOn = today;
  await sign(house, verdict);
  await keep(house, now);
  return verdict.rows + (isWhole ? await removeOldPayloads(house) : 0);
};

const stillStands = async ({ pool }: House, { reached }: Watch): Promise<boolean> => {
  if (!reached || reached.seq === 0) return true;
  const hashes = await hashesAt(pool, [reached.seq]);
  return hashes.get(reached.seq) === reached.hash && (await readHead(pool)).seq >= reached.seq;
};

/** Each state of the file once. */
const keep = async (house: House, { trace }: Reached): Promise<void> => {
  const { auditWatch: watch } = house;
  if (trace.begun !== null && trace.last <= watch.keptAt) return;
  await keepHeads(house, trace);
  if (trace.begun !== null) watch.keptAt = trace.last;
};

/** Only what was read and holds is signed, once for each state of the chain. */
const sign = async (house: House, { last, segments }: Verdict): Promise<void> => {
  const current = segments.at(-1);
  const { auditWatch: watch, headsWaiting } = house;
  if (!current?.holds || last.seq <= watch.checkpointAt || headsWaiting.length > 0) return;
  const counted = { rows: last.seq - current.fromRow + 1, segment: current.number };
  tellSecondSink(house, signedCheckpoint(house.keys, { ...last, at: house.clock().toISOString() }, counted));
  watch.checkpointAt = last.seq;
};
