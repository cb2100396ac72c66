import { z } from 'zod';

const Contact = z.string().max(254).nullable().optional();

/** What is put on file in place of what was there: a contact that is null, or empty, is taken away. */
export const CorrectedFields = z.strictObject({
  contacts: z.strictObject({ email: Contact, mobile: Contact, landline: Contact, fax: Contact }).optional(),
  address: z
    .strictObject({
      lines: z.array(z.string().max(120)).min(1).max(4),
      postcode: z.string().max(12),
      town: z.string().max(80),
      /** A country's name or code; France when left out. */
      country: z.string().max(60).optional(),
    })
    .optional(),
});
export type CorrectedFields = z.infer<typeof CorrectedFields>;
