import { z } from 'zod';
import type { House } from '../core/ctx.ts';
import { beginFlow, endFlow, OpenIdFlow } from '../core/openid.ts';
import type { PivotIdentity } from '../members/pivot-identity.service.ts';
import { portalAddressOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { Provider } from './france-connect-file.ts';

/** What one journey must come back with: made here, sealed meanwhile. */
export const Journey = OpenIdFlow;
export type Journey = OpenIdFlow;

/** Whom the provider vouches for: sealed too, while the organisation's identifier is asked for. */
export const Vouched = z.strictObject({
  issuer: z.string(),
  subject: z.string(),
  identity: z.strictObject({
    birthDate: z.string(),
    givenNames: z.string(),
    familyName: z.string(),
    usualName: z.string().nullable(),
  }) satisfies z.ZodType<PivotIdentity>,
});
export type Vouched = z.infer<typeof Vouched>;

/** The pivot identity, and nothing that is not needed to find one holder. */
const scope = 'openid given_name family_name preferred_username birthdate';
const words = { unavailable: 'space.federation.unavailable' };

/** Where the browser goes (authorization code with PKCE), and what it must bring back. */
export const beginJourney = async (
  house: House,
  policy: Policy,
  provider: Provider,
): Promise<{ url: string; journey: Journey }> => {
  const asked = { redirect_uri: returnAddressOf(house, policy), scope, acr_values: 'eidas1' };
  const { url, flow } = await beginFlow(provider, asked, words);
  return { url, journey: flow };
};

/**
 * Exchanges what the browser brought back: state, nonce, PKCE, the signature and audience of the identity token.
 *
 * @returns nothing when the provider, or its word, does not hold.
 * @throws AppError `unavailable` when the provider does not answer.
 */
export const endJourney = async (
  house: House,
  policy: Policy,
  provider: Provider,
  came: { query: string; journey: Journey },
): Promise<Vouched | undefined> => {
  const redirectUri = returnAddressOf(house, policy);
  const claims = await endFlow(provider, { redirectUri, query: came.query, flow: came.journey }, words);
  const info = Claims.safeParse(claims);
  if (!claims || !info.success) return undefined;
  const { given_name, family_name, preferred_username, birthdate } = info.data;
  return {
    issuer: claims.iss,
    subject: claims.sub,
    identity: {
      birthDate: birthdate,
      givenNames: given_name,
      familyName: family_name,
      usualName: preferred_username || null,
    },
  };
};

const Claims = z.object({
  given_name: z.string().min(1),
  family_name: z.string().min(1),
  preferred_username: z.string().nullish(),
  birthdate: z.iso.date(),
});

/** From the organisation's file, never from the request: the provider knows this one address. */
const returnAddressOf = (house: House, policy: Policy): string =>
  `${portalAddressOf(house, policy)}/france-connect`;
