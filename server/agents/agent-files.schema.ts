import { z } from 'zod';
import { Version } from '../core/version.schema.ts';
import { Role } from '../core/vocabulary.ts';
import { OwnProof } from './agents.schema.ts';

/** What a line would do: make an account, change one, or nothing. */
export const lineKinds = ['make', 'change', 'same'] as const;

export const AgentFileLine = z.object({
  /** Where it begins in the file, the header being line 1. */
  line: z.number(),
  username: z.string(),
  what: z.enum(lineKinds),
  /** The columns that would change. */
  changed: z.array(z.string()),
  /** What it would let somebody do, and where: what stands in the file of that. */
  gives: z.object({
    role: Role.optional(),
    organisations: z.array(z.string()).optional(),
    site: z.string().nullable().optional(),
  }),
  /** What is wrong, at which column; never what stands there. */
  problems: z.array(z.object({ column: z.string(), message: z.string() })),
});
export type AgentFileLine = z.infer<typeof AgentFileLine>;

/** A file of accounts as it was read; nothing has changed yet. */
export const AgentFile = z.object({
  id: z.string(),
  lines: z.array(AgentFileLine),
  makes: z.number(),
  changes: z.number(),
  /** With one, nothing of the file may be applied. */
  problems: z.number(),
  version: z.number(),
});
export type AgentFile = z.infer<typeof AgentFile>;

export const ApplyAgentFile = z.strictObject({ version: Version, ...OwnProof.shape });

/** The links of new accounts, shown once. */
export const AppliedAgentFile = z.object({
  made: z.number(),
  changed: z.number(),
  invitations: z.array(z.object({ username: z.string(), link: z.string(), until: z.string() })),
});
export type AppliedAgentFile = z.infer<typeof AppliedAgentFile>;
