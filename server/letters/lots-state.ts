import type { ErrorCode, WordParams } from '../core/errors.ts';
import type { Permission } from '../core/permissions.ts';
import { lateAfterWorkingDays, type Lateness } from './lateness.ts';
import type { LotState, PrintTarget } from './lots.schema.ts';

export const lotActs = ['release', 'print', 'stop', 'confirm', 'redo', 'count', 'deposit', 'kill'] as const;
export type LotAct = (typeof lotActs)[number];

/** What decides about a lot, as seen by one actor at one moment. */
export type LotFacts = {
  state: LotState;
  /** An attempt is printing and its lease has not ended. */
  isPrinting: boolean;
  /** Letters still in it, before it is released. */
  letters: number;
  printed: number;
  spoiled: number;
  target: PrintTarget | null;
  /** The attempt was asked to stop. */
  isStopping: boolean;
  /** The operator said that the document is whole. */
  isConfirmed: boolean;
  /** A bundle of it has been counted. */
  isCountBegun: boolean;
  madeByActor: boolean;
  askedByActor: boolean;
  /** A letter in it goes to an account that somebody suspects; only known of a lot that its maker might release. */
  isFlagged: boolean;
  /** Letters that this actor released today as their maker. */
  releasedAlone: number;
  lateness: Lateness;
  permissions: ReadonlySet<Permission>;
};

/** Why an act is not possible now: its words are a key under `lots:`. */
export type LotRefusal = { code: ErrorCode; words: string; rule: string; params?: WordParams };

/** DOMAIN, "Letters, lots, promises": letters a day that their maker may release without a second person. */
export const mostReleasedAlone = 50;

/** Decides whether a lot may be released, printed, counted, deposited or killed; lists and acts ask here alike. */
export const refusalOf = (act: LotAct, facts: LotFacts): LotRefusal | null => {
  if (!facts.permissions.has(permissionFor[act])) return refused('forbidden', 'notYours', 'lot.role');
  return rules[act](facts);
};

// Who prints also stops, confirms and redoes.
const permissionFor: Record<LotAct, Permission> = {
  release: 'lot.release',
  print: 'lot.print',
  stop: 'lot.print',
  confirm: 'lot.print',
  redo: 'lot.print',
  count: 'lot.count',
  deposit: 'lot.deposit',
  kill: 'lot.kill',
};

const refused = (code: ErrorCode, words: string, rule: string, params?: WordParams): LotRefusal => ({
  code,
  words: `lots.${words}`,
  rule,
  params,
});

const conflict = (words: string, rule: string): LotRefusal => refused('conflict', words, rule);

const release = (facts: LotFacts): LotRefusal | null => {
  if (facts.state !== 'made') return conflict('alreadyReleased', 'lot.released');
  if (facts.letters === 0) return refused('policy-refused', 'empty', 'lot.empty');
  if (facts.askedByActor) return refused('policy-refused', 'releaseAsked', 'lot.release-asked');
  if (!facts.madeByActor) return null;
  if (facts.isFlagged) return refused('policy-refused', 'releaseFlagged', 'lot.release-flagged');
  const left = mostReleasedAlone - facts.releasedAlone;
  if (facts.letters <= left) return null;
  const params = { most: mostReleasedAlone, left: Math.max(0, left) };
  return refused('policy-refused', 'releaseMade', 'lot.release-made', params);
};

const print = ({ state, isPrinting }: LotFacts): LotRefusal | null => {
  if (state === 'made') return conflict('notReleased', 'lot.not-released');
  if (isPrinting) return conflict('beingPrinted', 'lot.printing');
  if (state === 'released' || state === 'printing') return null;
  return conflict('alreadyPrinted', 'lot.printed');
};

const stop = ({ state, isStopping }: LotFacts): LotRefusal | null => {
  if (state !== 'printing') return conflict('notBeingPrinted', 'lot.not-printing');
  return isStopping ? conflict('alreadyStopping', 'lot.stopping') : null;
};

const confirm = ({ state, target, isConfirmed }: LotFacts): LotRefusal | null => {
  if (state !== 'printed') return conflict('notPrinted', 'lot.not-printed');
  if (target !== 'browser' || isConfirmed) return conflict('alreadyConfirmed', 'lot.confirmed');
  return null;
};

/** A document that never reached its reader whole is waste, until somebody says that it did or counts. */
const redo = (facts: LotFacts): LotRefusal | null => {
  if (facts.state !== 'printed') return conflict('notPrinted', 'lot.not-printed');
  const isFinal = facts.target !== 'browser' || facts.isConfirmed || facts.isCountBegun;
  return isFinal ? conflict('alreadyConfirmed', 'lot.confirmed') : null;
};

const count = ({ state }: LotFacts): LotRefusal | null => {
  if (state === 'printed') return null;
  if (state === 'counted' || state === 'deposited') return conflict('alreadyCounted', 'lot.counted');
  return conflict('notPrinted', 'lot.not-printed');
};

const deposit = (facts: LotFacts): LotRefusal | null => {
  // A supervisor decides about a lot that is late; one in time is the print room's.
  const decides = facts.permissions.has('lot.kill');
  if (decides && facts.lateness === 'in-time') return refused('forbidden', 'notYours', 'lot.role');
  const refusal = postable(facts);
  if (refusal || decides || facts.lateness !== 'too-late') return refusal;
  return refused('policy-refused', 'tooLate', 'lot.too-late', { days: lateAfterWorkingDays });
};

const kill = (facts: LotFacts): LotRefusal | null => {
  const refusal = postable(facts);
  if (refusal || facts.lateness !== 'in-time') return refusal;
  return refused('policy-refused', 'stillInTime', 'lot.in-time', { days: lateAfterWorkingDays });
};

const postable = ({ state, printed, spoiled }: LotFacts): LotRefusal | null => {
  if (state === 'deposited') return conflict('alreadyDeposited', 'lot.deposited');
  if (state !== 'counted') return conflict('notCounted', 'lot.not-counted');
  if (printed <= spoiled) return refused('policy-refused', 'nothingToDeposit', 'lot.nothing-good');
  return null;
};

const rules = { release, print, stop, confirm, redo, count, deposit, kill };
