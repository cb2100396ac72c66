import { z } from 'zod';
import { Opening } from '../organisations/policy-parts.schema.ts';

/** Where agents work: its hours say what counts as desk time. */
export const Site = z.object({ id: z.string(), name: z.string(), hours: z.array(Opening) });
export type Site = z.infer<typeof Site>;

export const NewSite = z.strictObject({
  name: z.string().trim().min(1).max(100),
  hours: z.array(
    Opening.refine(({ opens, closes }) => opens < closes, { message: 'agents.badHours', path: ['closes'] }),
  ),
});
export type NewSite = z.infer<typeof NewSite>;
