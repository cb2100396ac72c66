import type { Db, Scope } from '../core/ctx.ts';
import type { PrintTarget } from './lots.schema.ts';
import type { LotRow } from './lots.store.ts';

/** A lot under one attempt's number: who holds a former one finds nothing. */
export type Attempt = { id: string; attempt: number };

const table = (db: Db) => db<LotRow>('lots');
const nextVersion = (db: Db) => db.raw('version + 1') as unknown as number;

/** Takes a released lot, or one whose attempt has let its lease end, under the next attempt's number. */
export const claimForPrinting = async (
  db: Db,
  scope: Scope,
  id: string,
  { now, leaseUntil, target }: { now: string; leaseUntil: string; target: PrintTarget },
): Promise<LotRow | undefined> => {
  const [lot] = await table(db)
    .where({ id })
    .whereIn('organisation_id', [...scope.organisationIds])
    .where((free) =>
      free
        .where({ state: 'released' })
        .orWhere((ended) => ended.where({ state: 'printing' }).where('lease_until', '<', now)),
    )
    .update({
      state: 'printing',
      attempt: db.raw('attempt + 1') as unknown as number,
      lease_until: leaseUntil,
      target,
      started_at: now,
      stop_asked_at: null,
      confirmed_at: null,
      problem: null,
      version: nextVersion(db),
    })
    .returning('*');
  return lot;
};

/** Counts a bundle and renews the lease; false when this attempt is no longer the lot's: write nothing. */
export const countBundle = async (
  db: Db,
  { id, attempt }: Attempt,
  bundle: { printed: number; refused: number; leaseUntil: string },
): Promise<boolean> => {
  const hit = await table(db)
    .where({ id, attempt, state: 'printing' })
    .update({
      printed: db.raw('printed + ?', [bundle.printed]) as unknown as number,
      refused: db.raw('refused + ?', [bundle.refused]) as unknown as number,
      lease_until: bundle.leaseUntil,
    });
  return hit > 0;
};

/** Renews the lease; false when this attempt is no longer the lot's. */
export const renewLease = async (db: Db, { id, attempt }: Attempt, leaseUntil: string): Promise<boolean> => {
  const hit = await table(db).where({ id, attempt, state: 'printing' }).update({ lease_until: leaseUntil });
  return hit > 0;
};

/** The lot while this attempt is the one that prints it. */
export const findPrinting = (db: Db, { id, attempt }: Attempt): Promise<LotRow | undefined> =>
  table(db).where({ id, attempt, state: 'printing' }).first();

/** All of it has been drawn and has left; nothing when the attempt is no longer the lot's. */
export const endAsPrinted = async (
  db: Db,
  { id, attempt }: Attempt,
  at: string,
): Promise<LotRow | undefined> => {
  const [lot] = await table(db)
    .where({ id, attempt, state: 'printing' })
    .update({ state: 'printed', printed_at: at, lease_until: null, version: nextVersion(db) })
    .returning('*');
  return lot;
};

/**
 * Ends an attempt early, back to released, also when its end was committed and its last bytes did not leave. Nothing
 * when it is no longer the lot's, or its document was confirmed meanwhile.
 */
export const endEarly = async (db: Db, { id, attempt }: Attempt): Promise<LotRow | undefined> => {
  const [lot] = await table(db)
    .where({ id, attempt })
    .where((going) =>
      going
        .where({ state: 'printing' })
        .orWhere((ended) => ended.where({ state: 'printed' }).whereNull('confirmed_at')),
    )
    .update({ state: 'released', printed_at: null, lease_until: null, version: nextVersion(db) })
    .returning('*');
  return lot;
};

/** What an attempt that ended early leaves behind; belongs to the transaction that ended it. */
export const setLeft = async (
  db: Db,
  id: string,
  left: Partial<Pick<LotRow, 'state' | 'printed' | 'printed_at' | 'problem'>>,
): Promise<void> => {
  await table(db).where({ id }).update(left);
};

/** Somebody asks the attempt under way to stop; false when there is none, or somebody did before. */
export const askToStop = async (db: Db, { id, attempt }: Attempt, at: string): Promise<boolean> => {
  const hit = await table(db)
    .where({ id, attempt, state: 'printing' })
    .whereNull('stop_asked_at')
    .update({ stop_asked_at: at });
  return hit > 0;
};

/** The document of the browser is whole; false when that was said before. */
export const confirmDocument = async (db: Db, id: string, at: string): Promise<boolean> => {
  const hit = await table(db)
    .where({ id, state: 'printed', target: 'browser' })
    .whereNull('confirmed_at')
    .update({ confirmed_at: at });
  return hit > 0;
};
