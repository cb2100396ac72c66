import { z } from 'zod';
import { overdueKinds } from '../letters/overdue.schema.ts';

export const alarmKinds = overdueKinds;
export const AlarmKind = z.enum(alarmKinds);
export type AlarmKind = z.infer<typeof AlarmKind>;

export const Alarm = z.object({
  id: z.string(),
  organisationId: z.string(),
  kind: AlarmKind,
  /** In words: what stands late and what to do. */
  message: z.string(),
  /** A day, a week or a lot's id. */
  subject: z.string(),
  count: z.number(),
  lotId: z.string().nullable(),
  raisedAt: z.string(),
  /** When the first supervisor was told by e-mail. */
  toldAt: z.string().nullable(),
  clearedAt: z.string().nullable(),
});
export type Alarm = z.infer<typeof Alarm>;

export const AlarmFilter = {
  id: z.array(z.string().max(64)).max(100).optional(),
  organisationId: z.string().max(64).optional(),
  kind: AlarmKind.optional(),
  open: z.boolean().optional(),
};
