import { z } from 'zod';

const Counted = z.object({ calls: z.number(), agents: z.number() });

/** How often somebody has called about a member lately, and how many agents heard them. */
export const RepeatCalls = z.object({ day: Counted, week: Counted });
export type RepeatCalls = z.infer<typeof RepeatCalls>;
