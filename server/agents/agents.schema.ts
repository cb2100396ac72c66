import { z } from 'zod';
import { Role } from '../core/vocabulary.ts';

export const SignIn = z.strictObject({
  username: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(200),
  /** Of an authenticator app, or a recovery code. */
  code: z.string().trim().max(40).optional(),
  /** What a security key answered to the challenge of the answer before. */
  assertion: z.record(z.string(), z.unknown()).optional(),
});
export type SignIn = z.infer<typeof SignIn>;

/**
 * Who sits at an open session, asked again before something that it must not do by itself: the second factor of who
 * has one, the password of who has none, or a new word of the identity provider in place of that password. Spread into
 * the body of such a route.
 */
export const OwnProof = z.strictObject({
  password: z.string().max(200).optional(),
  /** Of an authenticator app, or a recovery code. */
  code: z.string().trim().max(40).optional(),
  /** What a security key answered to `POST /api/own-account/challenge`. */
  assertion: z.record(z.string(), z.unknown()).optional(),
  /** What `POST /api/sso/proof/return` answered: the identity provider has just asked who they are. */
  sso: z.string().max(100).optional(),
});
export type OwnProof = z.infer<typeof OwnProof>;

/** The agent's own session, as the console reads it to know what to show. */
export const Me = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role: Role,
  organisations: z.array(z.string()),
  permissions: z.array(z.string()),
  /** The names of where they work and of their team; null while nobody has said. */
  site: z.string().nullable(),
  team: z.string().nullable(),
  /** What they must do before anything else is open to them. */
  next: z.enum(['password', 'factor']).nullable(),
  /** Their second factors: what `OwnProof` asks for; none means the password. */
  factors: z.array(z.enum(['totp', 'security-key'])),
  /** Whether a password of theirs opens anything. */
  hasPassword: z.boolean(),
  /** What the button of single sign-on says to who is linked to it; null for everybody else. */
  sso: z.string().nullable(),
  /** Sign-in again before this moment, over the unchanged screen. */
  endsAt: z.string(),
  idleMinutes: z.number(),
  demo: z.boolean(),
  training: z.boolean(),
  /** Where messages that no gateway takes can be read; null where they really leave. */
  mailbox: z.string().nullable(),
});
export type Me = z.infer<typeof Me>;

/** What anyone may know before signing in. */
export const Welcome = z.object({
  demo: z.boolean(),
  training: z.boolean(),
  /** What the button of single sign-on says; null without it. */
  sso: z.string().nullable(),
});
export type Welcome = z.infer<typeof Welcome>;

export const Agent = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role: Role,
  organisations: z.array(z.string()),
  site: z.string().nullable(),
  team: z.string().nullable(),
  createdAt: z.string(),
  closedAt: z.string().nullable(),
});
export type Agent = z.infer<typeof Agent>;

/** A member number with everybody under it, whatever their rank. */
export const Household = z.strictObject({
  organisationId: z.string().max(64),
  memberNumber: z
    .string()
    .trim()
    .max(32)
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u),
});
export type Household = z.infer<typeof Household>;

const households = z.array(Household).max(20).optional();

/** Where an agent works, on whose accounts they never act, where alarms are told; what is not named stays. */
export const Placement = z.strictObject({
  /** The site's name; null for none any more. */
  site: z.string().trim().min(1).max(100).nullable().optional(),
  team: z.string().trim().min(1).max(50).nullable().optional(),
  own: households,
  relatives: households,
  /** Of a supervisor: alarms go there, and nothing about members ever does. */
  email: z.email('agents.badEmail').max(254, 'agents.badEmail').nullable().optional(),
});
export type Placement = z.infer<typeof Placement>;

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
  ...Placement.shape,
});
export type NewAgent = z.infer<typeof NewAgent>;
