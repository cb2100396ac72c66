import type { AlertKind } from '../audit/alerts.schema.ts';
import { raiseAlert } from '../audit/alerts.service.ts';
import { digest } from '../core/crypto.ts';
import type { Ctx, Db, House } from '../core/ctx.ts';
import { minutesOf, type BudgetName } from '../organisations/limits.schema.ts';
import * as store from './budgets.store.ts';
import type { Limited } from './budgets.store.ts';

/** One use of a budget: whose it is (`key` is an owner, a digest, a block; never a name or a number). */
export type Want = { budget: BudgetName; key: string };

/** The alerts of budgets that have one of their own. */
const alertOf: Partial<Record<BudgetName, AlertKind>> = {
  'wrong-codes-per-organisation': 'wrong-codes',
  'wrong-codes-everywhere': 'wrong-codes',
  'locks-per-organisation': 'locks-rising',
};

/**
 * Takes one from every budget named, each by one conditional statement, or from none. False when one of them is
 * spent: nothing more may be done, the answer must look the same, and a supervisor has been told (`memberId` only
 * leads them to a member's page). The alert belongs to the caller's transaction: a refusal that throws after this
 * would take it back.
 */
export const spend = async (
  ctx: Ctx,
  organisationId: string,
  wants: Want[],
  memberId: string | null = null,
): Promise<boolean> => {
  const now = ctx.now.toISOString();
  const taken: string[] = [];
  const spent = new Map<BudgetName, string>();
  for (const { budget, key, limited } of limitsOf(ctx, wants)) {
    if (await store.takeOne(ctx.db, limited, now)) taken.push(limited.id);
    else spent.set(budget, key);
  }
  if (spent.size === 0) return true;

  // What was not done has used nothing up: else one spent budget would let anyone empty those shared by all.
  await store.giveOneBack(ctx.db, taken, now);
  for (const [budget, key] of spent) await tell(ctx, organisationId, { budget, key }, memberId);
  return false;
};

/**
 * Tells a supervisor once a budget has nothing left: for those of which nobody is offered what is past them, so that
 * no try past them ever comes.
 */
export const tellIfSpent = async (
  ctx: Ctx,
  organisationId: string,
  want: Want,
  memberId: string | null,
): Promise<void> => {
  if (await isSpent(ctx, [want])) await tell(ctx, organisationId, want, memberId);
};

/** Gives one back to each: what was counted before it was known to be right. */
export const giveBackTo = (ctx: Ctx, wants: Want[]): Promise<void> =>
  store.giveOneBack(
    ctx.db,
    limitsOf(ctx, wants).map(({ limited }) => limited.id),
    ctx.now.toISOString(),
  );

/** Makes each whole again: what was used of it has turned out to be its owner's own. */
export const forgetUses = (ctx: Ctx, wants: Want[]): Promise<number> =>
  store.forgetBudgets(
    ctx.db,
    limitsOf(ctx, wants).map(({ limited }) => limited.id),
  );

/** Seconds until every budget named has one left again; 0 when none is spent. For Retry-After. */
export const secondsUntilLeft = async (
  ctx: Pick<Ctx, 'db' | 'now' | 'house'>,
  wants: Want[],
): Promise<number> => {
  const limits = limitsOf(ctx, wants).map(({ limited }) => limited);
  const rows = await store.readBudgets(
    ctx.db,
    limits.map(({ id }) => id),
  );
  const waits = rows
    .filter(({ id, used }) => used >= (limits.find((one) => one.id === id)?.most ?? Infinity))
    .map(({ ends }) => Math.ceil((Date.parse(ends) - ctx.now.getTime()) / 1_000));
  return Math.max(0, ...waits);
};

/**
 * Whether one of them has nothing left, for what an agent's page says may be tried. Where the budgets cannot be read
 * the page is shown all the same, as if they were spent (YARDSTICK F44); an act inside its transaction is refused.
 */
export const isSpent = async (ctx: Pick<Ctx, 'db' | 'now' | 'house'>, wants: Want[]): Promise<boolean> => {
  try {
    return (await secondsUntilLeft(ctx, wants)) > 0;
  } catch (error) {
    if (ctx.db.isTransaction) throw error;
    ctx.house.log.error({ name: (error as Error).name }, 'the budgets cannot be read');
    return true;
  }
};

export const sweepBudgets = (db: Db, now: Date): Promise<number> => store.sweepBudgets(db, now.toISOString());

const tell = async (
  ctx: Ctx,
  organisationId: string,
  { budget, key }: Want,
  memberId: string | null,
): Promise<void> => {
  // However many identifiers that nobody has are one thing to look at.
  const whose = key.startsWith('unknown:') ? 'unknown' : key;
  const subject = `${budget}:${digest(ctx.house.keys, 'recovery', 'budget', whose).slice(0, 22)}`;
  await raiseAlert(ctx, { organisationId, kind: alertOf[budget] ?? 'budget-spent', memberId, subject });
};

// In one order for everybody, so that two that want the same rows wait for each other and never both ways.
const limitsOf = (
  { house, now }: { house: Pick<House, 'limits'>; now: Date },
  wants: Want[],
): (Want & { limited: Limited })[] =>
  wants
    .flatMap((want) =>
      house.limits.budgets[want.budget].limits.map(({ most, per }) => ({
        ...want,
        limited: {
          id: `${want.budget}:${want.key}:${per}`,
          most,
          windowEnds: new Date(now.getTime() + minutesOf[per] * 60_000).toISOString(),
        },
      })),
    )
    .sort((left, right) => (left.limited.id < right.limited.id ? -1 : 1));
