import { z } from 'zod';
import { CallChannel, CallEnd, Caller, CallOutcome, Headline, Role } from '../core/vocabulary.ts';

const Id = z.string().max(64);
const none = z.strictObject({});
const Reason = z.string().max(64);

/**
 * Everything the chain can hold, each event with its own data. No personal data beyond internal ids:
 * no name, number, address or secret, and no expected answer (CNIL 2021-122, ASVS 16.2.5).
 */
export const vocabulary = {
  /** `tried`: a keyed digest of the id in the path, so that tries at one id are seen to be one. */
  'request.refused': z.strictObject({
    route: z.string(),
    code: z.string(),
    rule: z.string().nullable(),
    tried: z.string().nullable(),
  }),

  'agent.created': z.strictObject({ agentId: Id, role: Role, organisations: z.array(Id) }),
  /** Households that an agent never acts on: only how many. */
  'agent.changed': z.strictObject({
    agentId: Id,
    changed: z.array(z.string()),
    siteId: Id.nullable(),
    relatives: z.int(),
  }),
  'site.created': z.strictObject({ siteId: Id }),
  'agent.sign-in-counted': z.strictObject({ username: z.string(), attempts: z.int() }),
  'agent.sign-in-failed': z.strictObject({ username: z.string() }),
  'agent.signed-in': none,
  /** Asked again who they are, before something that cannot be undone. */
  'agent.confirmed': z.strictObject({ before: z.string() }),
  'agent.confirm-failed': z.strictObject({ before: z.string() }),
  'agent.signed-out': none,

  'call.opened': z.strictObject({ channel: CallChannel, caller: Caller, bySearchOrLook: z.boolean() }),
  /** Channel and caller decide what may be done: what they were and are, when they changed. */
  'call.changed': z.strictObject({
    changed: z.array(z.string()),
    channel: z.strictObject({ from: CallChannel, to: CallChannel }).optional(),
    caller: z.strictObject({ from: Caller, to: Caller }).optional(),
  }),
  'call.ended': z.strictObject({ by: CallEnd, outcome: CallOutcome }),
  'call.resumed': z.strictObject({ resumes: Id }),
  'call.viewed': none,
  'call.listed': z.strictObject({ filters: z.array(z.string()) }),

  'member.searched': z.strictObject({
    understoodAs: z.string(),
    query: z.string(),
    found: z.int(),
    more: z.boolean(),
  }),
  'member.viewed': z.strictObject({ headline: Headline, alsoShown: z.array(Id) }),
  'member.nir-revealed': z.strictObject({ reason: Reason }),

  'member.noted': z.strictObject({ noteId: Id, kind: z.string() }),
  'callback.owed': z.strictObject({ callbackId: Id, kind: z.string(), dueAt: z.string() }),
  'callback.taken': z.strictObject({ callbackId: Id }),
  'callback.tried': z.strictObject({ callbackId: Id, outcome: z.string() }),
  'callback.done': z.strictObject({ callbackId: Id, outcome: z.string() }),
  'callback.listed': z.strictObject({ filters: z.array(z.string()) }),

  'account.sign-in-counted': z.strictObject({ secret: z.string(), attempts: z.int(), known: z.boolean() }),
  'account.sign-in-failed': z.strictObject({ secret: z.string(), why: z.string() }),
  'account.signed-in': z.strictObject({ secret: z.string() }),
  'account.signed-out': none,
  'account.password-proved': none,
  'account.locked': z.strictObject({ after: z.int() }),
  'account.unblocked': z.strictObject({ reason: Reason, failuresForgiven: z.int() }),
  'account.password-changed': z.strictObject({
    after: z.string(),
    credentialsEnded: z.int(),
    lettersCancelled: z.int(),
  }),

  'account.frozen': z.strictObject({ why: z.string(), secretsEnded: z.int(), lettersCancelled: z.int() }),
  'account.unfrozen': none,
  'account.terms-accepted': z.strictObject({ version: z.string() }),
  'account.contacts-shown': none,
  'account.contacts-confirmed': z.strictObject({ changed: z.array(z.string()) }),
  'account.contact-confirmation': z.strictObject({ kind: z.string(), outcome: z.string() }),
  'account.identity-linked': z.strictObject({ provider: z.string() }),

  'account.suspected': z.strictObject({ until: z.string(), secretsEnded: z.int() }),
  'account.suspicion-lifted': none,
  'member.corrected': z.strictObject({ what: z.array(z.string()), reason: Reason }),
  'member.death-reported': none,
  'member.closure-disputed': none,
  'change-file.exported': z.strictObject({ day: z.string(), lines: z.int() }),

  'verification.answered': z.strictObject({ fact: z.string(), right: z.boolean(), rightSoFar: z.int() }),
  'verification.code-sent': z.strictObject({ channel: z.string() }),
  'verification.code-tried': z.strictObject({ channel: z.string(), tries: z.int(), outcome: z.string() }),
  'verification.number-shown': z.strictObject({ kind: z.string() }),
  'verification.called-back': z.strictObject({ kind: z.string(), reached: z.boolean() }),
  /** `reference` says where the document is kept, not what stands on it. */
  'verification.document-kept': z.strictObject({
    kind: z.string(),
    reference: z.string(),
    state: z.string(),
  }),
  'verification.document-checked': z.strictObject({ proofId: Id, accepted: z.boolean() }),

  'approval.listed': z.strictObject({ filters: z.array(z.string()) }),
  'approval.requested': z.strictObject({
    approvalId: Id,
    act: z.string(),
    rules: z.array(z.string()),
    level: z.string(),
  }),
  'approval.granted': z.strictObject({
    approvalId: Id,
    act: z.string(),
    outcome: z.string(),
    rule: z.string().nullable(),
  }),
  'approval.refused': z.strictObject({ approvalId: Id, act: z.string() }),
  'approval.withdrawn': z.strictObject({ approvalId: Id, act: z.string() }),
  'approval.expired': z.strictObject({ approvalId: Id, act: z.string() }),

  'recovery.asked': z.strictObject({ path: z.string(), known: z.boolean(), within: z.boolean() }),
  'recovery.proof-checked': z.strictObject({ proof: z.string(), right: z.boolean() }),
  'recovery.channel-chosen': z.strictObject({ channel: z.string(), within: z.boolean() }),
  'recovery.resolved': z.strictObject({ channel: z.string(), outcome: z.string() }),
  'recovery.code-tried': z.strictObject({ tries: z.int(), outcome: z.string() }),
  'recovery.link-opened': z.strictObject({ outcome: z.string() }),

  'message.asked': z.strictObject({
    messageId: Id,
    channel: z.string(),
    template: z.string(),
    reason: Reason.nullable(),
  }),
  'message.secret-made': z.strictObject({
    messageId: Id,
    attempt: z.int(),
    kind: z.string(),
    purpose: z.string(),
  }),
  'message.sent': z.strictObject({ messageId: Id, attempt: z.int() }),
  'message.delayed': z.strictObject({ messageId: Id, attempt: z.int(), problem: z.string() }),
  'message.delivered': z.strictObject({ messageId: Id }),
  'message.failed': z.strictObject({ messageId: Id, problem: z.string() }),
  'message.listed': z.strictObject({ filters: z.array(z.string()) }),

  'alert.raised': z.strictObject({ alertId: Id, kind: z.string() }),
  'alert.seen': z.strictObject({ alertId: Id }),
  'portal-client.created': z.strictObject({ clientId: Id }),
  'portal-client.revoked': z.strictObject({ clientId: Id }),
  'telephony-client.created': z.strictObject({ clientId: Id }),
  'telephony-client.revoked': z.strictObject({ clientId: Id }),
  'incoming-call.received': z.strictObject({ incomingCallId: Id, clientId: Id }),

  'letter.requested': z.strictObject({ letterId: Id, reason: Reason, announcedOn: z.string() }),
  'letter.cancelled': z.strictObject({ letterId: Id, reason: Reason }),
  'letter.refused': z.strictObject({ letterId: Id, lotId: Id, problem: z.string() }),
  'letter.spoiled': z.strictObject({ letterId: Id, replacedBy: Id, lotId: Id }),
  /** `by`: scan, reference or file. `was`: the state it had reached. */
  'letter.returned': z.strictObject({ letterId: Id, reason: Reason, by: z.string(), was: z.string() }),
  'letter.test-made': z.strictObject({ letterId: Id, week: z.string() }),
  'letter.test-acknowledged': z.strictObject({ letterId: Id, week: z.string() }),
  'letter.test-tried': z.strictObject({ outcome: z.string() }),

  'lot.made': z.strictObject({ lotId: Id, letters: z.int() }),
  'lot.released': z.strictObject({ lotId: Id, byMaker: z.boolean() }),
  'lot.print-started': z.strictObject({ lotId: Id, attempt: z.int() }),
  'lot.bundle-printed': z.strictObject({ lotId: Id, attempt: z.int(), fromSheet: z.int(), toSheet: z.int() }),
  'lot.bundle-delivered': z.strictObject({
    lotId: Id,
    attempt: z.int(),
    bundle: z.int(),
    to: z.string(),
  }),
  'lot.stop-asked': z.strictObject({ lotId: Id, attempt: z.int() }),
  'lot.confirmed': z.strictObject({ lotId: Id, attempt: z.int() }),
  'lot.printed': z.strictObject({ lotId: Id, attempt: z.int(), sheets: z.int(), refused: z.int() }),
  'lot.print-interrupted': z.strictObject({ lotId: Id, attempt: z.int(), voided: z.int() }),
  'lot.bundle-counted': z.strictObject({
    lotId: Id,
    attempt: z.int(),
    bundle: z.int(),
    good: z.int(),
    spoiled: z.int(),
  }),
  'lot.counted': z.strictObject({ lotId: Id, good: z.int(), spoiled: z.int() }),
  'lot.deposited': z.strictObject({ lotId: Id, depositedAt: z.string(), letters: z.int() }),

  /** Paper to destroy: `kind` says why, `sheets` how many. */
  'destruction.declared': z.strictObject({ destructionId: Id, kind: z.string(), sheets: z.int() }),
  'destruction.witnessed': z.strictObject({ destructionId: Id, sheets: z.int() }),
  'post-file.received': z.strictObject({
    postFileId: Id,
    kind: z.string(),
    lines: z.int(),
    taken: z.int(),
    rejected: z.int(),
  }),
  'alarm.raised': z.strictObject({ alarmId: Id, kind: z.string(), count: z.int() }),
  'alarm.told': z.strictObject({ alarmId: Id, supervisors: z.int() }),
  'alarm.cleared': z.strictObject({ alarmId: Id, kind: z.string() }),

  'import.staged': z.strictObject({ importId: Id, lines: z.int(), rejected: z.int() }),
  'import.refused': z.strictObject({ importId: Id, problem: z.string() }),
  'import.held': z.strictObject({ importId: Id, touched: z.int() }),
  'import.approved': z.strictObject({ importId: Id }),
  'import.step-applied': z.strictObject({ importId: Id, fromLine: z.int(), toLine: z.int() }),
  'import.applied': z.strictObject({
    importId: Id,
    accepted: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    rejected: z.int(),
    duplicate: z.int(),
    closed: z.int(),
  }),
  'demo.loaded': z.strictObject({ members: z.int() }),

  'audit.read': z.strictObject({ filters: z.array(z.string()) }),
  'audit.verified': z.strictObject({ holds: z.boolean(), rows: z.int() }),
} as const;

export type EventType = keyof typeof vocabulary;
export const eventTypes = Object.keys(vocabulary) as [EventType, ...EventType[]];

export type AuditEvent = {
  [Type in EventType]: {
    type: Type;
    organisationId?: string | null;
    memberId?: string | null;
    callId?: string | null;
    result?: 'done' | 'refused' | 'failed';
    data: z.infer<(typeof vocabulary)[Type]>;
  };
}[EventType];
