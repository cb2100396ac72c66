import type { Caller, ContactKind, MessageChannel } from '../core/vocabulary.ts';
import type { VerificationLevel } from '../organisations/policy-parts.schema.ts';
import type { Standing } from './standing.ts';

/** Whether a contact on file may be sent a way back in now; `recent`: it changed too short a while ago. */
export type Reach = 'unknown' | 'out-of-reach' | 'recent' | 'usable';

/** What is known of an account when an act is asked for; every rule reads from here and from `Desk`. */
export type Facts = {
  standing: Standing;
  unblocks: { last24Hours: number; last30Days: number };
  letter: {
    /** Null when a letter can be drawn; else the rule that refuses it. */
    refusedBy: 'letter.none' | 'letter.address-doubtful' | 'letter.address' | null;
    isOnItsWay: boolean;
    mayAskFrom: Date | null;
    /** The address changed too short a while ago. */
    isRecent: boolean;
  };
  contacts: Record<MessageChannel, Reach>;
  /** Channels by which a secret is about to leave. */
  leaving: ReadonlySet<MessageChannel>;
  /** Channels whose contact several people of the organisation have. */
  shared: ReadonlySet<MessageChannel>;
  isProtected: boolean;
  /** A way in was delivered and used a short while ago: a second recovery follows it. */
  usedRecently: boolean;
};

/** Who asks at the desk, for whom, and what was proved in their call. */
export type Desk = {
  caller: Caller;
  /** An imported mandate that is in force today. */
  hasMandate: boolean;
  level: VerificationLevel;
  /** Contacts that the caller proved to hold, and those that may still be proved in this call. */
  confirmed: ReadonlySet<ContactKind>;
  confirmable: ReadonlySet<ContactKind>;
  /** The highest level that this call can still reach. */
  best: VerificationLevel;
  hasFailed: boolean;
  /** The agent's own account, or that of a declared relative. */
  kin: 'self' | 'relative' | null;
  /** The agent sent far more than the desk does. */
  isFarFromDesk: boolean;
  /** The agent is new at the desk: what is risky waits for a senior. */
  isBeginner: boolean;
  /** What the agent changed in this very call: nothing may be sent there. */
  changedHere: ReadonlySet<ContactKind | 'address'>;
  /** What the agent changed a short while ago, in whichever call. */
  changedByAsker: ReadonlySet<ContactKind | 'address'>;
  /** So many letters without proof went out that no more may. */
  lettersWithoutProofSpent: boolean;
};
