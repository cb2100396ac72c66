import { timelineOf } from '../audit/audit.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { TrainingCaller } from '../imports/training-callers.ts';
import { listStamps } from '../members/intake.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { deedOf, trainingDeeds, verdictOn, type TrainingDeed } from './training-lessons.ts';
import type { TrainingCall, TrainingDebrief } from './training.schema.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Who rings here; nobody but in a training space. */
    trainingCallers: TrainingCaller[];
  }
}

/** The callers of the agent's organisations, those of different plots one after the other. */
export const listTrainingCalls = (ctx: Ctx): TrainingCall[] => callersFor(ctx).map((one) => toCall(ctx, one));

/**
 * How this trainee's call with one of them went, by what the audit says they did for that member since yesterday.
 *
 * @throws AppError `not-found` for a caller that is none.
 */
export const debrief = async (ctx: Ctx, id: string): Promise<TrainingDebrief> => {
  const caller = callersFor(ctx).find((one) => one.id === id);
  if (!caller) throw new AppError('not-found', 'common.notFound');
  const done = await deedsFor(ctx, caller);
  const verdict = verdictOn(caller.plot, done);
  return {
    id,
    verdict,
    outcome: say(ctx, `verdicts.${verdict}`),
    lesson: say(ctx, `plots.${caller.plot}.lesson`),
    done: done.map((deed) => say(ctx, `deeds.${deed}`)),
  };
};

const callersFor = ({ house, scope }: Ctx): TrainingCaller[] =>
  house.trainingCallers.filter(({ organisationId }) => scope.organisationIds.includes(organisationId));

const toCall = (ctx: Ctx, caller: TrainingCaller): TrainingCall => {
  const { facts } = policyOf(ctx.house, caller.organisationId);
  return {
    id: caller.id,
    organisationId: caller.organisationId,
    name: [caller.civility, caller.firstName, caller.lastName].filter(Boolean).join(' '),
    memberNumber: caller.memberNumber,
    opening: say(ctx, `plots.${caller.plot}.opening`, { name: `${caller.firstName} ${caller.lastName}` }),
    answers: caller.answers.map(({ fact, value }) => ({
      question: facts.find(({ id }) => id === fact)?.label[ctx.language] ?? fact,
      answer: value,
    })),
    code: say(ctx, caller.hasContactInHand ? 'codeReaches' : 'codeDoesNot'),
  };
};

const deedsFor = async (ctx: Ctx, caller: TrainingCaller): Promise<TrainingDeed[]> => {
  const stamps = await listStamps(ctx.db, caller.organisationId, [caller.memberNumber]);
  const member = stamps.find(({ rank }) => rank === caller.rank);
  if (!member || ctx.actor.kind !== 'agent') return [];
  const since = new Date(ctx.now.getTime() - 86_400_000).toISOString();
  const { id } = ctx.actor;
  const own = (await timelineOf(ctx, member.id)).filter(
    ({ actorId, at, result }) => actorId === id && at >= since && result === 'done',
  );
  const deeds = new Set(own.map(deedOf));
  return trainingDeeds.filter((deed) => deeds.has(deed));
};

const say = ({ house, language }: Ctx, key: string, params = {}): string =>
  house.words.say(language, `training.${key}`, params);
