import type { z } from 'zod';
import { endPortalSession } from '../accounts/accounts.service.ts';
import { knock, refusal, type GateAnswer } from '../accounts/gate.ts';
import { parisDay } from '../core/calendar.ts';
import type { Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';
import type { WebVisit } from '../http/routes.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { assertWorked } from './challenge.service.ts';
import { ruleInWords } from './password-words.ts';
import type { MemberSignIn, SignedIn } from './portal.schema.ts';

/** A member knocks at the gate; the answers before a proof are the same for everybody. */
export const signInMember = async (
  visit: WebVisit,
  organisationId: string,
  typed: z.output<typeof MemberSignIn>,
): Promise<z.input<typeof SignedIn>> => {
  const policy = policyOf(visit.house, organisationId);
  // The organisation's own server keeps robots out by means of its own.
  if (visit.web.portalClientId === null) await assertWorked(visit, policy, typed.proofOfWork);
  const answer = await knock(visit, policy, {
    identifier: typed.identifier,
    password: new Secret(typed.password),
    address: visit.web.address,
    portalClientId: visit.web.portalClientId,
  });
  if (answer.as !== 'open') throw explain(visit, answer);

  visit.web.setPortalCookie(policy.id, answer.session.token);
  const mustChange = answer.next === 'change-password';
  return {
    status: mustChange ? 'must-change-password' : 'signed-in',
    next: answer.next,
    message: visit.house.words.say(visit.language, mustChange ? 'portal.mustChange' : 'portal.welcome'),
    passwordRule: mustChange ? ruleInWords(visit, policy) : [],
    sessionEndsAt: answer.session.endsAt,
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

const dayInWords = ({ language }: Pick<Visit, 'language'>, at: string): string =>
  new Date(`${parisDay(new Date(at))}T12:00:00Z`).toLocaleDateString(language === 'fr' ? 'fr-FR' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
