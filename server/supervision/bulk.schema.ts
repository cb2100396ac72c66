import { z } from 'zod';
import { OwnProof } from '../agents/agents.schema.ts';
import { Version } from '../core/version.schema.ts';
import { Criteria, TouchedPerson, TouchedRange } from './incidents.schema.ts';

/** `kill-secrets`: what opens the accounts of people touched dies. `unblock`: a mass lock is undone. */
export const bulkKinds = ['kill-secrets', 'unblock'] as const;
export const BulkKind = z.enum(bulkKinds);
export type BulkKind = z.infer<typeof BulkKind>;

export const bulkStates = ['waiting', 'running', 'done', 'refused', 'withdrawn', 'expired'] as const;
export const BulkState = z.enum(bulkStates);
export type BulkState = z.infer<typeof BulkState>;

const Id = z.string().min(1).max(64);
const Moment = z.iso.datetime({ offset: true, error: 'incidents.badMoment' });

export const LockSecret = z.enum(['password', 'first-code', 'password-again']);

/** One cause of locks in one organisation and stretch of time. */
export const Cause = z.strictObject({
  organisationId: Id,
  from: Moment,
  to: Moment,
  /** A portal client's id, or `pages`. */
  via: Id,
  secret: LockSecret,
  /** A block of network addresses; without it, all of them. */
  block: z.string().min(1).max(64).optional(),
});
export type Cause = z.infer<typeof Cause>;

/** Why, in a sentence that the second person reads; kept nowhere else. */
const Why = z.strictObject({
  why: z.string().trim().max(200).default(''),
  /** Said after the warning: none of it is about health or opinions. */
  confirmed: z.boolean().optional(),
});

export const AskKill = z.strictObject({
  ...Criteria.shape,
  ...Why.shape,
  /** Letters that are not yet posted too. */
  withLetters: z.boolean().default(false),
});
export type AskKill = z.output<typeof AskKill>;

export const AskUnblock = z.strictObject({ ...Cause.shape, ...Why.shape, incidentId: Id.optional() });
export type AskUnblock = z.output<typeof AskUnblock>;

export const ApproveBulk = z.strictObject({ version: Version, ...OwnProof.shape });
export type ApproveBulk = z.output<typeof ApproveBulk>;
export const BulkVersion = z.strictObject({ version: Version });

/** What opens these accounts, and letters that are not yet posted. */
export const Counted = z.object({
  secrets: z.number(),
  /** Of these; a request of a former version did not count them apart. */
  temporary: z.number().default(0),
  links: z.number().default(0),
  codes: z.number().default(0),
  /** On paper that is not yet posted: its letters are among these. */
  printed: z.number(),
  letters: z.number(),
});
export type Counted = z.infer<typeof Counted>;

/** What a kill by these criteria would be about, if it were asked for now. */
export const ToKill = z.object({
  /** People touched, and the accounts that their files lead to: dependants have none of their own. */
  people: z.number(),
  accounts: z.number(),
  counted: Counted,
});
export type ToKill = z.infer<typeof ToKill>;

const Can = z.object({ allowed: z.boolean(), why: z.string().nullable() });

export const BulkRequest = z.object({
  id: z.string(),
  kind: BulkKind,
  state: BulkState,
  incidentId: z.string().nullable(),
  incidentTitle: z.string().nullable(),
  organisationIds: z.array(z.string()),
  /** What it was asked with, in words without a name. */
  about: z.string(),
  /** Whom or what it was counted from, by name: an agent, a site, a lot; null where none was named. */
  from: z.object({
    agentName: z.string().nullable(),
    siteName: z.string().nullable(),
    lotNumber: z.number().nullable(),
  }),
  /** Why, in the words of whoever asked; null when they said nothing. */
  why: z.string().nullable(),
  withLetters: z.boolean(),
  /** Accounts it is about, frozen when it was asked. */
  targets: z.number(),
  /** What was counted when it was asked. */
  counted: Counted,
  /** The same by now, of a kill that waits; null in lists. */
  countedNow: Counted.nullable(),
  askedByName: z.string().nullable(),
  askedAt: z.string(),
  expiresAt: z.string(),
  decidedByName: z.string().nullable(),
  decidedAt: z.string().nullable(),
  /** How far it has come, of `targets`, and what it did. */
  donePlace: z.number(),
  hit: z.number(),
  secrets: z.number(),
  letters: z.number(),
  finishedAt: z.string().nullable(),
  can: z.object({ approve: Can, refuse: Can }),
  version: z.number(),
});
export type BulkRequest = z.infer<typeof BulkRequest>;

export const AskTargets = z.strictObject({ range: TouchedRange });
export type AskTargets = z.output<typeof AskTargets>;

/** Those it is about, as the touched are shown; of a mass lock, `lastAt` is when each was locked. */
export const BulkTargets = z.object({ rows: z.array(TouchedPerson), total: z.number() });
export type BulkTargets = z.infer<typeof BulkTargets>;
