import { z } from 'zod';
import { LanguageCode } from '../core/vocabulary.ts';

const day = z.iso.date('figures.badDay');
const Id = z.string().min(1).max(64);

export const FigureStep = z.enum(['day', 'week', 'month']);
export type FigureStep = z.infer<typeof FigureStep>;

/** The last thirty days, by day, over all of one's organisations, when nothing is said. */
export const FiguresQuery = z.strictObject({
  from: day.optional(),
  to: day.optional(),
  organisation: Id.optional(),
  site: Id.optional(),
  /** Within a site. */
  team: z.string().min(1).max(100).optional(),
  by: FigureStep.default('day'),
});
export type FiguresQuery = z.output<typeof FiguresQuery>;

export const FigureUnit = z.enum(['count', 'share', 'minutes', 'euros', 'rate']);
export type FigureUnit = z.infer<typeof FigureUnit>;

const Value = z.number().nullable();

export const Figure = z.object({
  id: z.string(),
  label: z.string(),
  /** What is counted and how, in a sentence or two. */
  meaning: z.string(),
  unit: FigureUnit,
  /** What no agent did has no site: null while one is asked for. */
  isPerOrganisation: z.boolean(),
  total: Value,
  /** One for each stretch; null where there is nothing to take a share or a mean of. */
  values: z.array(Value),
});
export type Figure = z.infer<typeof Figure>;

export const Figures = z.object({
  from: z.string(),
  to: z.string(),
  by: FigureStep,
  organisationIds: z.array(z.string()),
  siteId: z.string().nullable(),
  team: z.string().nullable(),
  stretches: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      label: z.string(),
      /** Ended less than a week ago: calls may still be repeated. */
      isProvisional: z.boolean(),
    }),
  ),
  groups: z.array(z.object({ id: z.string(), title: z.string(), figures: z.array(Figure) })),
  /** Letters that have not left, now; null while a site is asked for. */
  waiting: z
    .object({
      total: z.number(),
      overdue: z.number(),
      ages: z.array(z.object({ id: z.string(), label: z.string(), letters: z.number() })),
    })
    .nullable(),
  /** Sites of these organisations, with the teams that are large enough to be shown. */
  sites: z.array(z.object({ id: z.string(), name: z.string(), teams: z.array(z.string()) })),
  /** What unit costs the euros are made of. */
  costs: z.string(),
  /** The moment of the last event that is counted; null while none is. */
  countedUntil: z.string().nullable(),
});
export type Figures = z.infer<typeof Figures>;

export const ReportQuery = z.strictObject({
  month: z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'figures.badMonth'),
  organisation: Id.optional(),
  language: LanguageCode.default('fr'),
});
export type ReportQuery = z.output<typeof ReportQuery>;
