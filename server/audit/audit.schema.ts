import { z } from 'zod';

const Id = z.string().max(64);

/** One row as the console lists it. */
export const AuditRow = z.object({
  id: z.string(),
  seq: z.number(),
  at: z.string(),
  type: z.string(),
  result: z.enum(['done', 'refused', 'failed']),
  organisationId: z.string().nullable(),
  actorKind: z.string(),
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  actorRole: z.string().nullable(),
  memberId: z.string().nullable(),
  callId: z.string().nullable(),
  data: z.record(z.string(), z.unknown()).nullable(),
});
export type AuditRow = z.infer<typeof AuditRow>;

export const AuditFilter = {
  type: z.string().max(64).optional(),
  actorId: Id.optional(),
  memberId: Id.optional(),
  callId: Id.optional(),
  result: z.enum(['done', 'refused', 'failed']).optional(),
  organisationId: Id.optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
};

export const Verification = z.object({
  holds: z.boolean(),
  rows: z.number(),
  brokenAt: z.number().nullable(),
  why: z.string().nullable(),
});
export type Verification = z.infer<typeof Verification>;
