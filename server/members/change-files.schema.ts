import { z } from 'zod';
import { OwnProof } from '../agents/agents.schema.ts';

/** What changed in a day, as it left for the management system: one line for each member and kind. */
export const ChangeFile = z.object({
  id: z.string(),
  organisationId: z.string(),
  day: z.string(),
  lines: z.number(),
  members: z.number(),
});
export type ChangeFile = z.infer<typeof ChangeFile>;

/** It carries contacts and addresses: who takes it says again who they are. */
export const TakeChangeFile = z.strictObject(OwnProof.shape);

export const ChangeFileFilter = { organisationId: z.string().max(64).optional() };
