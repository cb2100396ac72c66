import { z } from 'zod';
import { Role } from '../core/vocabulary.ts';

export const SignIn = z.strictObject({
  username: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(200),
  code: z.string().max(20).optional(),
});

/** The agent's own session, as the console reads it to know what to show. */
export const Me = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role: Role,
  organisations: z.array(z.string()),
  permissions: z.array(z.string()),
  /** Sign-in again before this moment, over the unchanged screen. */
  endsAt: z.string(),
  idleMinutes: z.number(),
  demo: z.boolean(),
  /** Where messages that no gateway takes can be read; null where they really leave. */
  mailbox: z.string().nullable(),
});
export type Me = z.infer<typeof Me>;

/** What anyone may know before signing in. */
export const Welcome = z.object({ demo: z.boolean() });

export const Agent = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role: Role,
  organisations: z.array(z.string()),
  createdAt: z.string(),
  closedAt: z.string().nullable(),
});
export type Agent = z.infer<typeof Agent>;

export const NewAgent = z.strictObject({
  username: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9._-]{1,49}$/, 'agents.badUsername'),
  name: z.string().trim().min(1).max(100),
  role: Role,
  organisations: z.array(z.string()).min(1),
  password: z.string().min(12, 'agents.passwordTooShort').max(128),
});
export type NewAgent = z.infer<typeof NewAgent>;
