import type { Ctx, Db } from '../core/ctx.ts';
import type { PostalAddress } from './address.ts';
import { findOnFile, listDoubtful, markDoubtful, type OnFile } from './addresses.store.ts';
import { noteOutgoing } from './outgoing-changes.service.ts';

/** To whom and where one writes to a member of an organisation; nothing for whoever is none of its members. */
export const onFile = (
  { db }: { db: Db },
  member: { id: string; organisationId: string },
): Promise<OnFile | undefined> => findOnFile(db, member);

/** Which of these members have an address at which mail is known not to arrive. */
export const doubtfulAddresses = async (ctx: { db: Db }, memberIds: string[]): Promise<Set<string>> =>
  new Set(await listDoubtful(ctx.db, memberIds));

/**
 * Mail came back from a member's address: no letter goes there until another one comes, and the management system
 * hears of it with the daily file. False when that was known, or when `address` is no longer the one on file.
 */
export const markAddressDoubtful = async (
  ctx: Ctx,
  {
    id,
    organisationId,
    address,
  }: { id: string; organisationId: string; address?: Pick<PostalAddress, 'lines' | 'postcode' | 'town'> },
  by: string,
): Promise<boolean> => {
  if (!(await markDoubtful(ctx.db, id, ctx.now.toISOString(), address))) return false;
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
