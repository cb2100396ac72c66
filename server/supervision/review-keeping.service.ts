import type { Db } from '../core/ctx.ts';
import * as folding from './review-folding.store.ts';
import type { Shared } from './review-folding.store.ts';
import * as store from './review-keeping.store.ts';
import type { ReviewSettings } from './review-settings.schema.ts';
import type { ReviewKind, ReviewRow, ReviewSignal } from './reviews.store.ts';
import type { Finding } from './signals.ts';

export type Keeping = { db: Db; settings: ReviewSettings; newId: () => string };

/**
 * Keeps what a signal measured, and where it fires puts it into the item it belongs to: a member's case, the agent's
 * day, a lot. What a supervisor has decided is not brought again; what comes after it begins a new item.
 */
export const keepFinding = async (keeping: Keeping, finding: Finding): Promise<void> => {
  const { db, settings } = keeping;
  const { signal, agentId, organisationId, day, measure, cause } = finding;
  await store.raiseMeasure(db, {
    signal,
    organisation_id: organisationId ?? '',
    subject: [agentId, finding.memberId ?? '', finding.lotId ?? '', cause].join(' '),
    agent_id: agentId,
    day,
    peak: measure,
  });
  if (measure < settings.signals[signal].from) return;

  const place = await placeOf(keeping, finding);
  const left = await store.notDecided(
    db,
    place.cluster,
    finding.acts.map(({ seq }) => seq),
  );
  const acts = finding.acts.filter(({ seq }) => left.has(seq));
  if (acts.length === 0) return;

  const id = await itemFor(keeping, finding, place, acts[0]?.at ?? '');
  const added = await store.addActs(
    db,
    acts.map((act) => ({
      review_id: id,
      seq: act.seq,
      at: act.at,
      type: act.type,
      actor_id: act.actorId,
      member_id: act.memberId,
      call_id: act.callId,
    })),
  );
  const raised = await store.raiseSignal(db, { review_id: id, signal, cause, measure, day });
  if (place.isGathered)
    await store.raiseSignal(db, { review_id: id, signal: 'gathered', cause: '', measure: 1, day });
  const folded = await fold(keeping, finding);
  if (added > 0 || raised) await refresh(keeping, id);
  for (const other of folded) if (other !== id) await refresh(keeping, other);
};

type Place = { kind: ReviewKind; cluster: string; isGathered: boolean };

/** After the first members of an agent's day, what comes is one item that grows, and not as many as there are. */
const placeOf = async ({ db, settings }: Keeping, finding: Finding): Promise<Place> => {
  const { organisationId, agentId, memberId, lotId, day, signal } = finding;
  if (lotId) return { kind: 'lot', cluster: `lot:${lotId}`, isGathered: false };
  const ofDay = `day:${organisationId ?? ''}:${agentId}:${day}`;
  if (!memberId) return { kind: 'day', cluster: ofDay, isGathered: false };
  const ofCase = { kind: 'case', cluster: `case:${ofDay}:${memberId}`, isGathered: false } as const;
  if (signal === 'sample' || (await store.findByCluster(db, ofCase.cluster))) return ofCase;
  const cases = await store.countCases(db, { agent_id: agentId, day, organisation_id: organisationId });
  return cases < settings.gatherFrom ? ofCase : { kind: 'day', cluster: ofDay, isGathered: true };
};

const itemFor = async (
  { db, newId }: Keeping,
  { organisationId, agentId, memberId, lotId, day }: Finding,
  { kind, cluster }: Place,
  firstAt: string,
): Promise<string> => {
  const found = await store.holdOpen(db, cluster);
  if (found) return found.id;
  const id = newId();
  await store.insertReview(db, {
    id,
    organisation_id: organisationId,
    kind,
    cluster,
    agent_id: agentId,
    member_id: kind === 'case' ? memberId : null,
    lot_id: lotId,
    day,
    first_at: firstAt,
  });
  return id;
};

/**
 * The same signal for several agents at once is reported once, as the cause that they share (a site's hours, a rule,
 * an import): their items lose it, and those that held nothing else wait inside the cause. Answers which they were.
 */
const fold = async (keeping: Keeping, finding: Finding): Promise<string[]> => {
  const { db, settings } = keeping;
  const { signal, day, cause, organisationId } = finding;
  const least = settings.signals[signal].structuralFrom;
  if (least === undefined) return [];
  const shared: Shared = { signal, day, cause, organisationId };
  const agents = await folding.countAgents(db, shared);
  if (agents < least) return [];

  const { id, isDecided } = await causeFor(keeping, shared, finding);
  // A verdict covers what was seen: whoever comes after it stands for themselves.
  if (isDecided) return [];
  const ids = await folding.foldSignal(db, shared, id);
  if (ids.length === 0) return ids;
  await store.raiseSignal(db, { review_id: id, signal, cause, measure: agents, day });
  // A cause stands before each of the items that it is made of.
  const score = settings.signals[signal].weight * 2;
  await folding.recountCause(db, id, { score, at: finding.acts.at(-1)?.at ?? '' });
  return ids;
};

const causeFor = async (
  { db, newId }: Keeping,
  { signal, day, cause, organisationId }: Shared,
  finding: Finding,
): Promise<{ id: string; isDecided: boolean }> => {
  const cluster = `cause:${organisationId ?? ''}:${day}:${signal}:${cause}`;
  const found: ReviewRow | undefined = await store.findByCluster(db, cluster);
  if (found) return { id: found.id, isDecided: found.verdict !== null };
  const id = newId();
  await store.insertReview(db, {
    id,
    organisation_id: organisationId,
    kind: 'cause',
    cluster,
    agent_id: null,
    member_id: null,
    lot_id: null,
    day,
    first_at: finding.acts[0]?.at ?? '',
  });
  return { id, isDecided: false };
};

const refresh = async ({ db, settings }: Keeping, id: string): Promise<void> => {
  const signals = await folding.signalsOf(db, [id]);
  const left = signals.filter((one) => one.folded_into === null);
  const foldedInto = left.length === 0 ? (signals[0]?.folded_into ?? null) : null;
  await folding.recount(db, id, { score: scoreOf(left, settings), foldedInto });
};

/** Each signal's weight, once, however often it fired. */
export const scoreOf = (signals: Pick<ReviewSignal, 'signal'>[], settings: ReviewSettings): number =>
  [...new Set(signals.map(({ signal }) => signal))].reduce(
    (sum, signal) => sum + settings.signals[signal].weight,
    0,
  );
