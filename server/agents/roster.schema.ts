import { z } from 'zod';
import { Role } from '../core/vocabulary.ts';
import { Version } from '../core/version.schema.ts';
import { Agent, Household, NewAgent, OwnProof, Placement } from './agents.schema.ts';

/** A beginner's risky acts wait for a second person; a senior may be that person for the beginners of their site. */
export const experiences = ['beginner', 'usual', 'senior'] as const;
export const Experience = z.enum(experiences);
export type Experience = z.infer<typeof Experience>;

const Verdict = z.object({ allowed: z.boolean(), why: z.string().nullable() });

/** An account as the list shows it. */
export const ListedAgent = Agent.extend({
  experience: Experience,
  lastSignedInAt: z.string().nullable(),
  /** They have not chosen a password yet: until when the link works that lets them; null for no link. */
  invitedUntil: z.string().nullable(),
  hasPassword: z.boolean(),
  isPasswordDue: z.boolean(),
  can: z.object({
    /** Name and address; what gives rights is `changeRights`, and never one's own. */
    change: Verdict,
    changeRights: Verdict,
    endSessions: Verdict,
  }),
  version: z.number(),
});
export type ListedAgent = z.infer<typeof ListedAgent>;

/** With what only those read who may change it. */
export const AgentPage = ListedAgent.extend({
  email: z.string().nullable(),
  own: z.array(Household),
  relatives: z.array(Household),
  sessions: z.array(z.object({ signedInAt: z.string(), lastSeenAt: z.string() })),
});
export type AgentPage = z.infer<typeof AgentPage>;

export const AgentFilter = {
  role: Role.optional(),
  /** Part of a name or of a username, in any case and accents. */
  q: z.string().max(100).optional(),
  open: z.boolean().optional(),
  site: z.string().max(64).optional(),
  /** Whose link still waits; who has not signed in for ninety days. */
  view: z.enum(['invited', 'dormant']).optional(),
};

export type ListFilter = Partial<
  { [K in keyof typeof AgentFilter]: z.infer<(typeof AgentFilter)[K]> } & { id: string[] }
>;

const described = {
  name: NewAgent.shape.name,
  role: Role,
  organisations: z.array(z.string().max(64)).min(1, 'agents.noOrganisation').max(100),
  experience: Experience.optional(),
  ...Placement.shape,
};

/** A new account has no password: its agent chooses one by the link that the answer shows once. */
export const MakeAgent = z.strictObject({
  username: NewAgent.shape.username,
  ...described,
  ...OwnProof.shape,
});
export const AgentToMake = MakeAgent.omit({ password: true, code: true, assertion: true, sso: true });
export type AgentToMake = z.infer<typeof AgentToMake>;

/** What is not named stays; the proof is asked where it changes what they may do. */
export const ChangeAgent = z.strictObject({
  ...z.strictObject(described).partial().shape,
  version: Version,
  ...OwnProof.shape,
});
export type ChangeAgent = z.infer<typeof ChangeAgent>;
export type AgentChange = Omit<ChangeAgent, keyof OwnProof>;

export const OnAgent = z.strictObject({ version: Version });
export const OnAgentProved = z.strictObject({ version: Version, ...OwnProof.shape });

/** Shown once, to whoever hands it over; it works once. */
export const Invited = z.object({ agent: AgentPage, link: z.string(), until: z.string() });
export type Invited = z.infer<typeof Invited>;
export const EndedSessions = z.object({ ended: z.number() });
