import { z } from 'zod';
import type { House } from '../core/ctx.ts';
import { beginFlow, endFlow, type OpenIdClaims, type OpenIdFlow } from '../core/openid.ts';
import type { Sso } from './sso-file.ts';
import type { SsoPerson } from './sso.schema.ts';

const words = { unavailable: 'sso.unavailable' };

/**
 * `anew`: they sign in there now, though the provider may know them from before.
 *
 * @throws AppError `unavailable` when the provider does not answer.
 */
export const beginSso = (
  { publicUrl }: House,
  sso: Sso,
  { anew }: { anew: boolean },
): Promise<{ url: string; flow: OpenIdFlow }> => {
  const asked = { redirect_uri: addressOf(publicUrl), scope: sso.scope };
  return beginFlow(sso, anew ? { ...asked, prompt: 'login', max_age: '0' } : asked, words);
};

/**
 * Whether they signed in at the provider since then: what was asked of it passes through the browser, where whoever
 * sits there can take it out again (OpenID Connect Core 3.1.2.1, `max_age`, `auth_time`).
 */
export const isAnew = ({ signedInAt }: SsoPerson, since: string): boolean =>
  signedInAt !== null && signedInAt * 1_000 >= Date.parse(since) - clocksApartMs;

const clocksApartMs = 30_000;

/**
 * Whom the provider vouches for; nothing when it, or its word, does not hold.
 *
 * @throws AppError `unavailable` when it does not answer.
 */
export const endSso = async (
  { publicUrl }: House,
  sso: Sso,
  came: { query: string; flow: OpenIdFlow },
): Promise<SsoPerson | undefined> => {
  const claims = await endFlow(sso, { redirectUri: addressOf(publicUrl), ...came }, words);
  return claims && personOf(sso, claims);
};

/** A page of the console, which brings it back by itself: cookies are Strict. */
const addressOf = (publicUrl: string): string => `${new URL(publicUrl).origin}/sso`;

const Texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]).catch([]);

const personOf = (sso: Sso, claims: OpenIdClaims): SsoPerson | undefined => {
  const username = z.string().min(1).max(100).safeParse(claims[sso.usernameClaim]).data;
  if (username === undefined) return undefined;
  const name = z.string().trim().min(1).max(100).safeParse(claims.name).data ?? username;
  return {
    issuer: claims.iss,
    subject: claims.sub,
    username: username.trim().toLowerCase(),
    name,
    groups: Texts.parse(claims[sso.groupsClaim]),
    hasSecondFactor:
      Texts.parse(claims.amr).some((one) => sso.secondFactor.amr.includes(one)) ||
      Texts.parse(claims.acr).some((one) => sso.secondFactor.acr.includes(one)),
    signedInAt: z.number().nullable().catch(null).parse(claims.auth_time),
  };
};
