import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { Keys } from './crypto.ts';
import type { Hashing } from './hashing.ts';
import type { Permission } from './permissions.ts';
import type { Random } from './random.ts';
import type { Role } from './vocabulary.ts';
import type { Language, Words } from './words.ts';

export type Db = Knex;

/** What happened, as the chain keeps it. The audit room owns the vocabulary; here it is only carried. */
export type RecordedEvent = {
  type: string;
  organisationId: string | null;
  memberId: string | null;
  callId: string | null;
  result: 'done' | 'refused' | 'failed';
  data: Record<string, unknown>;
};

export type StampedEvent = RecordedEvent & {
  id: string;
  at: string;
  actor: { kind: Actor['kind']; id: string | null; role: string | null };
  requestId: string;
};

/** The last row of a committed group, for the second sink; with a checkpoint, signed for whoever has no key of ours. */
export type ChainHead = { seq: number; hash: string; at: string; checkpoint?: Checkpoint };
/** `rows`: how many rows this segment of the chain has so far. */
export type Checkpoint = { rows: number; segment: number; signature: string };

/**
 * What the process holds for its whole life. Rooms to the right add what they own by declaration merging
 * (`declare module '../core/ctx.ts'`), and app.ts fills everything in, so that core knows no feature.
 */
export interface House {
  pool: Db;
  clock: () => Date;
  random: Random;
  keys: Keys;
  hashing: Hashing;
  words: Words;
  log: Logger;
  /** Appends to the chain inside the caller's transaction, as its last statement. */
  appendAudit: (db: Db, events: StampedEvent[]) => Promise<ChainHead>;
  /** Told of each act in its transaction, before its rows are appended: it may add to them. */
  watchActs: (ctx: Ctx) => Promise<void>;
  /** Appends what looks recorded; those that arrive together share one transaction (at most 20 ms). */
  appendLooks: (events: StampedEvent[]) => Promise<void>;
  /** Told of each committed group: the second sink. Throws when it cannot write. */
  chainCommitted: (head: ChainHead) => void;
  /** Committed heads that the second sink could not take yet, oldest first; while there are any, it is behind. */
  headsWaiting: ChainHead[];
}

export type Actor =
  | {
      kind: 'agent';
      id: string;
      sessionId: string;
      name: string;
      role: Role;
      permissions: ReadonlySet<Permission>;
      /** Where they work, whose hours count for them; null while nobody has said. */
      siteId: string | null;
      team: string | null;
      /** What they must do before anything else: a password of their own, then a second factor; null: nothing. */
      next: 'password' | 'factor' | null;
    }
  | {
      kind: 'member';
      accountId: string;
      memberId: string;
      sessionId: string;
      mayOnlyChangePassword: boolean;
      /** What stands between the member and their space, first that applies. */
      next: 'change-password' | 'terms' | 'contacts' | 'space';
    }
  | { kind: 'public' }
  | { kind: 'system'; name: string };

/** The organisations whose rows the actor may see. An argument of every store call that reads a scoped table. */
export type Scope = { organisationIds: readonly string[] };

/** One request (or one run of a command): who, in which language, under which id. */
export type Visit = {
  house: House;
  actor: Actor;
  scope: Scope;
  language: Language;
  requestId: string;
  /** Polling and live events: they never keep a session or a call alive. */
  background: boolean;
  /** Counts the audited steps, so that a route that recorded nothing is found out. */
  audited: { steps: number };
};

/** A visit inside one transaction (acts) or reading from the pool (looks and reads). */
export type Ctx = Visit & {
  db: Db;
  now: Date;
  newId: () => string;
  events: RecordedEvent[];
};
