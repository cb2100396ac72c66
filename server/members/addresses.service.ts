import type { Ctx, Db } from '../core/ctx.ts';
import { listDoubtful, markDoubtful } from './addresses.store.ts';
import { noteOutgoing } from './outgoing-changes.service.ts';

/** Which of these members have an address at which mail is known not to arrive. */
export const doubtfulAddresses = async (ctx: { db: Db }, memberIds: string[]): Promise<Set<string>> =>
  new Set(await listDoubtful(ctx.db, memberIds));

/**
 * Mail came back from a member's address: no letter goes there until another one comes, and the management system
 * hears of it with the daily file. False when that was known.
 */
export const markAddressDoubtful = async (
  ctx: Ctx,
  { id, organisationId }: { id: string; organisationId: string },
  by: string,
): Promise<boolean> => {
  if (!(await markDoubtful(ctx.db, id, ctx.now.toISOString()))) return false;
  await noteOutgoing(ctx, {
    organisationId,
    memberId: id,
    kind: 'address-doubtful',
    reason: 'returned-mail',
    callId: null,
    changedBy: by,
  });
  return true;
};
