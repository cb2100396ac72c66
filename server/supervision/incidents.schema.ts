import { z } from 'zod';
import { OwnProof } from '../agents/agents.schema.ts';
import { LanguageCode } from '../core/vocabulary.ts';
import { Version } from '../core/version.schema.ts';

/** What went wrong; `incidents.kinds.<kind>` names it, and `incidents.say.<kind>` is what callers are told. */
export const incidentKinds = [
  'portal-fault',
  'guessing',
  'stolen-access',
  'agent-misuse',
  'letters-exposed',
  'data-leak',
  'outage',
  'other',
] as const;
export const IncidentKind = z.enum(incidentKinds);
export type IncidentKind = z.infer<typeof IncidentKind>;

const Id = z.string().min(1).max(64);
const Moment = z.iso.datetime({ offset: true, error: 'incidents.badMoment' });

/** From what the people touched are found: one agent, one site or one lot, or all that was done in a period. */
export const Criteria = z.strictObject({
  agentId: Id.optional(),
  siteId: Id.optional(),
  /** A lot is taken whole, whatever the period. */
  lotId: Id.optional(),
  /** Without it, from when the incident began. */
  from: Moment.optional(),
  /** Without it, up to now. */
  to: Moment.optional(),
});
export type Criteria = z.infer<typeof Criteria>;

const BannerText = z.string().trim().min(1).max(300);

export const OpenIncident = z.strictObject({
  kind: IncidentKind,
  organisationIds: z.array(Id).min(1).max(20),
  beganAt: Moment,
  knownAt: Moment,
  bannerText: BannerText.nullable().optional(),
  criteria: Criteria.nullable().optional(),
});
export type OpenIncident = z.infer<typeof OpenIncident>;

export const ChangeIncident = z.strictObject({
  version: Version,
  beganAt: Moment.optional(),
  knownAt: Moment.optional(),
  /** When the authority was told; null takes it back. */
  notifiedAt: Moment.nullable().optional(),
  /** null takes the banner away. */
  bannerText: BannerText.nullable().optional(),
  criteria: Criteria.nullable().optional(),
});
export type ChangeIncident = z.infer<typeof ChangeIncident>;

export const IncidentVersion = z.strictObject({ version: Version });
export const IncidentState = z.enum(['open', 'closed']);

export const Incident = z.object({
  id: z.string(),
  kind: IncidentKind,
  title: z.string(),
  state: IncidentState,
  /** Those of the reader's own. */
  organisationIds: z.array(z.string()),
  beganAt: z.string(),
  knownAt: z.string(),
  /** 72 hours after it was known (GDPR, article 33). */
  deadlineAt: z.string(),
  notifiedAt: z.string().nullable(),
  bannerText: z.string().nullable(),
  criteria: Criteria.nullable(),
  openedByName: z.string().nullable(),
  openedAt: z.string(),
  closedByName: z.string().nullable(),
  closedAt: z.string().nullable(),
  can: z.object({ manage: z.object({ allowed: z.boolean(), why: z.string().nullable() }) }),
  version: z.number(),
});
export type Incident = z.infer<typeof Incident>;

/** What every desk concerned reads on top of its screens. */
export const IncidentBanner = z.object({
  incidentId: z.string(),
  title: z.string(),
  text: z.string(),
});
export type IncidentBanner = z.infer<typeof IncidentBanner>;

/** A page of people: first and last place, at most 100. */
export const TouchedRange = z
  .tuple([z.int().min(0).max(1_000_000), z.int().min(0).max(1_000_000)])
  .refine(([first, last]) => last >= first && last - first < 100, 'common.badRange')
  .default([0, 24]);

export const AskTouched = z.strictObject({ ...Criteria.shape, range: TouchedRange });
export type AskTouched = z.output<typeof AskTouched>;

export const ExportTouched = z.strictObject({ ...Criteria.shape, ...OwnProof.shape });
export type ExportTouched = z.output<typeof ExportTouched>;

export const ReportQuery = z.strictObject({ language: LanguageCode.default('fr') });

/** How often each thing happened, and to how many people. */
const Tally = z.object({ people: z.number(), times: z.number() });
export const TouchedCounts = z.object({
  people: z.number(),
  looked: Tally,
  acted: Tally,
  sent: Tally,
  printed: Tally,
});
export type TouchedCounts = z.infer<typeof TouchedCounts>;

export const TouchedPerson = z.object({
  memberId: z.string(),
  organisationId: z.string(),
  memberNumber: z.string(),
  rank: z.string(),
  lastName: z.string(),
  firstName: z.string(),
  looked: z.number(),
  acted: z.number(),
  sent: z.number(),
  printed: z.number(),
  firstAt: z.string().nullable(),
  lastAt: z.string().nullable(),
});
export type TouchedPerson = z.infer<typeof TouchedPerson>;

export const Touched = z.object({ counts: TouchedCounts, rows: z.array(TouchedPerson), total: z.number() });
export type Touched = z.infer<typeof Touched>;
