import { z } from 'zod';
import { Version } from '../core/version.schema.ts';

export const importStates = ['reading', 'held', 'applying', 'done', 'refused'] as const;

export const importContents = ['members', 'companies', 'proofs'] as const;

export const Import = z.object({
  id: z.string(),
  organisationId: z.string(),
  content: z.enum(importContents),
  extent: z.enum(['complete', 'movements']),
  state: z.enum(importStates),
  stateAt: z.string(),
  problem: z.string().nullable(),
  startedAt: z.string(),
  startedByName: z.string().nullable(),
  linesRead: z.number(),
  accepted: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  rejected: z.number(),
  duplicate: z.number(),
  closed: z.number(),
  /** Members it would close or whose contacts it would change. */
  touched: z.number(),
  conflicts: z.number(),
  corrected: z.number(),
  appliedLine: z.number(),
  /** The first rejected lines: where and what to do, never the value. */
  rejections: z.array(z.object({ line: z.number(), column: z.string(), message: z.string() })),
  version: z.number(),
});
export type Import = z.infer<typeof Import>;

export const UploadQuery = z.strictObject({
  organisation: z.string().max(64),
  content: z.enum(importContents).default('members'),
  extent: z.enum(['complete', 'movements']),
  lines: z.coerce.number().int().min(0).max(20_000_000).optional(),
});

export const ApproveImport = z.strictObject({ version: Version });
