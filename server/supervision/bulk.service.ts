import { confirmIdentity } from '../agents/agents.service.ts';
import { standingLocks } from '../accounts/locks.service.ts';
import { assertText } from '../calls/notes.service.ts';
import { countToKill } from '../accounts/together.service.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import { perform, read } from '../core/perform.ts';
import { wrong } from '../letters/wrong.ts';
import { endBulkAlert, raiseBulkAlert } from './bulk-alerts.service.ts';
import type { ApproveBulk, AskKill, AskUnblock, BulkKind, BulkRequest, Counted } from './bulk.schema.ts';
import * as store from './bulk.store.ts';
import type { BulkField, BulkFilter, BulkRow, BulkTarget } from './bulk.store.ts';
import { refusalOf, toRequests } from './bulk-view.service.ts';
import { agentId, findKnown, inEach, manageable } from './incidents.service.ts';
import { toKill } from './to-kill.service.ts';

/** A request that nobody answered dies: what it counted is no longer what is there. */
export const hoursToApprove = 24;
/** Accounts of one request. */
export const mostTargets = 50_000;

type Asked = {
  kind: BulkKind;
  incidentId: string | null;
  organisationIds: string[];
  criteria: object;
  withLetters: boolean;
  why: string;
  openKey: string;
  counted: Counted;
  targets: Omit<BulkTarget, 'place'>[];
};

/**
 * Asks that what opens the accounts of everyone touched dies. Whom it is about is frozen now; nothing is done before
 * a second person approves.
 *
 * @throws AppError as `everyoneTouched`; `policy-refused` when nobody was touched, or too many; `conflict` when the
 * same is asked for already.
 */
export const askKill = async (
  visit: Visit,
  id: string,
  { withLetters, why, confirmed, ...criteria }: AskKill,
): Promise<BulkRequest> => {
  const asked = await read(visit, async (ctx): Promise<Asked> => {
    const known = await manageable(ctx, id);
    const { taken, accounts, counted } = await toKill(ctx, known, criteria);
    return {
      kind: 'kill-secrets',
      incidentId: id,
      organisationIds: known.organisationIds,
      criteria: taken,
      withLetters,
      why: readable(ctx, why, confirmed),
      openKey: `kill-secrets:${id}`,
      counted,
      targets: accounts.map((account) => ({ ...account, lockId: null })),
    };
  });
  return ask(visit, asked);
};

/**
 * Asks that the accounts locked by one cause are unblocked: those that it locked and that are locked by that very
 * lock, as they stand now.
 */
export const askUnblock = async (
  visit: Visit,
  { incidentId, why, confirmed, ...cause }: AskUnblock,
): Promise<BulkRequest> => {
  const asked = await read(visit, async (ctx): Promise<Asked> => {
    if (!ctx.scope.organisationIds.includes(cause.organisationId))
      throw wrong('organisationId', 'incidents.unknownOrganisation');
    if (incidentId !== undefined) await findIncidentOf(ctx, incidentId, cause.organisationId);
    const span = { from: new Date(cause.from).toISOString(), to: new Date(cause.to).toISOString() };
    if (span.to <= span.from) throw wrong('to', 'incidents.backwards');
    const locks = await standingLocks(ctx, { ...cause, ...span }, mostTargets + 1);
    const targets = locks.map((lock) => ({
      organisationId: lock.organisation_id,
      accountId: lock.account_id,
      memberId: lock.member_id,
      lockId: lock.id,
    }));
    return {
      kind: 'unblock',
      incidentId: incidentId ?? null,
      organisationIds: [cause.organisationId],
      criteria: { ...cause, ...span },
      withLetters: false,
      why: readable(ctx, why, confirmed),
      openKey: `unblock:${cause.organisationId}:${cause.via}:${cause.secret}`,
      counted: { secrets: 0, temporary: 0, links: 0, codes: 0, printed: 0, letters: 0 },
      targets,
    };
  });
  return ask(visit, asked);
};

/**
 * The second person, who proved again who they are, lets it be done; a worker then does it in batches.
 *
 * @throws AppError `policy-refused` for one's own request, `conflict` when somebody or time was first.
 */
export const approveBulk = async (
  ctx: Ctx,
  id: string,
  { version }: { version: number },
): Promise<BulkRequest> => {
  const row = await findBulk(ctx, id);
  const refusal = refusalOf(ctx, row, 'approve');
  if (refusal) throw new AppError(refusal.code, refusal.words, { rule: refusal.rule });
  const by = { decided_by: agentId(ctx), decided_at: ctx.now.toISOString() };
  if (!(await store.approve(ctx.db, { id, version }, by))) throw new AppError('conflict', 'common.conflict');
  await noteInEach(ctx, row, 'bulk.approved');
  return one(ctx, { ...row, ...by, state: 'running', version: version + 1 });
};

/** Before `approveBulk`: slow, so outside its transaction. */
export const proveApproval = async (
  visit: Visit,
  { version, ...proof }: ApproveBulk,
): Promise<ApproveBulk> => {
  await confirmIdentity(visit, proof, 'bulk.approve');
  return { version };
};

/** Says no; whoever asked takes it back by the same word. */
export const refuseBulk = async (
  ctx: Ctx,
  id: string,
  { version }: { version: number },
): Promise<BulkRequest> => {
  const row = await findBulk(ctx, id);
  const refusal = refusalOf(ctx, row, 'refuse');
  if (refusal) throw new AppError(refusal.code, refusal.words, { rule: refusal.rule });
  const by = agentId(ctx);
  const state = row.asked_by === by ? 'withdrawn' : 'refused';
  const end = { state, decided_by: by, decided_at: ctx.now.toISOString() } as const;
  if (!(await store.endWaiting(ctx.db, { id, version }, end)))
    throw new AppError('conflict', 'common.conflict');
  await noteInEach(ctx, row, `bulk.${state}`);
  return one(ctx, { ...row, ...end, version: version + 1 });
};

/** One of them; of a kill that waits, what it would end is counted again: hours may have passed. */
export const showBulk = async (ctx: Ctx, id: string): Promise<BulkRequest> => {
  const row = await findBulk(ctx, id);
  const shown = await one(ctx, row);
  if (row.kind !== 'kill-secrets' || row.state !== 'waiting') return shown;
  return { ...shown, countedNow: await countToKill(ctx, await store.accountsOfRequest(ctx.db, id)) };
};

export const listBulk = async (
  ctx: Ctx,
  query: ListQuery<BulkFilter, BulkField>,
): Promise<Page<BulkRequest>> => {
  const { rows, total } = await store.listRequests(ctx.db, ctx.scope, query);
  return { rows: await toRequests(ctx, rows), total };
};

const ask = (visit: Visit, asked: Asked): Promise<BulkRequest> => {
  const { targets, organisationIds } = asked;
  if (targets.length === 0) throw new AppError('policy-refused', 'bulk.nobody', { rule: 'bulk.nobody' });
  if (targets.length > mostTargets)
    throw new AppError('policy-refused', 'bulk.tooMany', {
      rule: 'bulk.too-many',
      params: { most: mostTargets },
    });
  return perform(visit, async (ctx) => {
    const row = rowOf(ctx, asked);
    // Organisation by organisation, so that each batch is one of few.
    const inOrder = [...targets].sort((a, b) => (a.organisationId < b.organisationId ? -1 : 1));
    const placed = inOrder.map((target, at) => ({ ...target, place: at + 1 }));
    if (!(await store.insertRequest(ctx.db, row, organisationIds, placed)))
      throw new AppError('conflict', 'bulk.alreadyAsked');
    const { kind, incidentId } = asked;
    const data = { requestId: row.id, kind, incidentId, targets: targets.length };
    inEach(ctx, organisationIds, { type: 'bulk.asked', data });
    await raiseBulkAlert(ctx, row, organisationIds);
    return one(ctx, row);
  });
};

const rowOf = (ctx: Ctx, asked: Asked): BulkRow => ({
  id: ctx.newId(),
  kind: asked.kind,
  incident_id: asked.incidentId,
  criteria: JSON.stringify(asked.criteria),
  with_letters: asked.withLetters ? 1 : 0,
  why: asked.why || null,
  targets: asked.targets.length,
  counted: JSON.stringify(asked.counted),
  asked_by: agentId(ctx),
  asked_at: ctx.now.toISOString(),
  expires_at: new Date(ctx.now.getTime() + hoursToApprove * 3_600_000).toISOString(),
  decided_by: null,
  decided_at: null,
  state: 'waiting',
  open_key: asked.openKey,
  done_place: 0,
  hit: 0,
  secrets: 0,
  letters: 0,
  finished_at: null,
  version: 1,
});

const readable = (ctx: Ctx, why: string, confirmed: boolean | undefined): string => {
  if (why) assertText(ctx, 'why', { why, confirmed });
  return why;
};

const findIncidentOf = async (ctx: Ctx, id: string, organisationId: string): Promise<void> => {
  const known = await findKnown(ctx, id).catch(() => undefined);
  if (!known?.organisationIds.includes(organisationId))
    throw wrong('incidentId', 'incidents.unknownIncident');
};

/** @throws AppError `not-found`, the same for one beyond the reader's organisations. */
export const findBulk = async (ctx: Ctx, id: string): Promise<BulkRow> => {
  const row = await store.findRequest(ctx.db, ctx.scope, id);
  if (!row) throw new AppError('not-found', 'common.notFound');
  return row;
};

const noteInEach = async (
  ctx: Ctx,
  row: BulkRow,
  type: 'bulk.approved' | 'bulk.refused' | 'bulk.withdrawn',
): Promise<void> => {
  const organisationIds = (await store.organisationsOfRequests(ctx.db, [row.id])).get(row.id) ?? [];
  const data = { requestId: row.id, kind: row.kind, incidentId: row.incident_id };
  inEach(ctx, organisationIds, { type, data });
  await endBulkAlert(ctx, row, organisationIds);
};

const one = async (ctx: Ctx, row: BulkRow): Promise<BulkRequest> =>
  (await toRequests(ctx, [row]))[0] as BulkRequest;
