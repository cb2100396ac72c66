import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { reachOf } from './roster.service.ts';
import * as store from './roster.store.ts';
import type { RosterRow } from './roster.store.ts';

/**
 * One statement decides; when it did not hit, what stood in the way is said.
 *
 * @throws AppError `policy-refused` for the last administrator of one of the organisations it leaves, `conflict` when
 * someone else changed the account first.
 */
export const updateAccount = async (
  ctx: Ctx,
  row: RosterRow,
  { version, leaving = [] }: { version: number; leaving?: readonly string[] },
  change: Partial<RosterRow>,
): Promise<void> => {
  if (await store.updateAgent(ctx.db, reachOf(ctx), { id: row.id, version, leaving }, change)) return;
  const isLast = leaving.length > 0 && (await store.isLastAdministrator(ctx.db, row.id, leaving));
  if (isLast && Number(row.version) === version) {
    throw new AppError('policy-refused', 'agents.lastAdministrator', { rule: 'agent.last-administrator' });
  }
  throw new AppError('conflict', 'common.conflict');
};

/** Nobody changes what they may do themselves, nor closes their own account. */
export const assertAnother = ({ actor }: Ctx, id: string): void => {
  if (actor.kind !== 'agent' || actor.id !== id) return;
  throw new AppError('policy-refused', 'agents.ownRights', { rule: 'agent.own-rights' });
};
