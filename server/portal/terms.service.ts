import type { z } from 'zod';
import { acceptTerms } from '../accounts/own-account.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { NextAnswer, Terms } from './portal.schema.ts';

/** @throws AppError `not-found` where the organisation asks for no terms to be accepted. */
export const readTermsOfUse = (ctx: Ctx, organisationId: string): Terms => {
  const policy = policyOf(ctx.house, organisationId);
  const terms = ctx.house.termsOfUse(policy.id, ctx.language);
  if (!terms) throw new AppError('not-found', 'space.termsNone');
  return terms;
};

/** @throws AppError `conflict` when the version seen is no longer the one that stands. */
export const acceptTermsOfUse = async (
  ctx: Ctx,
  organisationId: string,
  version: string,
): Promise<z.input<typeof NextAnswer>> => {
  const next = await acceptTerms(ctx, policyOf(ctx.house, organisationId), version);
  return { next, message: ctx.house.words.say(ctx.language, 'space.termsAccepted') };
};
