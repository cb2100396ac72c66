import type { Ctx } from '../core/ctx.ts';
import * as store from './incident-letters.store.ts';
import { moveLetters, unposted, unreleased } from './letters.store.ts';
import { isTestLetter } from './test-letter.ts';

/** How many letters of these accounts have not been posted yet. */
export const countUnposted = (ctx: Pick<Ctx, 'db'>, accountIds: string[]): Promise<number> =>
  store.countOfAccounts(ctx.db, accountIds, unposted);

/**
 * Letters of which the password was killed by an incident end: posted ones always, since their sheet opens nothing
 * any more; those not yet posted only when asked. Says whose were called back before the post had them.
 */
export const endLettersOfIncident = async (
  ctx: Ctx,
  { accountIds, posted, andUnposted }: { accountIds: string[]; posted: string[]; andUnposted: boolean },
): Promise<{ accountId: string }[]> => {
  const at = ctx.now.toISOString();
  const superseded = { state: 'superseded', state_at: at } as const;
  if (posted.length > 0) await moveLetters(ctx.db, { ids: posted }, ['deposited'], superseded);
  if (!andUnposted) return [];
  const cancelled = { state: 'cancelled', state_at: at } as const;
  const waiting = await store.moveOfAccounts(ctx.db, accountIds, unreleased, cancelled);
  // On paper, or about to be: the print room meets letters that ended meanwhile, and destroys the sheet.
  const drawn = await store.moveOfAccounts(ctx.db, accountIds, ['printing', 'printed'], superseded);
  return [...waiting, ...drawn];
};

/** Whose letters these lots brought onto paper, once for each sheet; no test letter. */
export const sheetsOfLots = async (
  ctx: Pick<Ctx, 'db' | 'scope'>,
  lotIds: string[],
): Promise<store.SheetOfLot[]> => {
  const sheets: store.SheetOfLot[] = [];
  for (let from = 0; from < lotIds.length; from += 200)
    sheets.push(...(await store.listSheetsOfLots(ctx.db, ctx.scope, lotIds.slice(from, from + 200))));
  return sheets.filter((sheet) => !isTestLetter(sheet));
};
