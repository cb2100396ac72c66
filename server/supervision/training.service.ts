import { timelineOf } from '../audit/audit.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { TrainingCaller, TrainingPlot } from '../imports/training-callers.ts';
import { listStamps } from '../members/intake.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { deedOf, trainingDeeds, verdictOn, type TrainingDeed } from './training-lessons.ts';
import type { TrainingCall, TrainingDebrief, TrainingRing } from './training.schema.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Who rings here; nobody but in a training space. */
    trainingCallers: TrainingCaller[];
  }
}

/** The callers of the agent's organisations, those of different plots one after the other. */
export const listTrainingCalls = (ctx: Ctx): TrainingCall[] => callersFor(ctx).map((one) => toCall(ctx, one));

/** @throws AppError `not-found` for a caller that is none. */
export const ring = (ctx: Ctx, id: string): TrainingRing => {
  findCaller(ctx, id);
  return { rangAt: ctx.now.toISOString() };
};

/**
 * How this trainee's call with one of them went, by what the audit says they did for that member since they rang: what
 * was done for an earlier trainee, or in an earlier call, is not theirs.
 *
 * @throws AppError `not-found` for a caller that is none.
 */
export const debrief = async (
  ctx: Ctx,
  id: string,
  { since = new Date(ctx.now.getTime() - 86_400_000).toISOString() }: { since?: string | undefined },
): Promise<TrainingDebrief> => {
  const caller = findCaller(ctx, id);
  const done = await deedsFor(ctx, caller, since);
  const verdict = verdictOn(caller.plot, done);
  return {
    id,
    verdict,
    outcome: say(ctx, `verdicts.${verdict}`),
    lesson: say(ctx, `plots.${caller.plot}.lesson`),
    done: done.map((deed) => say(ctx, `deeds.${deed}`)),
  };
};

const findCaller = (ctx: Ctx, id: string): TrainingCaller => {
  const caller = callersFor(ctx).find((one) => one.id === id);
  if (!caller) throw new AppError('not-found', 'common.notFound');
  return caller;
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
    opening: say(ctx, `plots.${pretextOf(caller)}.opening`, {
      name: `${caller.firstName} ${caller.lastName}`,
    }),
    answers: caller.answers.map(({ fact, value }) => ({
      question: facts.find(({ id }) => id === fact)?.label[ctx.language] ?? fact,
      answer: value,
    })),
    code: say(ctx, caller.hasContactInHand ? 'codeReaches' : 'codeDoesNot'),
  };
};

/** An impostor says what anybody might, in turns: only what they answer tells them. */
const pretextOf = ({ plot, memberNumber }: TrainingCaller): TrainingPlot =>
  (plot === 'impostor' && pretexts[Number(memberNumber.replaceAll(/\D/g, '')) % pretexts.length]) || plot;

const pretexts = ['forgotten', 'impostor', 'locked', 'new-address'] as const;

const deedsFor = async (ctx: Ctx, caller: TrainingCaller, since: string): Promise<TrainingDeed[]> => {
  const stamps = await listStamps(ctx.db, caller.organisationId, [caller.memberNumber]);
  const member = stamps.find(({ rank }) => rank === caller.rank);
  if (!member || ctx.actor.kind !== 'agent') return [];
  const { id } = ctx.actor;
  const own = (await timelineOf(ctx, member.id)).filter(
    ({ actorId, at, result }) => actorId === id && at >= since && result === 'done',
  );
  const deeds = new Set(own.map(deedOf));
  return trainingDeeds.filter((deed) => deeds.has(deed));
};

const say = ({ house, language }: Ctx, key: string, params = {}): string =>
  house.words.say(language, `training.${key}`, params);
