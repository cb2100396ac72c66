import type { Ctx } from '../core/ctx.ts';
import { testOrganisationOf } from '../members/test-addressee.service.ts';
import { insertAccounts, insertHolders } from './accounts.store.ts';
import { blankAccount } from './open-accounts.service.ts';

/**
 * Opens the account that an organisation's test letters are made for: it has no identifier, so that nobody signs in
 * to it. Answers its id.
 */
export const openTestAccount = async (
  ctx: Ctx,
  organisationId: string,
  memberId: string,
): Promise<string> => {
  const account = blankAccount(ctx, testOrganisationOf(organisationId), memberId);
  await insertAccounts(ctx.db, [account]);
  await insertHolders(ctx.db, [{ member_id: memberId, account_id: account.id }]);
  return account.id;
};
