import { z } from 'zod';
import { contactKinds } from '../core/vocabulary.ts';

/** What leaves for the management system in the daily file: corrections, and what the back office must look at. */
export const outgoingKinds = [
  ...contactKinds,
  'address',
  'address-doubtful',
  'death-reported',
  'closure-disputed',
] as const;
export const OutgoingKind = z.enum(outgoingKinds);
export type OutgoingKind = z.infer<typeof OutgoingKind>;
