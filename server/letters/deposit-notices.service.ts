import { parisDay } from '../core/calendar.ts';
import type { Ctx, House } from '../core/ctx.ts';
import { numericDay } from '../core/days.ts';
import { housekeep, perform, systemVisit } from '../core/perform.ts';
import { languageOf, lookForMemberFile } from '../members/members.service.ts';
import { tellMember } from '../messages/notices.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import * as store from './deposit-notices.store.ts';
import { expectedOf } from './letter-news.ts';
import type { DepositedRow } from './letters.store.ts';

/** So many members are told in one short transaction, and so many in one pass: a server that stops waits for it. */
const atOnce = 25;
const mostInAPass = 1_000;

/**
 * Owes a word to the members whose letters a deposit has just brought to life: one statement of the deposit's own
 * transaction, which 5,000 messages would keep open for long. `tellOfDeposits` asks them afterwards.
 */
export const oweDepositNotices = (ctx: Ctx, lotId: string): Promise<void> =>
  store.oweNotices(ctx.db, lotId, ctx.now.toISOString());

/**
 * Tells members by SMS that their letter has left and when to expect it. What is owed is taken and asked in one
 * transaction, so that nobody is told twice, nor forgotten by a crash; safe on several servers at once. Answers how
 * many letters it dealt with.
 */
export const tellOfDeposits = async (house: House): Promise<number> => {
  let done = 0;
  while (done < mostInAPass) {
    const owed = await store.listOwed(house.pool, atOnce);
    const [first] = owed;
    if (!first) break;
    const { organisation_id: organisationId } = first;
    const ids = owed.filter((one) => one.organisation_id === organisationId).map(({ id }) => id);
    done += await tellSome(house, organisationId, ids);
  }
  return done;
};

/** Thrown to end a transaction in which nobody was told, and so nothing is to be recorded. */
class NobodyTold extends Error {}

const tellSome = async (house: House, organisationId: string, ids: string[]): Promise<number> => {
  try {
    await perform(systemVisit(house, 'deposit-notices', [organisationId]), async (ctx) => {
      const letters = await store.takeOwed(ctx.db, ids);
      const closed = await ctx.house.closedAccounts(
        ctx,
        letters.map(({ account_id }) => account_id),
      );
      for (const letter of letters) if (!closed.has(letter.account_id)) await tell(ctx, letter);
      if (ctx.events.length === 0) throw new NobodyTold();
    });
  } catch (error) {
    if (!(error instanceof NobodyTold)) throw error;
    await housekeep(house, (db) => store.takeOwed(db, ids));
  }
  return ids.length;
};

/** Only of one that is still on its way: what has been used, replaced or brought back meanwhile needs no word. */
const tell = async (ctx: Ctx, letter: DepositedRow): Promise<void> => {
  const policy = policyOf(ctx.house, letter.organisation_id);
  const { earliest, latest } = expectedOf(policy, letter);
  if (letter.state !== 'deposited' || latest < parisDay(ctx.now)) return;
  const member = await lookForMemberFile(ctx, letter.member_id);
  if (!member) return;

  const language = languageOf(member);
  const day = (of: string): string => numericDay(language, of);
  await tellMember(ctx, member, {
    template: 'notice-letter-posted',
    accountId: letter.account_id,
    askedBy: 'system',
    // By SMS alone: that a letter was asked for went out by e-mail already, with the day to expect it.
    except: 'email',
    params: {
      posted: day(parisDay(new Date(letter.deposited_at ?? letter.state_at))),
      earliest: day(earliest),
      latest: day(latest),
    },
  });
};
