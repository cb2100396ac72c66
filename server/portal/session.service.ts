import type { z } from 'zod';
import { changePassword } from '../accounts/change-password.service.ts';
import { ownSession } from '../accounts/own-account.service.ts';
import { parisDay } from '../core/calendar.ts';
import type { Ctx } from '../core/ctx.ts';
import { Secret } from '../core/secret.ts';
import type { WebVisit } from '../http/routes.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { ruleInWords } from './password-words.ts';
import type { ChooseNewPassword, PasswordChosen, PortalSession } from './portal.schema.ts';

export const describePortalSession = async (
  ctx: Ctx,
  organisationId: string,
): Promise<z.input<typeof PortalSession>> => {
  const policy = policyOf(ctx.house, organisationId);
  const { next, openedBy, passwordSetAt } = await ownSession(ctx, policy);
  const mustChange = next === 'change-password';
  return {
    status: mustChange ? 'must-change-password' : 'signed-in',
    next,
    changeRecommended: isOlder(passwordSetAt, policy.afterChange.changeRecommendedMonths, ctx.now),
    franceConnect: openedBy === 'france-connect',
    passwordRule: ruleInWords(ctx, policy),
  };
};

/** After a temporary secret, or at any time from « Mon compte » with the current password. */
export const chooseNewPassword = async (
  visit: WebVisit,
  organisationId: string,
  typed: z.output<typeof ChooseNewPassword>,
): Promise<z.input<typeof PasswordChosen>> => {
  const policy = policyOf(visit.house, organisationId);
  const { session, next } = await changePassword(visit, policy, {
    password: new Secret(typed.newPassword),
    currentPassword: typed.currentPassword === undefined ? null : new Secret(typed.currentPassword),
    address: visit.web.address,
    portalClientId: visit.web.portalClientId,
  });
  if (session) visit.web.setPortalCookie(policy.id, session.token);
  else visit.web.clearPortalCookie(policy.id);
  return {
    status: session ? 'signed-in' : 'sign-in-again',
    next,
    message: policy.afterChange.message[visit.language],
  };
};

// Only a recommendation: CNIL 2022-100 and ASVS 6.2.10 ask for no regular change.
const isOlder = (setAt: string | null, months: number | null, now: Date): boolean => {
  if (setAt === null || months === null) return false;
  const [year = 0, month = 1, day = 1] = parisDay(new Date(setAt)).split('-').map(Number);
  const due = new Date(Date.UTC(year, month - 1 + months, day)).toISOString().slice(0, 10);
  return due <= parisDay(now);
};
