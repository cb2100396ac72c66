import { z } from 'zod';
import { LockSecret } from './bulk.schema.ts';

const Moment = z.iso.datetime({ offset: true, error: 'incidents.badMoment' });

export const MassLocksQuery = z.strictObject({
  /** Without it, all of the reader's own. */
  organisationId: z.string().min(1).max(64).optional(),
  from: Moment,
  to: Moment,
  every: z.enum(['minute', 'quarter']).default('quarter'),
});
export type MassLocksQuery = z.output<typeof MassLocksQuery>;

/** Accounts locked by one way and secret in the whole of what was asked. */
export const LockCauseCount = z.object({
  organisationId: z.string(),
  via: z.string(),
  /** « Les pages du portail », or the name of the portal client. */
  viaName: z.string(),
  secret: LockSecret,
  locks: z.number(),
  /** Of these, still locked by that very lock; neither frozen, suspected nor closed. */
  still: z.number(),
  /** Blocks of network addresses they came from. */
  blocks: z.number(),
});

/** A stretch in which one cause locked far more than it usually does: what may be undone together. */
export const LockCluster = z.object({
  organisationId: z.string(),
  via: z.string(),
  viaName: z.string(),
  secret: LockSecret,
  /** Named when most of it came from this one. */
  block: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  locks: z.number(),
  still: z.number(),
});
export type LockCluster = z.infer<typeof LockCluster>;

export const MassLocks = z.object({
  every: z.enum(['minute', 'quarter']),
  /** Those with a lock in them, oldest first. */
  buckets: z.array(
    z.object({
      organisationId: z.string(),
      at: z.string(),
      via: z.string(),
      secret: LockSecret,
      locks: z.number(),
    }),
  ),
  causes: z.array(LockCauseCount),
  clusters: z.array(LockCluster),
});
export type MassLocks = z.infer<typeof MassLocks>;
