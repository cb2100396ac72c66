import { z } from 'zod';
import { Role } from '../core/vocabulary.ts';
import { eventTypes } from './vocabulary.schema.ts';

const Id = z.string().max(64);

/** One row as the console lists it. */
export const AuditRow = z.object({
  id: z.string(),
  seq: z.number(),
  at: z.string(),
  type: z.string(),
  result: z.enum(['done', 'refused', 'failed']),
  organisationId: z.string().nullable(),
  actorKind: z.string(),
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  actorRole: z.string().nullable(),
  memberId: z.string().nullable(),
  callId: z.string().nullable(),
  data: z.record(z.string(), z.unknown()).nullable(),
});
export type AuditRow = z.infer<typeof AuditRow>;

export const actorKinds = ['agent', 'member', 'system', 'public'] as const;
export const ActorKind = z.enum(actorKinds);

const families = new Set(eventTypes.map((type) => `${type.split('.')[0]}.*`));
const isKnown = (type: string) => families.has(type) || eventTypes.some((one) => one === type);
/** One event, or a family of them: `account.*`. */
const EventPattern = z.string().max(64).refine(isKnown, 'audit.unknownType');

/** A Paris day, `2026-11-18`, or a Paris minute, `2026-11-18T14:05`. */
const Moment = z.union([z.iso.date(), z.iso.datetime({ local: true, precision: -1 })], 'audit.badMoment');

/** Who, whom, what, when, with what result, in which call, of which organisation. */
export const AuditFilter = {
  type: z.union([EventPattern, z.array(EventPattern).min(1).max(60)], 'audit.unknownType').optional(),
  actorId: Id.optional(),
  actorKind: ActorKind.optional(),
  /** Agents who have this role now. */
  role: Role.optional(),
  /** Agents who work at the site of this name now. */
  site: z.string().trim().max(100).optional(),
  memberId: Id.optional(),
  callId: Id.optional(),
  result: z.enum(['done', 'refused', 'failed']).optional(),
  organisationId: Id.optional(),
  /** From the beginning of this day or minute … */
  from: Moment.optional(),
  /** … to the end of this one. */
  to: Moment.optional(),
};
export const AuditSelection = z.strictObject(AuditFilter);
export type AuditSelection = z.infer<typeof AuditSelection>;
