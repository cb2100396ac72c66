import type { Ctx } from '../core/ctx.ts';
import { lifeInWords } from '../core/days.ts';
import { Secret } from '../core/secret.ts';
import { maskEmail, maskPhone } from '../members/phone.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { callerSaid, callerStandingOf, type CallerStanding } from './caller.service.ts';
import { answerFact } from './facts-asked.service.ts';
import { keepDocument, noteCallBack } from './other-proofs.service.ts';
import { sendCallerCode, tryCallerCode } from './read-back.service.ts';
import { takeStep, type Step } from './step.service.ts';
import type { CallerVerification, Verified, Verify } from './verifications.schema.ts';

/**
 * One step of verifying whoever speaks, in the agent's call about this member. A wrong answer is told, not thrown: it
 * must stay counted.
 *
 * @throws AppError `policy-refused` with the rule, `conflict` when the question or the code is not out any more.
 */
export const verify = async (ctx: Ctx, memberId: string, input: Verify): Promise<Verified> => {
  const step = await takeStep(ctx, memberId);
  const { outcome, words, params } = await carryOut(ctx, step, input);
  const standing = await callerStandingOf(ctx, step.policy, step.member, step.accountId);
  const verification = verificationInWords(ctx, step.policy, standing);
  const say = (key: string) => ctx.house.words.say(ctx.language, key, params);
  const toSay = `verifications.say.${words}`;
  return {
    outcome,
    message: say(`verifications.done.${words}`),
    toSay: ctx.house.words.has(toSay) ? say(toSay) : null,
    verification,
  };
};

type Done = { outcome: Verified['outcome']; words: string; params?: Record<string, string | number> };

const carryOut = async (ctx: Ctx, step: Step, input: Verify): Promise<Done> => {
  switch (input.method) {
    case 'fact': {
      const outcome = await answerFact(ctx, step, input);
      return { outcome, words: `fact-${outcome}` };
    }
    case 'send-code': {
      await sendCallerCode(ctx, step, input.channel);
      const masked = maskedOf(step.standing, input.channel);
      const life = lifeInWords(ctx.language, step.policy.code.lifetimeMinutes);
      return { outcome: 'sent', words: `code-${input.channel}`, params: { masked, life } };
    }
    case 'code': {
      const outcome = await tryCallerCode(ctx, step, new Secret(input.code));
      return { outcome: outcome === 'right' ? 'right' : 'wrong', words: `code-${outcome}` };
    }
    case 'call-back': {
      await noteCallBack(ctx, step, input);
      return input.reached
        ? { outcome: 'right', words: 'called-back' }
        : { outcome: 'noted', words: 'not-reached' };
    }
    case 'document': {
      const state = await keepDocument(ctx, step, input);
      return { outcome: state === 'seen' ? 'right' : 'noted', words: `document-${state}` };
    }
  }
};

/** What the screen may know: what was proved, what may be tried and why not the rest; never an expected answer. */
export const verificationInWords = (
  { house, language }: Pick<Ctx, 'house' | 'language'>,
  policy: Policy,
  standing: CallerStanding,
): CallerVerification => {
  const { methods, proved, proof, level } = standing;
  const say = (key: string, params = {}) => house.words.say(language, `verifications.${key}`, params);
  const { waitingDays } = policy.contacts;
  const why = (key: string | null) => (key === null ? null : say(`why.${key}`, { waitingDays }));
  const { question } = methods.facts;
  const asked = policy.facts.find(({ id }) => id === question);
  const { digits, tries } = policy.code;
  return {
    level,
    levelInWords: say(`levels.${level}`),
    caller: callerSaid(standing),
    failed: proved.hasFailed,
    facts: {
      state: methods.facts.state,
      why: why(methods.facts.why),
      needed: policy.verification.neededFacts,
      right: proved.right,
      question: asked
        ? { fact: asked.id, label: asked.label[language], hint: say(`hints.${asked.kind}`) }
        : null,
    },
    codes: methods.codes.map(({ channel, value, state, why: reason }) => ({
      channel,
      masked: value === null ? '' : channel === 'email' ? maskEmail(value) : maskPhone(value),
      state,
      why: why(reason),
      digits,
      triesLeft: proof?.codeChannel === channel ? Math.max(0, tries - proof.codeTries) : tries,
    })),
    callBacks: methods.callBacks.map(({ kind, value, state, why: reason }) => ({
      kind,
      masked: value === null ? '' : maskPhone(value),
      state,
      why: why(reason),
    })),
    document: {
      state: methods.document.state,
      why: why(methods.document.why),
      kinds: policy.verification.documents.map((id) => ({ id, label: say(`documents.${id}`) })),
    },
  };
};

const maskedOf = ({ methods }: CallerStanding, channel: 'email' | 'sms'): string => {
  const value = methods.codes.find((one) => one.channel === channel)?.value ?? '';
  return channel === 'email' ? maskEmail(value) : maskPhone(value);
};
