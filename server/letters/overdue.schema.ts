import { z } from 'zod';

/** What stands late in the print room. Each has its sentence under `alarms.kinds` of the words. */
export const overdueKinds = [
  'letters-late',
  'lot-not-printed',
  'lot-not-deposited',
  'date-missed',
  'test-letter-missing',
  'destruction-overdue',
] as const;
export const OverdueKind = z.enum(overdueKinds);
export type OverdueKind = z.infer<typeof OverdueKind>;
