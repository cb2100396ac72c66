import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { House } from '../core/ctx.ts';
import type { OpenIdClient } from '../core/openid.ts';
import { Secret } from '../core/secret.ts';
import type { Policy } from '../organisations/policy.schema.ts';

/** What an organisation agreed with its identity provider. */
export type Provider = OpenIdClient;

declare module '../core/ctx.ts' {
  interface House {
    /** By organisation; empty without FRANCECONNECT_FILE. */
    providers: ReadonlyMap<string, Provider>;
  }
}

const FileShape = z.record(
  z.string(),
  z.strictObject({
    issuer: z.url({ protocol: /^https?$/ }),
    clientId: z.string().min(1),
    clientSecret: z.string().min(16),
  }),
);

/**
 * Reads FRANCECONNECT_FILE once, at start. Plain http is for a provider on this machine, outside production.
 *
 * @throws Error naming what is wrong, never a secret.
 */
export const loadProviders = (
  file: string | null,
  organisationIds: readonly string[],
  production: boolean,
): ReadonlyMap<string, Provider> => {
  if (file === null) return new Map();
  const read = FileShape.safeParse(parseJson(file));
  if (!read.success) {
    const where = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`FRANCECONNECT_FILE: ${file} is wrong.\n${where.join('\n')}`);
  }
  return new Map(
    Object.entries(read.data).map(([id, { issuer, clientId, clientSecret }]) => {
      if (!organisationIds.includes(id)) {
        throw new Error(
          `FRANCECONNECT_FILE: ${id} is no organisation. Known: ${organisationIds.join(', ')}.`,
        );
      }
      const url = new URL(issuer);
      if (url.protocol !== 'https:' && (production || !isLoopback(url))) {
        throw new Error(
          `FRANCECONNECT_FILE: the issuer of ${id} must be an address beginning with https://.`,
        );
      }
      return [id, { issuer: url, clientId, clientSecret: new Secret(clientSecret) }];
    }),
  );
};

/** Whether members of this organisation may come through FranceConnect: its file says so, and it is configured. */
export const isFederationOffered = (house: Pick<House, 'providers'>, policy: Policy): boolean =>
  policy.signIn.franceConnectFor.length > 0 && house.providers.has(policy.id);

const isLoopback = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

const parseJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`FRANCECONNECT_FILE: ${file} cannot be read as JSON.`, { cause });
  }
};
