import * as oidc from 'openid-client';
import { z } from 'zod';
import { AppError } from './errors.ts';
import type { Secret } from './secret.ts';

/** What was agreed with an identity provider. */
export type OpenIdClient = { issuer: URL; clientId: string; clientSecret: Secret };

/** What one way through the provider must come back with: made here, sealed meanwhile. */
export const OpenIdFlow = z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string() });
export type OpenIdFlow = z.infer<typeof OpenIdFlow>;

export type OpenIdClaims = Record<string, unknown> & { iss: string; sub: string };

type Words = { unavailable: string };

/**
 * Where the browser goes (authorization code with PKCE), and what it must bring back.
 *
 * @throws AppError `unavailable`, in these words, when the provider does not answer.
 */
export const beginFlow = async (
  client: OpenIdClient,
  asked: { redirect_uri: string; scope: string; acr_values?: string; prompt?: string; max_age?: string },
  words: Words,
): Promise<{ url: string; flow: OpenIdFlow }> => {
  const config = await configurationOf(client, words);
  const flow = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
  };
  const url = oidc.buildAuthorizationUrl(config, {
    ...asked,
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(flow.verifier),
    code_challenge_method: 'S256',
  });
  return { url: url.href, flow };
};

/**
 * Exchanges what the browser brought back: state, nonce, PKCE, the signature and audience of the identity token; then
 * asks the provider what else it says of them, where it has such an address.
 *
 * @returns the identity token's claims over those; nothing when the provider, or its word, does not hold.
 * @throws AppError `unavailable`, in these words, when the provider does not answer.
 */
export const endFlow = async (
  client: OpenIdClient,
  came: { redirectUri: string; query: string; flow: OpenIdFlow },
  words: Words,
): Promise<OpenIdClaims | undefined> => {
  const config = await configurationOf(client, words);
  // From our own configuration, never from the request: the provider knows this one address.
  const address = new URL(came.redirectUri);
  address.search = came.query.replace(/^\?/, '');
  try {
    const tokens = await oidc.authorizationCodeGrant(config, address, {
      pkceCodeVerifier: came.flow.verifier,
      expectedState: came.flow.state,
      expectedNonce: came.flow.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) return undefined;
    const hasMore = config.serverMetadata().userinfo_endpoint !== undefined;
    const more = hasMore ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub) : {};
    return { ...more, ...claims };
  } catch (error) {
    if (isNoAnswer(error)) throw unavailable(words, error);
    return undefined;
  }
};

// What a provider says of itself changes when it rotates its keys; the library fetches those anew when needed.
const configurations = new WeakMap<OpenIdClient, Promise<oidc.Configuration>>();

const configurationOf = async (client: OpenIdClient, words: Words): Promise<oidc.Configuration> => {
  const known = configurations.get(client);
  if (known) return known;
  const { issuer, clientId, clientSecret } = client;
  const execute = issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
  const asked = oidc.discovery(issuer, clientId, clientSecret.expose(), undefined, { execute, timeout: 10 });
  configurations.set(client, asked);
  return asked.catch((error: unknown) => {
    configurations.delete(client);
    throw unavailable(words, error);
  });
};

const isNoAnswer = (error: unknown): boolean =>
  (error instanceof TypeError && error.cause !== undefined) ||
  (error instanceof oidc.ClientError && error.code === 'OAUTH_TIMEOUT');

const unavailable = (words: Words, cause: unknown): AppError =>
  new AppError('unavailable', words.unavailable, { cause, retryAfterSeconds: 30 });
