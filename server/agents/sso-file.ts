import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { OpenIdClient } from '../core/openid.ts';
import { Secret } from '../core/secret.ts';
import { Role } from '../core/vocabulary.ts';

/** What one group of the provider's may do at the desk. */
export type GroupRights = { role: Role; organisations: string[]; site: string | null };

/** The desk's single sign-on, as SSO_FILE agreed it with the provider. */
export type Sso = OpenIdClient & {
  label: { fr: string; en: string };
  scope: string;
  usernameClaim: string;
  groupsClaim: string;
  /** In the file's order: of several that somebody is in, the first one counts. */
  groups: { name: string; rights: GroupRights }[];
  /** False: an account that is linked no longer signs in with its password. */
  allowPasswords: boolean;
  /** Values of `amr` and `acr` that count as a second factor at sign-in. */
  secondFactor: { amr: string[]; acr: string[] };
};

declare module '../core/ctx.ts' {
  interface House {
    /** Null without SSO_FILE. */
    sso: Sso | null;
  }
}

const FileShape = z.strictObject({
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1),
  clientSecret: z.string().min(16),
  label: z.strictObject({ fr: z.string().min(1).max(60), en: z.string().min(1).max(60) }),
  scope: z.string().startsWith('openid').default('openid profile groups'),
  usernameClaim: z.string().min(1).default('preferred_username'),
  groupsClaim: z.string().min(1).default('groups'),
  groups: z.record(
    z.string(),
    z.strictObject({
      role: Role,
      organisations: z.array(z.string()).min(1),
      site: z.string().min(1).nullable().default(null),
    }),
  ),
  allowPasswords: z.boolean().default(true),
  secondFactor: z
    .strictObject({ amr: z.array(z.string()).default([]), acr: z.array(z.string()).default([]) })
    .default({ amr: [], acr: [] }),
});

/**
 * Reads SSO_FILE once, at start. Plain http is for a provider on this machine, outside production.
 *
 * @throws Error naming what is wrong, never a secret.
 */
export const loadSso = (
  file: string | null,
  organisationIds: readonly string[],
  production: boolean,
): Sso | null => {
  if (file === null) return null;
  const read = FileShape.safeParse(parsed(file));
  if (!read.success) {
    const where = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`SSO_FILE: ${file} is wrong.\n${where.join('\n')}`);
  }
  const { issuer, clientSecret, groups, ...agreed } = read.data;
  const url = new URL(issuer);
  if (url.protocol !== 'https:' && (production || !isLoopback(url)))
    throw new Error('SSO_FILE: the issuer must be an address beginning with https://.');
  const unknown = Object.values(groups)
    .flatMap(({ organisations }) => organisations)
    .find((id) => !organisationIds.includes(id));
  if (unknown !== undefined)
    throw new Error(`SSO_FILE: ${unknown} is no organisation. Known: ${organisationIds.join(', ')}.`);
  return {
    ...agreed,
    issuer: url,
    clientSecret: new Secret(clientSecret),
    groups: Object.entries(groups).map(([name, rights]) => ({ name, rights })),
  };
};

/** What the groups of somebody give them; nothing when none of theirs is named. */
export const rightsOf = ({ groups }: Sso, theirs: readonly string[]): GroupRights | undefined =>
  groups.find(({ name }) => theirs.includes(name))?.rights;

const isLoopback = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

const parsed = (file: string): unknown => {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`SSO_FILE: ${file} cannot be read as YAML or JSON.`, { cause });
  }
};
