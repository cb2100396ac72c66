import { z } from 'zod';

export const largestPage = 100;

/** An inclusive range of rows: `[0, 24]` is the first 25. */
export const Range = z
  .tuple([z.number().int().min(0).max(1_000_000), z.number().int().min(0).max(1_000_000)])
  .refine(([from, to]) => to >= from && to - from < largestPage, 'common.badRange');
