import { z } from 'zod';
import { LanguageCode } from '../core/vocabulary.ts';

const Flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((word) => word === 'true');

export const CalibrationQuery = z.strictObject({ organisation: z.string().max(64) });
export type CalibrationQuery = z.output<typeof CalibrationQuery>;

export const PreviewQuery = CalibrationQuery.extend({
  language: LanguageCode.default('fr'),
  largePrint: Flag,
  /** With what the envelope shows of the sheet, and where it is folded. */
  window: Flag,
});
export type PreviewQuery = z.output<typeof PreviewQuery>;
