import { z } from 'zod';
import { Version } from '../core/version.schema.ts';

export const lotStates = ['made', 'released', 'printing', 'printed', 'counted', 'deposited'] as const;
export const LotState = z.enum(lotStates);
export type LotState = z.infer<typeof LotState>;

/** What the print room may do with a lot now, and the words why not. */
const May = z.object({ allowed: z.boolean(), why: z.string().nullable() });

export const Lot = z.object({
  id: z.string(),
  number: z.number(),
  organisationId: z.string(),
  product: z.string(),
  state: LotState,
  letters: z.number(),
  madeBy: z.string(),
  madeByName: z.string().nullable(),
  madeAt: z.string(),
  releasedByName: z.string().nullable(),
  releasedAt: z.string().nullable(),
  attempt: z.number(),
  printedAt: z.string().nullable(),
  printed: z.number(),
  refused: z.number(),
  spoiled: z.number(),
  countedAt: z.string().nullable(),
  depositedAt: z.string().nullable(),
  declaredAt: z.string().nullable(),
  latestPostingAt: z.string().nullable(),
  can: z.object({ release: May, print: May, count: May, deposit: May, kill: May }),
  version: z.number(),
});
export type Lot = z.infer<typeof Lot>;

/** One organisation and product with letters waiting: what a lot could be made of. */
export const WaitingLetters = z.object({
  id: z.string(),
  organisationId: z.string(),
  product: z.string(),
  letters: z.number(),
  latestPostingAt: z.string(),
  late: z.number(),
});
export type WaitingLetters = z.infer<typeof WaitingLetters>;

export const MakeLot = z.strictObject({
  organisation: z.string().max(64),
  product: z.string().max(64),
  /** At most this many of the waiting letters, the most urgent first. */
  most: z.int().min(1).max(5_000).optional(),
});
export type MakeLot = z.infer<typeof MakeLot>;
export const LotVersion = z.strictObject({ version: Version });
export type LotVersion = z.infer<typeof LotVersion>;
/** The claim itself decides; a version given must still be the lot's. */
export const PrintLot = z.strictObject({ version: Version.optional() });
export const CountLot = z.strictObject({
  /** Numbers of the spoiled sheets; the sum must come out: printed = good + spoiled. */
  good: z.int().min(0),
  spoiled: z.array(z.int().min(1)).max(5_000),
  version: Version,
});
export type CountLot = z.infer<typeof CountLot>;
export const DepositLot = z.strictObject({
  /** When it really was, between the count and now; now when left out. */
  at: z.iso.datetime({ offset: true }).optional(),
  version: Version,
});
export type DepositLot = z.infer<typeof DepositLot>;
