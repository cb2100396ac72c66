import { parisDay } from '../core/calendar.ts';
import type { Ctx } from '../core/ctx.ts';
import { listAccountsIn } from './lot-contents.store.ts';
import { countInLots } from './lot-letters.store.ts';
import { mostReleasedAlone, type LotFacts } from './lots-state.ts';
import { readReleasedAlone, type LotRow } from './lots.store.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Which of these accounts somebody suspects or their members froze; the accounts room hands it over. */
    flaggedAccounts: (ctx: { db: Db; now: Date }, accountIds: string[]) => Promise<ReadonlySet<string>>;
  }
}

type ReleaseFacts = Pick<
  LotFacts,
  'letters' | 'madeByActor' | 'askedByActor' | 'isFlagged' | 'releasedAlone'
>;

export const isMaker = ({ actor }: Ctx, lot: Pick<LotRow, 'made_by'>): boolean =>
  actor.kind === 'agent' && actor.id === lot.made_by;

/** What decides about the release of each of these lots: what is in it, and whose hand was in it. */
export const releaseFactsOf = async (ctx: Ctx, rows: LotRow[]): Promise<(row: LotRow) => ReleaseFacts> => {
  const agentId = ctx.actor.kind === 'agent' ? ctx.actor.id : '';
  const made = rows.filter(({ state }) => state === 'made');
  const ids = made.map(({ id }) => id);
  const contents = await countInLots(ctx.db, ids, agentId);
  const lettersIn = (row: LotRow) =>
    row.state === 'made' ? (contents.get(row.id)?.letters ?? 0) : row.letters;

  const own = made.filter((row) => isMaker(ctx, row));
  const few = own.filter((row) => lettersIn(row) <= mostReleasedAlone).map(({ id }) => id);
  const flagged = await lotsWithFlagged(ctx, few);
  const releasedAlone = own.length > 0 ? await readReleasedAlone(ctx.db, agentId, parisDay(ctx.now)) : 0;

  return (row) => ({
    letters: lettersIn(row),
    madeByActor: isMaker(ctx, row),
    askedByActor: (contents.get(row.id)?.asked ?? 0) > 0,
    isFlagged: flagged.has(row.id),
    releasedAlone,
  });
};

const lotsWithFlagged = async (ctx: Ctx, lotIds: string[]): Promise<Set<string>> => {
  const accounts = await listAccountsIn(ctx.db, lotIds);
  const ids = [...new Set(accounts.map(({ accountId }) => accountId))];
  const flagged = await ctx.house.flaggedAccounts(ctx, ids);
  return new Set(accounts.filter(({ accountId }) => flagged.has(accountId)).map(({ lotId }) => lotId));
};
