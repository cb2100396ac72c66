import { z } from 'zod';
import { LetterState } from './letters.schema.ts';

/** The test letter of one organisation and week. */
export const TestLetter = z.object({
  id: z.string(),
  organisationId: z.string(),
  /** ISO 8601, '2026-W48': that of the lot it was made with. */
  week: z.string(),
  letterId: z.string(),
  reference: z.string(),
  state: LetterState,
  depositedAt: z.string().nullable(),
  /** The day by which it should be there. */
  expectedOn: z.string(),
  acknowledgedAt: z.string().nullable(),
  /** It should have been acknowledged by now, or never will be. */
  isLate: z.boolean(),
});
export type TestLetter = z.infer<typeof TestLetter>;

export const TestLetterFilter = {
  id: z.array(z.string().max(80)).max(100).optional(),
  organisationId: z.string().max(64).optional(),
};
