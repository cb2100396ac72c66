import * as oidc from 'openid-client';
import { z } from 'zod';
import type { House } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { PivotIdentity } from '../members/pivot-identity.service.ts';
import { portalAddressOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { Provider } from './france-connect-file.ts';

/** What one journey must come back with: made here, sealed meanwhile. */
export const Journey = z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string() });
export type Journey = z.infer<typeof Journey>;

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

/** Where the browser goes (authorization code with PKCE), and what it must bring back. */
export const beginJourney = async (
  house: House,
  policy: Policy,
  provider: Provider,
): Promise<{ url: string; journey: Journey }> => {
  const config = await configurationOf(provider);
  const journey = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
  };
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: returnAddressOf(house, policy),
    scope,
    acr_values: 'eidas1',
    state: journey.state,
    nonce: journey.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(journey.verifier),
    code_challenge_method: 'S256',
  });
  return { url: url.href, journey };
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
  const config = await configurationOf(provider);
  const address = new URL(returnAddressOf(house, policy));
  address.search = came.query.replace(/^\?/, '');
  try {
    const tokens = await oidc.authorizationCodeGrant(config, address, {
      pkceCodeVerifier: came.journey.verifier,
      expectedState: came.journey.state,
      expectedNonce: came.journey.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) return undefined;
    const info = Claims.safeParse(await oidc.fetchUserInfo(config, tokens.access_token, claims.sub));
    if (!info.success) return undefined;
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
  } catch (error) {
    if (isNoAnswer(error)) throw unavailable(error);
    return undefined;
  }
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

// What a provider says of itself changes when it rotates its keys; the library fetches those anew when needed.
const configurations = new WeakMap<Provider, Promise<oidc.Configuration>>();

const configurationOf = async (provider: Provider): Promise<oidc.Configuration> => {
  const known = configurations.get(provider);
  if (known) return known;
  const { issuer, clientId, clientSecret } = provider;
  const execute = issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
  const asked = oidc.discovery(issuer, clientId, clientSecret.expose(), undefined, { execute, timeout: 10 });
  configurations.set(provider, asked);
  return asked.catch((error: unknown) => {
    configurations.delete(provider);
    throw unavailable(error);
  });
};

const isNoAnswer = (error: unknown): boolean =>
  (error instanceof TypeError && error.cause !== undefined) ||
  (error instanceof oidc.ClientError && error.code === 'OAUTH_TIMEOUT');

const unavailable = (cause: unknown): AppError =>
  new AppError('unavailable', 'space.federation.unavailable', { cause, retryAfterSeconds: 30 });
