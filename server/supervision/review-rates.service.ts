import { monthsBefore } from '../audit/retention.service.ts';
import { addDays, parisDay } from '../core/calendar.ts';
import type { Ctx } from '../core/ctx.ts';
import { besides, isYesOrNo, measuredDays, rateAt } from './review-rates.ts';
import * as store from './review-rates.store.ts';
import { signalNames } from './review-settings.schema.ts';
import type { ReviewSignals } from './reviews.schema.ts';
import { sightOf } from './reviews.service.ts';

/** Each signal with its threshold and what it costs, and how many items each day brought. */
export const readSignals = async (ctx: Ctx): Promise<ReviewSignals> => {
  const { signals, sampleOneIn, gatherFrom, today, farFromDesk } = ctx.house.reviewSettings;
  const sight = await sightOf(ctx);
  const since = addDays(parisDay(ctx.now), -measuredDays);
  const peaks = await store.countPeaks(ctx.db, sight, since);
  const of = await store.countActs(ctx.db, sight, since);
  const verdicts = await store.countVerdicts(ctx.db, sight, since);
  const { since: oldestAt, restsSince } = await store.worstWaiting(ctx.db, sight);
  const months = ctx.house.auditRetentionMonths;
  return {
    overDays: measuredDays,
    daysWithActs: of.days,
    acts: of.acts,
    sampleOneIn,
    gatherFrom,
    today: { ...today, why: today.why[ctx.language] },
    farFromDesk: { ...farFromDesk, why: farFromDesk.why[ctx.language] },
    days: await store.countDays(ctx.db, sight, since),
    waiting: { oldestAt, forgottenAt: restsSince && monthsBefore(new Date(restsSince), -months) },
    neverDecided: await store.countNeverDecided(ctx.db, sight),
    signals: signalNames.map((signal) => {
      const { why, weight, from, structuralFrom } = signals[signal];
      const own = peaks.filter((one) => one.signal === signal);
      const given = verdicts.filter((one) => one.signal === signal);
      const sum = (rows: typeof given) => rows.reduce((total, { times }) => total + times, 0);
      return {
        signal,
        why: why[ctx.language],
        weight,
        structuralFrom: structuralFrom ?? null,
        rate: rateAt(own, from, of),
        otherwise: isYesOrNo(signal) ? [] : besides(signal, from).map((other) => rateAt(own, other, of)),
        decided: sum(given),
        notOrdinary: sum(given.filter(({ verdict }) => verdict !== 'ordinary')),
      };
    }),
  };
};
