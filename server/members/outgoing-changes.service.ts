import type { Ctx } from '../core/ctx.ts';
import { contactKinds } from '../core/vocabulary.ts';
import type { CorrectedField } from './desk-corrections.service.ts';
import type { OutgoingKind } from './outgoing-changes.schema.ts';
import * as store from './outgoing-changes.store.ts';

/** Notes, in the transaction of its cause, what the management system must learn of with the next daily file. */
export const noteOutgoing = (
  ctx: Ctx,
  change: {
    organisationId: string;
    memberId: string;
    kind: OutgoingKind;
    reason: string;
    callId: string | null;
    changedBy: string;
  },
): Promise<void> =>
  store.insertOutgoing(ctx.db, {
    id: ctx.newId(),
    organisation_id: change.organisationId,
    member_id: change.memberId,
    kind: change.kind,
    reason: change.reason,
    call_id: change.callId,
    changed_by: change.changedBy,
    changed_at: ctx.now.toISOString(),
    exported_on: null,
  });

/** Where an agent put something else in these calls: nothing may be sent there in them (PRODUCT, 6). */
export const changedInCalls = async (
  { db }: Pick<Ctx, 'db'>,
  memberId: string,
  callIds: string[],
): Promise<Set<CorrectedField>> => {
  const kinds = callIds.length === 0 ? [] : await store.listKindsIn(db, memberId, callIds);
  return new Set(kinds.filter((kind) => isCorrected(kind)));
};

/** What this agent put on file about a member since then, in whichever call. */
export const changedBy = async (
  { db }: Pick<Ctx, 'db'>,
  memberId: string,
  by: { agentId: string; since: string },
): Promise<Set<CorrectedField>> =>
  new Set((await store.listKindsBy(db, memberId, by)).filter((kind) => isCorrected(kind)));

const isCorrected = (kind: OutgoingKind): kind is CorrectedField =>
  kind === 'address' || contactKinds.some((contact) => contact === kind);
