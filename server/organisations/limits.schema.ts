import { z } from 'zod';

/** How much may be set off by whoever stands outside, before any proof (YARDSTICK 5.1, ASVS 2.1.3). */
export const budgetNames = [
  'recoveries-per-member',
  'proofs-per-member',
  'secrets-per-recipient',
  'notices-per-recipient',
  'password-changes-per-account',
  'recoveries-per-address-block',
  'failed-sign-ins-per-address-block',
  'links-per-address-block',
  'test-letters-per-address-block',
  'locks-per-organisation',
  'wrong-codes-per-address-block',
  'wrong-codes-per-organisation',
  'wrong-codes-everywhere',
  'letters-per-organisation',
  'letters-everywhere',
  'messages-per-organisation',
  'messages-everywhere',
  'caller-answers-per-member',
  'caller-codes-per-member',
  'letters-without-proof-per-member',
  'letters-without-proof-per-organisation',
] as const;
export type BudgetName = (typeof budgetNames)[number];

export const periods = ['hour', 'day', '30-days'] as const;
export type Period = (typeof periods)[number];
/** Lengths in minutes. A window begins with its first use. */
export const minutesOf: Record<Period, number> = { hour: 60, day: 1_440, '30-days': 43_200 };

export const BudgetLimit = z.strictObject({
  most: z.int().min(1).max(1_000_000),
  per: z.enum(periods),
});
export type BudgetLimit = z.infer<typeof BudgetLimit>;

const Budget = z.strictObject({
  /** What it bounds and why, for the documentation. */
  why: z.strictObject({ fr: z.string().trim().min(1), en: z.string().trim().min(1) }),
  limits: z
    .array(BudgetLimit)
    .min(1)
    .max(3)
    .refine((limits) => new Set(limits.map(({ per }) => per)).size === limits.length, {
      error: 'one limit for each period',
    }),
});

/** The one limits file: the code, the documentation and the tests read it. */
export const Limits = z.strictObject({
  budgets: z.strictObject(
    Object.fromEntries(budgetNames.map((name) => [name, Budget])) as Record<BudgetName, typeof Budget>,
  ),
});
export type Limits = z.infer<typeof Limits>;
