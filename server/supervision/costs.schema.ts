import { z } from 'zod';

const Euros = z.number().min(0).max(1_000);

/** What things cost from a day on, in euros. */
export const CostsFrom = z.strictObject({
  from: z.iso.date(),
  callMinute: Euros,
  sms: Euros,
  email: Euros,
  /** Paper, ink and envelope of one letter. */
  sheet: Euros,
  /** By the id of the postal product. */
  postage: z.record(z.string().max(64), Euros),
});
export type CostsFrom = z.infer<typeof CostsFrom>;

export const Costs = z.array(CostsFrom).min(1);
export type Costs = z.infer<typeof Costs>;
