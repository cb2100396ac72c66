import { accountsOfMembers, countToKill, type HolderOf } from '../accounts/together.service.ts';
import type { Ctx } from '../core/ctx.ts';
import type { Counted, ToKill } from './bulk.schema.ts';
import type { Criteria } from './incidents.schema.ts';
import { findKnown, type Known } from './incidents.service.ts';
import { everyoneTouched, type Person, type Taken } from './touched.service.ts';

/** The numbers alone, for whoever is about to ask. @throws AppError as `everyoneTouched`. */
export const previewKill = async (ctx: Ctx, id: string, criteria: Criteria): Promise<ToKill> => {
  const { people, accounts, counted } = await toKill(ctx, await findKnown(ctx, id), criteria);
  return { people: people.length, accounts: accounts.length, counted };
};

type Found = { taken: Taken; people: Person[]; accounts: HolderOf[]; counted: Counted };

/**
 * Whom a kill by these criteria is about, and what it would end: also accounts that nothing opens yet, for which a
 * letter waits.
 *
 * @throws AppError as `everyoneTouched`.
 */
export const toKill = async (ctx: Ctx, known: Known, criteria: Criteria): Promise<Found> => {
  const { taken, people } = await everyoneTouched(ctx, known, criteria);
  const memberIds = people.map(({ memberId }) => memberId);
  const accounts = (await accountsOfMembers(ctx, memberIds)).filter(({ organisationId }) =>
    known.organisationIds.includes(organisationId),
  );
  const accountIds = accounts.map(({ accountId }) => accountId);
  return { taken, people, accounts, counted: await countToKill(ctx, accountIds) };
};
