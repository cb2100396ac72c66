import type { z } from 'zod';
import { changePassword, endPortalSession } from '../accounts/accounts.service.ts';
import { knock, refusal, type GateAnswer } from '../accounts/gate.ts';
import type { PersonalData } from '../accounts/password-rule.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { parisDay } from '../core/calendar.ts';
import { AppError } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';
import type { WebVisit } from '../http/routes.ts';
import { personalDataOf } from '../members/members.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { MemberSignIn, PasswordChosen, PortalSession, SignedIn } from './portal.schema.ts';

/** A member knocks at the gate; the answers before a proof are the same for everybody. */
export const signInMember = async (
  visit: WebVisit,
  organisationId: string,
  typed: z.output<typeof MemberSignIn>,
): Promise<z.input<typeof SignedIn>> => {
  const policy = policyOf(visit.house, organisationId);
  const answer = await knock(visit, policy, {
    identifier: typed.identifier,
    password: new Secret(typed.password),
    address: visit.web.address,
  });
  if (answer.as !== 'open') throw explain(visit, answer);

  visit.web.setPortalCookie(policy.id, answer.session.token);
  const say = (key: string) => visit.house.words.say(visit.language, key);
  return {
    status: answer.mustChange ? 'must-change-password' : 'signed-in',
    message: say(answer.mustChange ? 'portal.mustChange' : 'portal.welcome'),
    passwordRule: answer.mustChange ? ruleInWords(visit, policy) : [],
    sessionEndsAt: answer.session.endsAt,
  };
};

export const chooseNewPassword = async (
  visit: WebVisit,
  organisationId: string,
  newPassword: string,
): Promise<z.input<typeof PasswordChosen>> => {
  const policy = policyOf(visit.house, organisationId);
  const { session } = await changePassword(visit, policy, new Secret(newPassword), personalOf);
  if (session) visit.web.setPortalCookie(policy.id, session.token);
  else visit.web.clearPortalCookie(policy.id);
  return {
    status: session ? 'signed-in' : 'sign-in-again',
    message: policy.afterChange.message[visit.language],
  };
};

export const describePortalSession = (ctx: Ctx, organisationId: string): z.input<typeof PortalSession> => {
  const mustChange = ctx.actor.kind === 'member' && ctx.actor.mayOnlyChangePassword;
  return {
    status: mustChange ? 'must-change-password' : 'signed-in',
    passwordRule: mustChange ? ruleInWords(ctx, policyOf(ctx.house, organisationId)) : [],
  };
};

export const signOutMember = async (visit: WebVisit, organisationId: string): Promise<void> => {
  await endPortalSession(visit, organisationId);
  visit.web.clearPortalCookie(organisationId);
};

/** Only what a right or once right secret earned is told: a typing error shows in the check symbol alone. */
const explain = (visit: Visit, answer: Exclude<GateAnswer, { as: 'open' }>): AppError => {
  if (answer.as === 'refused') return refusal();
  if (answer.as === 'typing-error') return new AppError('signed-out', 'portal.typingError');
  const at = answer.credential.ended_at ?? answer.credential.valid_until;
  const params = { date: dayInWords(visit, at) };
  return new AppError('signed-out', `portal.temporary.${answer.as}`, { params });
};

const personalOf = (ctx: Ctx, memberId: string): Promise<PersonalData> => personalDataOf(ctx, memberId);

/** The organisation's rule as sentences, each the one that would refuse. */
const ruleInWords = ({ house, language }: Pick<Visit, 'house' | 'language'>, policy: Policy): string[] => {
  const rule = policy.chosenPassword;
  const say = (key: string, params = {}) => house.words.say(language, `portal.password.${key}`, params);
  if (rule.kind === 'digits') return [say('exactly-digits', { digits: rule.digits })];
  return [
    say('too-short', { least: rule.minLength }),
    ...rule.requires.map((kind) => say(`needs-${kind}`)),
    ...(rule.forbiddenCharacters.length > 0
      ? [say('forbidden-character', { forbidden: rule.forbiddenCharacters.join(' ') })]
      : []),
  ];
};

const dayInWords = ({ language }: Pick<Visit, 'language'>, at: string): string =>
  new Date(`${parisDay(new Date(at))}T12:00:00Z`).toLocaleDateString(language === 'fr' ? 'fr-FR' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
