import { z } from 'zod';

/** What an open page is told: that something of this type happened. What it came to, the page reads again. */
export const LiveEvent = z.object({ seq: z.number(), type: z.string() });
export type LiveEvent = z.infer<typeof LiveEvent>;
