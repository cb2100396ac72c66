import type { Ctx } from '../core/ctx.ts';
import { listStanding } from './bundles.store.ts';
import { declareWaste } from './destructions.service.ts';
import * as store from './incident-letters.store.ts';
import { moveLetters, unposted, unreleased } from './letters.store.ts';
import { isTestLetter } from './test-letter.ts';

/** How many letters of these accounts have not been posted yet. */
export const countUnposted = (ctx: Pick<Ctx, 'db'>, accountIds: string[]): Promise<number> =>
  store.countOfAccounts(ctx.db, accountIds, unposted);

/** Before anything of these accounts is held: a deposit holds its lot first, too. */
export const holdPrintedLots = (ctx: Pick<Ctx, 'db'>, accountIds: string[]): Promise<void> =>
  store.holdPrintedLots(ctx.db, accountIds);

/**
 * Letters of which the password was killed by an incident end: posted ones always, since their sheet opens nothing
 * any more; those not yet posted only when asked, and what they left on paper is entered for destruction. Says whose
 * were called back before the post had them.
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
  const drawing = await store.moveOfAccounts(ctx.db, accountIds, ['printing'], superseded);
  const printed = await store.moveOfAccounts(ctx.db, accountIds, ['printed'], superseded);
  for (const lotId of new Set(printed.flatMap((letter) => letter.lotId ?? [])))
    await wasteOf(
      ctx,
      lotId,
      printed.filter((letter) => letter.lotId === lotId),
    );
  return [...waiting, ...drawing, ...printed];
};

/** Their sheets are to be taken out; of what was counted already, the lot then has as many good ones less. */
const wasteOf = async (ctx: Ctx, lotId: string, letters: store.Ended[]): Promise<void> => {
  // Paper that lies at a mail house is theirs to take out or to post: it opens nothing any more.
  if (await store.isAtMailHouse(ctx.db, lotId)) return;
  const bundles = await listStanding(ctx.db, [lotId]);
  let counted = 0;
  for (const { attempt, from_sheet: from, to_sheet: to, counted_at: countedAt } of bundles) {
    const own = letters.filter(
      (letter) => letter.attempt === attempt && from <= (letter.sheet ?? 0) && (letter.sheet ?? 0) <= to,
    );
    const [first] = own;
    if (!first) continue;
    if (countedAt !== null) counted += own.length;
    const sheets = own.flatMap(({ sheet }) => sheet ?? []);
    const { organisationId } = first;
    await declareWaste(ctx, { organisationId, kind: 'incident', lotId, attempt, sheets });
  }
  await store.addSpoiled(ctx.db, lotId, counted);
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
