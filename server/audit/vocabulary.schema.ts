import { z } from 'zod';
import { CallChannel, CallEnd, Caller, CallOutcome, Headline, Role } from '../core/vocabulary.ts';

const Id = z.string().max(64);
const none = z.strictObject({});
const Reason = z.string().max(64);
/** How far the caller had proved who they are when it was decided: none, identified, contact-confirmed, strong. */
const Level = z.string().max(32);
/** Where something goes, as masked as the member's page shows it and no more; of a letter, the department. */
const Destination = z.string().max(64);
/** What the request of a second person's word froze: the caller's level and the rules that asked for it. */
const asAsked = { level: Level.optional(), rules: z.array(z.string()).optional() };

/**
 * Everything the chain can hold, in one file to read: the acts, looks, searches, refusals, sign-ins and exports of
 * people, and what the server does by itself.
 *
 * **Of every event** the chain keeps, beside what is its own: `id` and `at`; `actor`, who did it (an agent, a member's
 * account, somebody without a session, or a part of the server), with the role they had; `organisationId`, `memberId`
 * and `callId` it concerns, where there is one; `result`, done, refused or failed; and the request it came with. A call
 * in turn says who spoke and by which channel (`call.opened`, `call.changed`).
 *
 * **Its own data** is what follows its name here: `reason` is an id of the organisation's list, `level` how far the
 * caller was verified, `channel` and `destination` where something went, `rule` which rule of the policy spoke, and so
 * on. No personal data beyond internal ids: no name, number, address or secret, and no expected answer (CNIL 2021-122,
 * ASVS 16.2.5).
 *
 * **In this order**: refusals; agents and their sessions; calls; looks at members; what is owed to them; members' own
 * accounts; corrections; proofs; second persons; recoveries on the portal; messages; alerts and keys; letters, lots and
 * paper; alarms; imports; the audit itself. A name is the thing and what happened to it. What a former version wrote
 * still reads: fields that came later are optional. A new event needs both its labels in client/console/i18n,
 * and so does each name and word that it carries.
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
  /** Role, organisations or experience: what they are now, and how many sessions ended by it. */
  'agent.rights-changed': z.strictObject({
    agentId: Id,
    role: Role,
    organisations: z.array(Id),
    /** Absent in old rows. */
    organisationsBefore: z.array(Id).optional(),
    experience: z.string(),
    sessionsEnded: z.int(),
  }),
  'agent.closed': z.strictObject({ agentId: Id, sessionsEnded: z.int() }),
  'agent.reopened': z.strictObject({ agentId: Id, role: Role }),
  'agent.invited': z.strictObject({ agentId: Id }),
  'agent.invitation-withdrawn': z.strictObject({ agentId: Id }),
  'agent.password-chosen': z.strictObject({ agentId: Id }),
  'agent.password-changed': none,
  'agent.password-required': z.strictObject({ agentId: Id }),
  'agent.sessions-ended': z.strictObject({ agentId: Id, sessions: z.int() }),
  /** A right password, outside the networks of their site. */
  'agent.elsewhere': z.strictObject({ agentId: Id }),
  'agent-file.staged': z.strictObject({ fileId: Id, lines: z.int(), problems: z.int() }),
  'agent-file.applied': z.strictObject({ fileId: Id, made: z.int(), changed: z.int() }),
  'site.created': z.strictObject({ siteId: Id }),
  'site.changed': z.strictObject({ siteId: Id, changed: z.array(z.string()) }),
  'rights.confirmed': z.strictObject({ agentId: Id }),
  'rights.due': z.strictObject({ organisations: z.int() }),
  'rights.exported': z.strictObject({ accounts: z.int() }),
  'agent.sign-in-counted': z.strictObject({ username: z.string(), attempts: z.int() }),
  'agent.sign-in-failed': z.strictObject({ username: z.string() }),
  'agent.signed-in': none,
  /** Asked again who they are, before something that cannot be undone. */
  'agent.confirmed': z.strictObject({ before: z.string() }),
  'agent.confirm-failed': z.strictObject({ before: z.string() }),
  'agent.signed-out': none,
  /** A second factor: `before` says what it was asked for, `kind` what was given. */
  'agent.factor-asked': z.strictObject({ agentId: Id, before: z.string() }),
  'agent.factor-used': z.strictObject({
    agentId: Id,
    kind: z.string(),
    before: z.string(),
    codesLeft: z.int(),
  }),
  'agent.factor-failed': z.strictObject({ agentId: Id, before: z.string() }),
  'agent.factor-begun': z.strictObject({ kind: z.string() }),
  'agent.factor-added': z.strictObject({ factorId: Id, kind: z.string() }),
  'agent.factor-removed': z.strictObject({ factorId: Id, kind: z.string() }),
  'agent.recovery-codes-made': z.strictObject({ codes: z.int() }),
  'agent.factors-reset': z.strictObject({ agentId: Id, factors: z.int() }),
  /** Single sign-on: `why` is the rule that refused; rights come from the provider's groups, from nobody's act. */
  'agent.sso-permitted': z.strictObject({ agentId: Id }),
  'agent.sso-linked': z.strictObject({ agentId: Id, made: z.boolean() }),
  'agent.sso-vouched': z.strictObject({ agentId: Id, secondFactor: z.boolean() }),
  'agent.sso-refused': z.strictObject({ why: z.string() }),
  'agent.rights-from-groups': z.strictObject({
    agentId: Id,
    from: Role,
    to: Role,
    organisations: z.array(Id),
    /** Absent in old rows. */
    organisationsBefore: z.array(Id).optional(),
  }),

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
  /** Looked for by an exact identifier, `by` which kind; a miss names nobody. */
  'member.found': z.strictObject({ by: z.string(), found: z.int() }),
  /** Who consulted the member, without agents' names; `as`: the screen, or a letter for the member. */
  'member.consultations-viewed': z.strictObject({ as: z.string(), rows: z.int() }),
  'canary.made': none,

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
  /** `via`: a portal client's id, or pages. `block`: a keyed digest of the block of addresses; absent in old rows. */
  'account.locked': z.strictObject({
    after: z.int(),
    via: z.string().optional(),
    secret: z.string().optional(),
    block: z.string().optional(),
  }),
  'account.unblocked': z.strictObject({
    reason: Reason,
    failuresForgiven: z.int(),
    level: Level.optional(),
    approved: z.boolean().optional(),
  }),
  'account.password-changed': z.strictObject({
    after: z.string(),
    credentialsEnded: z.int(),
    lettersCancelled: z.int(),
  }),

  /** Of many accounts at once, asked by one person and approved by another: `requestId` leads to both. */
  'account.secrets-killed': z.strictObject({ requestId: Id, secrets: z.int(), letters: z.int() }),
  'account.unblocked-together': z.strictObject({ requestId: Id, failuresForgiven: z.int() }),
  'account.frozen': z.strictObject({ why: z.string(), secretsEnded: z.int(), lettersCancelled: z.int() }),
  'account.unfrozen': z.strictObject({ level: Level.optional() }),
  /** A supervisor undid what was done at the desk. */
  'account.locked-again': none,
  'account.secrets-ended': z.strictObject({ secretsEnded: z.int(), lettersCancelled: z.int() }),
  'account.terms-accepted': z.strictObject({ version: z.string() }),
  'account.contacts-shown': none,
  'account.contacts-confirmed': z.strictObject({ changed: z.array(z.string()) }),
  'account.contact-confirmation': z.strictObject({ kind: z.string(), outcome: z.string() }),
  'account.identity-linked': z.strictObject({ provider: z.string() }),

  'account.suspected': z.strictObject({ until: z.string(), secretsEnded: z.int() }),
  'account.suspicion-lifted': z.strictObject({ level: Level.optional() }),
  /** `destinations`: the contacts that came on file, masked. */
  'member.corrected': z.strictObject({
    what: z.array(z.string()),
    reason: Reason,
    level: Level.optional(),
    destinations: z.array(Destination).optional(),
    approved: z.boolean().optional(),
  }),
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
    ...asAsked,
  }),
  'approval.refused': z.strictObject({ approvalId: Id, act: z.string(), ...asAsked }),
  'approval.withdrawn': z.strictObject({ approvalId: Id, act: z.string(), ...asAsked }),
  'approval.expired': z.strictObject({ approvalId: Id, act: z.string(), ...asAsked }),

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
    destination: Destination.optional(),
    level: Level.optional(),
    approved: z.boolean().optional(),
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
  'alert.ended': z.strictObject({ alertId: Id, kind: z.string() }),
  'portal-client.created': z.strictObject({ clientId: Id }),
  'portal-client.revoked': z.strictObject({ clientId: Id }),
  'telephony-client.created': z.strictObject({ clientId: Id }),
  'telephony-client.revoked': z.strictObject({ clientId: Id }),
  'incoming-call.received': z.strictObject({ incomingCallId: Id, clientId: Id }),

  'letter.requested': z.strictObject({
    letterId: Id,
    reason: Reason,
    announcedOn: z.string(),
    channel: z.literal('letter').optional(),
    destination: Destination.optional(),
    level: Level.optional(),
    approved: z.boolean().optional(),
  }),
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

  /** An incident of several organisations leaves each of these once in each. */
  'incident.opened': z.strictObject({ incidentId: Id, kind: z.string() }),
  /** `banner`: whether one is shown on the desks from now on. */
  'incident.changed': z.strictObject({ incidentId: Id, changed: z.array(z.string()), banner: z.boolean() }),
  'incident.closed': z.strictObject({ incidentId: Id }),
  /** `by`: agent, site, lot or period. `shown`: whose identity the page showed. */
  'incident.touched-viewed': z.strictObject({
    incidentId: Id,
    by: z.string(),
    members: z.int(),
    shown: z.array(Id),
  }),
  /** Whose names left with the list, at most 500 an event. */
  'incident.touched-exported': z.strictObject({
    incidentId: Id,
    by: z.string(),
    members: z.int(),
    shown: z.array(Id),
  }),
  'incident.reported': z.strictObject({ incidentId: Id, format: z.string() }),
  'bulk.asked': z.strictObject({
    requestId: Id,
    kind: z.string(),
    incidentId: Id.nullable(),
    targets: z.int(),
  }),
  /** The list read before it is decided; `shown`: whose identity the page showed. */
  'bulk.viewed': z.strictObject({
    requestId: Id,
    kind: z.string(),
    incidentId: Id.nullable(),
    members: z.int(),
    shown: z.array(Id),
  }),
  'bulk.approved': z.strictObject({ requestId: Id, kind: z.string(), incidentId: Id.nullable() }),
  'bulk.refused': z.strictObject({ requestId: Id, kind: z.string(), incidentId: Id.nullable() }),
  'bulk.withdrawn': z.strictObject({ requestId: Id, kind: z.string(), incidentId: Id.nullable() }),
  'bulk.expired': z.strictObject({ requestId: Id, kind: z.string(), incidentId: Id.nullable() }),
  /** One batch: from which target to which, and how many of them it touched. */
  'bulk.step-done': z.strictObject({
    requestId: Id,
    kind: z.string(),
    fromPlace: z.int(),
    toPlace: z.int(),
    hit: z.int(),
    secrets: z.int(),
    letters: z.int(),
  }),
  'bulk.done': z.strictObject({
    requestId: Id,
    kind: z.string(),
    incidentId: Id.nullable(),
    hit: z.int(),
    secrets: z.int(),
    letters: z.int(),
  }),

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

  /** `shown`, of each answer with the item's page: whose identity it showed beside the event's own member's. */
  'review.viewed': z.strictObject({ reviewId: Id, shown: z.array(Id).optional() }),
  /** `agentId`: whose acts; null where it is a cause that several share. */
  'review.decided': z.strictObject({
    reviewId: Id,
    verdict: z.string(),
    agentId: Id.nullable(),
    shown: z.array(Id).optional(),
  }),
  /** What an agent said to a verdict `to-explain`, without its text. */
  'review.answered': z.strictObject({ reviewId: Id }),
  'review.undone': z.strictObject({ reviewId: Id, act: z.string(), shown: z.array(Id).optional() }),

  'audit.read': z.strictObject({ filters: z.array(z.string()) }),
  /** Everything about one member, or what one agent did on a Paris day: how many rows were shown. */
  'audit.story-read': z.strictObject({ rows: z.int() }),
  'audit.day-read': z.strictObject({ agentId: Id, day: z.string(), rows: z.int() }),
  'audit.exported': z.strictObject({
    exportId: Id,
    format: z.string(),
    filters: z.array(z.string()),
    rows: z.int(),
  }),
  /** `holds` is null while the chain is still being read. */
  'audit.verified': z.strictObject({ holds: z.boolean().nullable(), rows: z.int() }),
  /** The chain was found broken in `segment` at row `brokenAt`, and goes on in segment `opened` from row `fromRow`. */
  'audit.segment-opened': z.strictObject({
    segment: z.int(),
    brokenAt: z.int(),
    why: z.string(),
    others: z.int(),
    opened: z.int(),
    fromRow: z.int(),
  }),
  /** A segment that had been left before was found broken elsewhere too. */
  'audit.broken': z.strictObject({ segment: z.int(), brokenAt: z.int(), why: z.string(), others: z.int() }),
  /** A pass that watches over the chain threw: nothing was read, signed or taken away since. */
  'audit.watch-failed': none,
  /** The heads are kept in another file from here on: a new machine, or a directory that moved. */
  'audit.heads-begun': z.strictObject({ headsId: Id }),
  /** Retention emptied rows older than `before`; `ranges` are all that were ever emptied. */
  'audit.payloads-removed': z.strictObject({
    ranges: z.array(z.strictObject({ from: z.int(), to: z.int() })),
    rows: z.int(),
    before: z.string(),
  }),
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
