import type { House } from '../core/ctx.ts';
import { doubtfulAddresses } from '../members/addresses.service.ts';
import type { LetterProblem } from './letters.schema.ts';
import type { LotLetterRow } from './lot-letters.store.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Which of these accounts nothing opens any more; the accounts room hands it over. */
    closedAccounts: (
      ctx: { db: Db; now: Date },
      accountIds: string[],
    ) => Promise<ReadonlyMap<string, unknown>>;
  }
}

/** What became true since the letters were asked for and keeps them from being sent, by letter. */
export const unfitLetters = async (
  house: House,
  letters: LotLetterRow[],
): Promise<Map<string, LetterProblem>> => {
  const ctx = { db: house.pool, now: house.clock() };
  const accountIds = [...new Set(letters.map(({ account_id }) => account_id))];
  const memberIds = [...new Set(letters.map(({ member_id }) => member_id))];
  const closed = await house.closedAccounts(ctx, accountIds);
  const doubtful = await doubtfulAddresses(ctx, memberIds);
  const unfit = new Map<string, LetterProblem>();
  for (const { id, account_id, member_id } of letters) {
    if (doubtful.has(member_id)) unfit.set(id, 'address-doubtful');
    if (closed.has(account_id)) unfit.set(id, 'account-closed');
  }
  return unfit;
};
