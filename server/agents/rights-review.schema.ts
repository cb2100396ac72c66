import { z } from 'zod';
import { Role } from '../core/vocabulary.ts';
import { Version } from '../core/version.schema.ts';
import { OwnProof } from './agents.schema.ts';
import { Experience } from './roster.schema.ts';

/** What one agent may do, for whom, and when somebody last said that this is right. */
export const RightsLine = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role: Role,
  roleInWords: z.string(),
  /** In words, as the role gives them. */
  permissions: z.array(z.string()),
  organisations: z.array(z.string()),
  site: z.string().nullable(),
  team: z.string().nullable(),
  experience: Experience,
  experienceInWords: z.string(),
  lastSignedInAt: z.string().nullable(),
  /** When the account was made, while nobody has reviewed it. */
  reviewedAt: z.string(),
  reviewedByName: z.string().nullable(),
  dueOn: z.string(),
  isDue: z.boolean(),
  can: z.object({ confirm: z.object({ allowed: z.boolean(), why: z.string().nullable() }) }),
  version: z.number(),
});
export type RightsLine = z.infer<typeof RightsLine>;

export const RightsFilter = {
  due: z.boolean().optional(),
  role: Role.optional(),
  site: z.string().max(64).optional(),
};
export const ConfirmRights = z.strictObject({ version: Version });
/** Several at once, each as it was read: all of them or none. */
export const ConfirmManyRights = z.strictObject({
  lines: z
    .array(z.strictObject({ id: z.string().max(64), version: Version }))
    .min(1)
    .max(100),
});
export type ConfirmManyRights = z.infer<typeof ConfirmManyRights>;
export const ConfirmedRights = z.object({ confirmed: z.number() });
export const ExportRights = z.strictObject({ ...OwnProof.shape });
/** A number and nobody: polled. */
export const RightsDue = z.object({ due: z.number() });
