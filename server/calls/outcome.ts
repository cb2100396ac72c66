import type { AuditRow } from '../audit/audit.schema.ts';
import type { EventType } from '../audit/vocabulary.schema.ts';
import type { CallOutcome } from '../core/vocabulary.ts';

type Happened = Pick<AuditRow, 'type' | 'result' | 'data'>;

/** What a call came to is read from these events and no others. */
export const tellingTypes = [
  'account.suspected',
  'account.suspicion-lifted',
  'account.unblocked',
  'account.unfrozen',
  'approval.requested',
  'approval.granted',
  'approval.refused',
  'approval.withdrawn',
  'approval.expired',
  'callback.owed',
  'message.asked',
  'message.failed',
  'letter.requested',
  'letter.cancelled',
  'member.corrected',
  'member.death-reported',
  'verification.answered',
  'verification.code-tried',
  'verification.called-back',
] as const satisfies readonly EventType[];

type Telling = (typeof tellingTypes)[number];

/**
 * What a call came to, from what was done in it: a suspicion before all else, then what somebody still owes or
 * waits for, then what was done, then what was refused. A message or letter called back, or that failed, was none.
 */
export const outcomeOf = (events: readonly Happened[]): CallOutcome => {
  const happened = events.map(({ type }) => type as Telling);
  const last = (...types: Telling[]) => events.findLast(({ type }) => types.includes(type as Telling));
  const all = (type: Telling) => events.filter((event) => event.type === type);
  const left = (begun: Telling, over: Telling[], name: string) => {
    const ended = new Set(over.flatMap(all).map(({ data }) => data?.[name]));
    return all(begun).filter(({ data }) => data && !ended.has(data[name]));
  };

  if (last('account.suspected', 'account.suspicion-lifted')?.type === 'account.suspected') return 'suspicion';
  const settling = [
    'approval.granted',
    'approval.refused',
    'approval.withdrawn',
    'approval.expired',
  ] as const;
  if (left('approval.requested', [...settling], 'approvalId').length > 0) return 'waiting-for-approval';
  if (all('callback.owed').some(isPromised)) return 'to-call-back';
  if (left('message.asked', ['message.failed'], 'messageId').some(isWayIn)) return 'settled';
  if (left('letter.requested', ['letter.cancelled'], 'letterId').length > 0) return 'letter-on-its-way';
  if (happened.some((type) => settles.has(type))) return 'settled';
  if (happened.includes('approval.refused')) return 'refused';
  return last(...proofs)?.result === 'failed' ? 'not-verified' : 'nothing-done';
};

const settles: ReadonlySet<Telling> = new Set([
  'account.unblocked',
  'account.unfrozen',
  'account.suspicion-lifted',
  'letter.cancelled',
  'member.corrected',
  'member.death-reported',
]);

const proofs: Telling[] = ['verification.answered', 'verification.code-tried', 'verification.called-back'];

const isPromised = ({ data }: Happened): boolean =>
  data?.kind === 'promised-call' || data?.kind === 'back-office';

// Notices, and a code read out to the agent, open no account.
const isWayIn = ({ data }: Happened): boolean =>
  data?.template === 'reset-link' || data?.template === 'temporary-password';
