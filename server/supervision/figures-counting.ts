import type { StoredEvent } from '../audit/following.service.ts';
import type { EventType } from '../audit/vocabulary.schema.ts';
import { parisDay, type Day } from '../core/calendar.ts';
import type { PostedLetter } from '../letters/posted.service.ts';
import { countCall } from './figures-calls.ts';
import { makeTallies, nowhere, type CallMemory, type FigurePlace, type Tally } from './figures-memory.ts';

/** What must be known besides the events themselves. */
export type Known = {
  /** By id: the calls of these events, and those about the same members in the weeks around. Changed in place. */
  calls: Map<string, CallMemory>;
  placeAt: (agentId: string | null, seq: number) => FigurePlace;
  /** Canaries, and those whom test letters go to. */
  nobodies: ReadonlySet<string>;
  channelOfMessage: ReadonlyMap<string, string>;
  /** By id, the lots whose deposit is not counted yet. */
  posted: ReadonlyMap<string, { depositedAt: string; letters: PostedLetter[] }>;
  frozenUntil: Day | null;
};

/** What these events, in their order, add to the tallies. The same events always give the same tallies. */
export const countEvents = (events: readonly StoredEvent[], known: Known): Tally[] => {
  const tallies = makeTallies(known.frozenUntil);
  const postedBefore = new Set<string>();

  for (const event of events) {
    // Retention has removed what it said.
    if (event.data === null) continue;
    const { call, endedIdleAt } = follow(event, known);
    const type = event.type as EventType;
    const { organisationId, memberId, data } = event;
    if (type === 'lot.deposited') {
      const lotId = String(data.lotId);
      if (!postedBefore.has(lotId)) countPosted(tallies, known, lotId, event.seq);
      postedBefore.add(lotId);
      continue;
    }
    if (!organisationId || !memberId || known.nobodies.has(memberId)) continue;

    const place = call ?? (event.actorKind === 'agent' ? known.placeAt(event.actorId, event.seq) : nowhere);
    const day = parisDay(new Date(event.at));
    const add = (measure: string, where: FigurePlace = place): void =>
      tallies.add({ organisationId, day, siteId: where.siteId, team: where.team, measure });

    if (type === 'account.locked') add('locks', nowhere);
    if (isAct(event, call)) add(`acts.${call?.channel ?? 'back-office'}`);
    if (type === 'account.unblocked') add('unblocks');
    if (type === 'account.unblocked-together') add('unblocks.together', nowhere);
    if (type === 'message.sent') add(`messages.${known.channelOfMessage.get(String(data.messageId)) ?? ''}`);
    if (type === 'letter.requested') add('letters.asked');
    if (type === 'letter.returned' && event.result === 'done') add('letters.returned');
    if (proofs.has(type)) add('proofs.asked');
    if (proofs.has(type) && event.result === 'failed') add('proofs.failed');
    if (type === 'call.ended' && call && call.channel !== 'back-office') {
      const at = data.by === 'idle' ? endedIdleAt : event.at;
      countCall(tallies, known.calls, call, { at, outcome: String(data.outcome) });
    }
  }
  return tallies.list();
};

const proofs: ReadonlySet<string> = new Set<EventType>([
  'verification.answered',
  'verification.code-tried',
  'verification.called-back',
]);

const acts: ReadonlySet<string> = new Set<EventType>([
  'account.unblocked',
  'account.unfrozen',
  'account.suspected',
  'account.suspicion-lifted',
  'letter.requested',
  'letter.cancelled',
  'member.corrected',
  'member.death-reported',
  'member.closure-disputed',
]);
// Of messages, those that let somebody in: not notices, nor a code that is read out to the agent.
const waysIn: ReadonlySet<unknown> = new Set(['reset-link', 'code', 'temporary-password']);

const isAct = (event: StoredEvent, call: CallMemory | undefined): boolean => {
  if (event.actorKind !== 'agent' || event.result !== 'done') return false;
  if (event.type === 'message.asked') return waysIn.has(event.data?.template);
  // The print room calls letters back without speaking with anybody.
  if (event.type === 'letter.cancelled' && !call) return false;
  return acts.has(event.type);
};

/** Notes what an event tells of its call; `endedIdleAt`: when something last happened in it before. */
const follow = (
  event: StoredEvent,
  { calls, placeAt }: Known,
): { call: CallMemory | undefined; endedIdleAt: string } => {
  const { callId, at, data } = event;
  if (callId === null || data === null) return { call: undefined, endedIdleAt: at };
  if (event.type === 'call.opened') calls.set(callId, opened(event, placeAt(event.actorId, event.seq)));
  const call = calls.get(callId);
  if (!call) return { call, endedIdleAt: at };

  const endedIdleAt = call.lastAt;
  if (at > call.lastAt && !call.isCounted) call.lastAt = at;
  if (event.memberId && !call.isCounted) {
    call.memberId = event.memberId;
    call.organisationId = event.organisationId;
  }
  if (event.type === 'call.changed' && data.channel) call.channel = (data.channel as { to: string }).to;
  if (event.type === 'call.resumed') {
    const resumes = String(data.resumes);
    call.rootId = calls.get(resumes)?.rootId ?? resumes;
  }
  if (event.type === 'account.unblocked') call.unblocks += 1;
  if (event.type === 'message.asked' && data.channel === 'sms') call.sms += 1;
  if (event.type === 'message.asked' && data.channel === 'email') call.emails += 1;
  return { call, endedIdleAt };
};

const opened = (event: StoredEvent, place: FigurePlace): CallMemory => ({
  callId: event.callId ?? '',
  organisationId: event.organisationId,
  memberId: event.memberId,
  siteId: place.siteId,
  team: place.team,
  channel: String(event.data?.channel),
  openedAt: event.at,
  lastAt: event.at,
  rootId: event.callId ?? '',
  outcome: '',
  unblocks: 0,
  sms: 0,
  emails: 0,
  isCounted: false,
  isFirst: false,
  isFollowed: false,
});

/** Letters cost on the day they left; whether they kept their word counts on the day that was announced. */
const countPosted = (
  tallies: ReturnType<typeof makeTallies>,
  { posted, nobodies, placeAt }: Known,
  lotId: string,
  seq: number,
): void => {
  const lot = posted.get(lotId);
  if (!lot) return;
  const day = parisDay(new Date(lot.depositedAt));
  for (const letter of lot.letters) {
    if (nobodies.has(letter.memberId)) continue;
    const { organisationId, product, announcedOn, isKept } = letter;
    const at = { organisationId, ...placeAt(letter.askedBy, seq) };
    tallies.add({ ...at, day, measure: `posted:${product}` });
    tallies.add({ ...at, day: announcedOn, measure: isKept ? 'promises.kept' : 'promises.missed' });
  }
};
