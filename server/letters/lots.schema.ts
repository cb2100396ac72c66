import { z } from 'zod';
import { OwnProof } from '../agents/agents.schema.ts';
import { Version } from '../core/version.schema.ts';
import { LanguageCode } from '../core/vocabulary.ts';
import { ScannedSheet } from './sheet-code.schema.ts';

export const lotStates = ['made', 'released', 'printing', 'printed', 'counted', 'deposited'] as const;
export const LotState = z.enum(lotStates);
export type LotState = z.infer<typeof LotState>;

/** Where an attempt goes: one document to the browser, or bundle after bundle to a printer or a mail house. */
export const printTargets = ['browser', 'printer', 'mail-house'] as const;
export const PrintTarget = z.enum(printTargets);
export type PrintTarget = z.infer<typeof PrintTarget>;

/** What is drawn, delivered and counted together; `number` counts from 1 within its attempt. */
export const Bundle = z.object({
  attempt: z.number(),
  number: z.number(),
  fromSheet: z.number(),
  toSheet: z.number(),
  sheets: z.number(),
  deliveredAt: z.string().nullable(),
  /** What the printer said of its job after it had accepted it, in words. */
  problem: z.string().nullable(),
  good: z.number().nullable(),
  spoiled: z.number().nullable(),
  countedAt: z.string().nullable(),
});
export type Bundle = z.infer<typeof Bundle>;

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
  /** Letters not yet posted whose latest moment has passed, and those of which it will within two hours. */
  late: z.number(),
  atRisk: z.number(),
  target: PrintTarget.nullable(),
  startedAt: z.string().nullable(),
  /** Somebody asked the attempt to stop. */
  isStopping: z.boolean(),
  confirmedAt: z.string().nullable(),
  /** Why the last attempt ended before its end and which sheets to destroy, in words. */
  problem: z.string().nullable(),
  /** Those that still stand, in the order of their sheets. */
  bundles: z.array(Bundle),
  can: z.object({
    release: May,
    print: May,
    stop: May,
    confirm: May,
    redo: May,
    count: May,
    deposit: May,
    kill: May,
  }),
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
  /** Not late, and due within two hours. */
  atRisk: z.number(),
});
export type WaitingLetters = z.infer<typeof WaitingLetters>;

/** Sheets of one lot and one document at most: measured flat in memory while they are drawn (PERFORMANCE). */
export const mostSheets = 10_000;

export const MakeLot = z.strictObject({
  organisation: z.string().max(64),
  product: z.string().max(64),
  /** At most this many of the waiting letters, the most urgent first. */
  most: z.int().min(1).max(mostSheets).optional(),
});
export type MakeLot = z.infer<typeof MakeLot>;
export const LotVersion = z.strictObject({ version: Version });
export type LotVersion = z.infer<typeof LotVersion>;
export const ReleaseLot = z.strictObject({ version: Version, ...OwnProof.shape });
export type ReleaseLot = z.infer<typeof ReleaseLot>;
/** The claim itself decides; a version given must still be the lot's. */
export const PrintLot = z.strictObject({ version: Version.optional() });
export const SendLot = z.strictObject({ target: z.enum(['printer', 'mail-house']), version: Version });
export type SendLot = z.infer<typeof SendLot>;
export const StopLot = z.strictObject({});

/** Where lots can be printed besides the browser. */
export const PrintTargetsKnown = z.object({
  printer: z.object({ kind: z.enum(['directory', 'ipp']), isEncrypted: z.boolean() }).nullable(),
  mailHouse: z.object({ isEncrypted: z.boolean() }).nullable(),
});
export type PrintTargetsKnown = z.infer<typeof PrintTargetsKnown>;
const SheetNumber = z.int().min(1);
export const CountLot = z.strictObject({
  /** The sum must come out: printed = good + spoiled. */
  good: z.int().min(0),
  /** Numbers of sheets, ranges of them with both ends, and what a scanner typed, as they come. */
  spoiled: z
    .array(
      z.union(
        [SheetNumber, z.strictObject({ from: SheetNumber, to: SheetNumber }), ScannedSheet],
        'lots.badSheet',
      ),
    )
    .max(mostSheets),
  /** That bundle alone; left out, all that are not counted yet. */
  bundle: z.strictObject({ attempt: z.int().min(1), number: z.int().min(1) }).optional(),
  version: Version,
});
export type CountLot = z.output<typeof CountLot>;
/** The same as a client sends it: scanned codes are still text. */
export type CountToSend = z.input<typeof CountLot>;
export const DepositLot = z.strictObject({
  /** When it really was, between the count and now; now when left out. */
  at: z.iso.datetime({ offset: true }).optional(),
  version: Version,
});
export type DepositLot = z.infer<typeof DepositLot>;

export const DepositSlipQuery = z.strictObject({ language: LanguageCode.default('fr') });
