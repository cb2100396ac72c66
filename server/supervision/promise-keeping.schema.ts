import { z } from 'zod';
import { LetterPromise } from '../organisations/policy-parts.schema.ts';

export const PromiseKeepingQuery = z.strictObject({
  organisation: z.string().min(1).max(64),
  /** The coming year when left out. */
  year: z
    .string()
    .regex(/^20\d\d$/, 'promiseKeeping.badYear')
    .transform(Number)
    .optional(),
  product: z.string().max(64).optional(),
});

/** How often an organisation's letters keep its promise over a year, for each postal product and where it goes. */
export const PromiseKeeping = z.object({
  organisationId: z.string(),
  year: z.number(),
  /** null: no delay is promised. */
  promise: LetterPromise.nullable(),
  promiseInWords: z.string().nullable(),
  rows: z.array(
    z.object({
      product: z.string(),
      label: z.string(),
      zone: z.string(),
      zoneInWords: z.string(),
      /** Of the working-day quarter-hours of the year at which a letter may be asked for, those that keep it. */
      share: z.number().nullable(),
      /** From the request to the letter box, or to the post where that is promised. */
      worstMinutes: z.number(),
      /** Whether letters to this zone leave by this product when nobody chooses another. */
      isDefault: z.boolean(),
      /** What it would keep of other promises. */
      compared: z.array(z.object({ promiseInWords: z.string(), share: z.number() })),
    }),
  ),
});
export type PromiseKeeping = z.infer<typeof PromiseKeeping>;
