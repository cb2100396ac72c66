import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

/** Whom the provider vouches for; what FranceConnect calls the pivot identity. */
export type Vouched = {
  sub: string;
  given_name: string;
  family_name: string;
  preferred_username?: string;
  birthdate: string;
};

/** Whom a provider of the desk's own vouches for. */
export type Colleague = {
  sub: string;
  name?: string;
  preferred_username?: string;
  groups?: string[];
  amr?: string[];
};

export type OidcServer<Person extends { sub: string } = Vouched> = {
  issuer: string;
  client: { clientId: string; clientSecret: string };
  /** Who sits before the browser from now on. */
  person: Person;
  /** Walks the provider's pages as that person's browser would; answers the query it brings back. */
  visit: (url: string) => Promise<string>;
  stop: () => Promise<void>;
};

/** A real identity provider on loopback that asks nobody anything: whoever comes is `person`, and agrees. */
export const startOidc = async <Person extends { sub: string } = Vouched>(
  redirectUri: string,
  person: Person,
  claims: Record<string, string[]> = pivotClaims,
): Promise<OidcServer<Person>> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { clientId: 'guichet', clientSecret: 'un-secret-de-trente-deux-signes-x' };
  const oidc: OidcServer<Person> = {
    issuer,
    client,
    person,
    visit: (url) => walk(url, redirectUri),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  const provider = new Provider(issuer, configurationFor(oidc, redirectUri, claims));
  const handle = provider.callback();
  server.on('request', (req, res) => {
    if (!req.url?.startsWith('/interaction/')) return void handle(req, res);
    return void agree(provider, oidc, req, res);
  });
  return oidc;
};

/** What FranceConnect tells of somebody. */
const pivotClaims = {
  openid: ['sub'],
  given_name: ['given_name'],
  family_name: ['family_name'],
  preferred_username: ['preferred_username'],
  birthdate: ['birthdate'],
};

/** Anybody's provider, as far as this file needs it. */
type AnyOidc = Omit<OidcServer<{ sub: string }>, 'visit' | 'stop'>;

const configurationFor = (
  oidc: AnyOidc,
  redirectUri: string,
  claims: Record<string, string[]>,
): Configuration => ({
  clients: [
    {
      client_id: oidc.client.clientId,
      client_secret: oidc.client.clientSecret,
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'client_secret_post',
      // As FranceConnect answers: a signed word, not plain JSON.
      userinfo_signed_response_alg: 'RS256',
    },
  ],
  acrValues: ['eidas1'],
  claims,
  ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
  cookies: { keys: ['the tests’ own'] },
  features: { devInteractions: { enabled: false }, jwtUserinfo: { enabled: true } },
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ ...oidc.person, sub: accountId }) }),
});

const agree = async (
  provider: Provider,
  oidc: AnyOidc,
  req: Parameters<Provider['interactionDetails']>[0],
  res: Parameters<Provider['interactionDetails']>[1],
): Promise<void> => {
  const { prompt, params, session } = await provider.interactionDetails(req, res);
  if (prompt.name === 'login') {
    return provider.interactionFinished(req, res, { login: { accountId: oidc.person.sub } });
  }
  const grant = new provider.Grant({ accountId: session?.accountId, clientId: String(params.client_id) });
  grant.addOIDCScope(String(params.scope));
  return provider.interactionFinished(req, res, { consent: { grantId: await grant.save() } });
};

const walk = async (from: string, redirectUri: string): Promise<string> => {
  const cookies = new Map<string, string>();
  let url = from;
  for (let steps = 0; steps < 12; steps += 1) {
    if (url.startsWith(redirectUri)) return new URL(url).search;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      cookies.set(name, value);
    }
    const next = answer.headers.get('location');
    if (!next) throw new Error(`The provider stopped at ${url.split('?')[0]}: ${answer.status}.`);
    url = new URL(next, url).href;
  }
  throw new Error('The provider leads in a circle.');
};
