import { z } from 'zod';

const Choice = z.object({ id: z.string(), label: z.string() });

/** An organisation as the console lists it: what an employee of it needs, in their language. */
export const Organisation = z.object({
  id: z.string(),
  name: z.string(),
  colour: z.string(),
  sendsLetters: z.boolean(),
  products: z.array(Choice),
  defaultProduct: z.string().nullable(),
  cutoff: z.string().nullable(),
  collectionAt: z.string().nullable(),
  maxFailures: z.number(),
  spaceTypes: z.array(z.string()),
  help: z.object({ name: z.string(), phone: z.string().nullable(), email: z.string().nullable() }),
  reasons: z.object({
    unblock: z.array(Choice),
    letter: z.array(Choice),
    message: z.array(Choice),
    reveal: z.array(Choice),
    correct: z.array(Choice),
    cancel: z.array(Choice),
  }),
  /** Questions that a caller may be asked. */
  facts: z.array(Choice),
});
export type Organisation = z.infer<typeof Organisation>;
