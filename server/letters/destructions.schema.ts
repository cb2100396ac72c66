import { z } from 'zod';
import { LanguageCode } from '../core/vocabulary.ts';

/** Why paper must be destroyed: `destructions.kinds.<kind>` says it in words. */
export const destructionKinds = ['spoiled', 'interrupted', 'killed', 'incident', 'returned'] as const;
export const DestructionKind = z.enum(destructionKinds);
export type DestructionKind = z.infer<typeof DestructionKind>;

/** One run of sheets that must be destroyed, or one returned letter: who says so, and who saw it done. */
export const Destruction = z.object({
  id: z.string(),
  organisationId: z.string(),
  kind: DestructionKind,
  kindInWords: z.string(),
  lotId: z.string().nullable(),
  lotNumber: z.number().nullable(),
  attempt: z.number().nullable(),
  fromSheet: z.number().nullable(),
  toSheet: z.number().nullable(),
  sheets: z.number(),
  /** Of a returned letter, to be found in the record without a name. */
  reference: z.string().nullable(),
  declaredBy: z.string(),
  declaredByName: z.string().nullable(),
  declaredAt: z.string(),
  /** The last day for the second person. */
  dueOn: z.string(),
  isOverdue: z.boolean(),
  witnessedByName: z.string().nullable(),
  witnessedAt: z.string().nullable(),
  can: z.object({ witness: z.object({ allowed: z.boolean(), why: z.string().nullable() }) }),
  version: z.number(),
});
export type Destruction = z.infer<typeof Destruction>;

const day = z.iso.date('destructions.badDay');
/** Of one lot, or of all that was declared from one Paris day to another. */
export const RecordQuery = z.strictObject({
  lotId: z.string().max(64).optional(),
  from: day.optional(),
  to: day.optional(),
  organisationId: z.string().max(64).optional(),
  language: LanguageCode.default('fr'),
});
export type RecordQuery = z.output<typeof RecordQuery>;
