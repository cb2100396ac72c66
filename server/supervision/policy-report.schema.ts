import { z } from 'zod';

/** One weak point of an organisation's procedure: the rule it breaks, by how much, and what to change. */
export const WeakPoint = z.object({
  id: z.string(),
  severity: z.enum(['high', 'medium', 'low']),
  title: z.string(),
  /** The rule broken, with its source: `CNIL 2022-100, cas 2`. */
  rule: z.string(),
  /** Entropy in bits of what protects here; null where the point is not about guessing. */
  bits: z.number().nullable(),
  detail: z.string(),
  change: z.string(),
});
export type WeakPoint = z.infer<typeof WeakPoint>;

/** Expected break-ins by guessing, under the budgets of the limits file (YARDSTICK 5.1). */
export const GuessingOdds = z.object({
  secret: z.string(),
  bits: z.number(),
  triesPerSecret: z.number(),
  secretsPerYear: z.number(),
  /** Chance that one targeted member is broken into in a year. */
  perMemberYear: z.number(),
  /** Expected accounts per million members and year when everybody is tried, within the wrong-code budgets. */
  perMillionYear: z.number(),
  acceptable: z.boolean(),
});
export type GuessingOdds = z.infer<typeof GuessingOdds>;

export const PolicyReport = z.object({
  organisationId: z.string(),
  organisationName: z.string(),
  weakPoints: z.array(WeakPoint),
  odds: z.array(GuessingOdds),
  promise: z
    .object({
      promised: z.string(),
      product: z.string(),
      /** Share of the working-day quarter-hours of a year for which the promise would be kept. */
      keptShare: z.number(),
      worst: z.string(),
      /** A product of the file that keeps it always, if there is one. */
      better: z.string().nullable(),
    })
    .nullable(),
});
export type PolicyReport = z.infer<typeof PolicyReport>;
