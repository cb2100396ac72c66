import { z } from 'zod';
import { Version } from '../core/version.schema.ts';

/** What a supervisor must hear of. Each has its sentence under `alerts.kinds` of the words. */
export const alertKinds = [
  'budget-spent',
  'wrong-codes',
  'repudiated',
  'suspicion',
  'death-reported',
  'temporary-tries',
  'letter-not-yet-active',
  'used-letter-returned',
  'waste-posted',
  'messages-failing',
  'locks-rising',
  'rights-review-due',
  'bulk-asked',
  'unblock-asked',
  'reviews-waiting',
  'audit-broken',
  'audit-unwatched',
  'canary-seen',
] as const;
export const AlertKind = z.enum(alertKinds);
export type AlertKind = z.infer<typeof AlertKind>;

export const Alert = z.object({
  id: z.string(),
  organisationId: z.string(),
  kind: AlertKind,
  /** In words: what happened and what to do. */
  message: z.string(),
  /** The member it is about, for whoever may open the page. */
  memberId: z.string().nullable(),
  times: z.number(),
  firstAt: z.string(),
  lastAt: z.string(),
  seenAt: z.string().nullable(),
  seenByName: z.string().nullable(),
  /** When what it was about came to an end by itself. */
  endedAt: z.string().nullable(),
  can: z.object({ see: z.object({ allowed: z.boolean(), why: z.string().nullable() }) }),
  version: z.number(),
});
export type Alert = z.infer<typeof Alert>;

export const AlertFilter = {
  id: z.array(z.string().max(64)).max(100).optional(),
  organisationId: z.string().max(64).optional(),
  kind: AlertKind.optional(),
  seen: z.boolean().optional(),
};
export const SeeAlert = z.strictObject({ version: Version });
