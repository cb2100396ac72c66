import { z } from 'zod';
import { Letter } from './letters.schema.ts';
import { ScannedSheet } from './sheet-code.schema.ts';

/** Why the post brought a letter back, as its label says (FACTS 4.7); `letters.returnReasons.<reason>` in words. */
export const returnReasons = ['unknown-addressee', 'access-or-address', 'refused', 'unclaimed'] as const;
export const ReturnReason = z.enum(returnReasons);
export type ReturnReason = z.infer<typeof ReturnReason>;

export const ReturnLetter = z.strictObject({ reason: ReturnReason });

/** The letter in one's hand: by the sheet's DataMatrix or by its « Réf. pli », with or without the sheet's number. */
export const ReturnedMail = z
  .strictObject({
    code: ScannedSheet.optional(),
    reference: z.string().trim().min(1).max(60).optional(),
    reason: ReturnReason,
  })
  .refine(({ code, reference }) => (code === undefined) !== (reference === undefined), {
    path: ['reference'],
    error: 'returns.codeOrReference',
  });
export type ReturnedMail = z.infer<typeof ReturnedMail>;

/** The letter as it is now; `warning` in words when the return itself is strange, and a supervisor has been told. */
export const TakenReturn = Letter.extend({ warning: z.string().nullable() });
export type TakenReturn = z.infer<typeof TakenReturn>;
