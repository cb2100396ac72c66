import { z } from 'zod';

/**
 * What the server writes into the page it serves, before any call: which organisation's portal this is, or, outside
 * production, the list of portals or the demo mailbox with their words.
 */
export const PortalPageData = z.object({
  organisation: z.string().nullable(),
  /** Said when the description cannot be had, for want of the page's own texts. */
  trouble: z.string(),
  demo: z
    .object({
      page: z.enum(['portals', 'mailbox']),
      portals: z.array(z.object({ id: z.string(), name: z.string(), title: z.string() })),
      hasMailbox: z.boolean(),
      texts: z.record(z.string(), z.string()),
    })
    .nullable(),
});
export type PortalPageData = z.infer<typeof PortalPageData>;
