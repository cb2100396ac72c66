import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loadSso } from '../../server/agents/sso-file.ts';
import type { Answer, Client } from './client.ts';
import { startOidc, type Colleague } from './oidc.ts';
import { everyOrganisation, type TestServer } from './server.ts';

const claims = {
  openid: ['sub', 'amr'],
  profile: ['name', 'preferred_username'],
  groups: ['groups'],
};

const groups = {
  'guichet-supervision': { role: 'supervisor', organisations: ['safiag', 'mutuelle-imaginaire'] },
  'guichet-admin': { role: 'administrator', organisations: ['safiag'] },
  'guichet-conseil': { role: 'agent', organisations: ['safiag'] },
};

/** A real provider of the desk's own, and the steps of a browser that goes through it. */
export const startDeskSso = async (server: TestServer) => {
  const redirectUri = `${new URL(server.house.publicUrl).origin}/sso`;
  const oidc = await startOidc<Colleague>(redirectUri, { sub: 'personne' }, claims);
  /** SSO_FILE as agreed, with what a test has otherwise. */
  const agree = (more: object = {}): void => {
    const file = join(server.directory, 'sso.yaml');
    const label = { fr: 'Se connecter avec Exemple', en: 'Sign in with Example' };
    writeFileSync(file, stringify({ issuer: oidc.issuer, ...oidc.client, label, groups, ...more }));
    server.house.sso = loadSso(file, everyOrganisation(server.house), false);
  };
  const begin = async (client: Client): Promise<string> => {
    const { body } = await client.post('/api/sso/start');
    return oidc.visit(body.url as string);
  };
  const comeBack = (client: Client, query: string): Promise<Answer> =>
    client.post('/api/sso/return', { query });
  /** The whole way, as this colleague. */
  const signIn = async (colleague: Colleague, client = server.anonymous()): Promise<Answer> => {
    oidc.person = colleague;
    return comeBack(client, await begin(client));
  };
  return { oidc, agree, begin, comeBack, signIn };
};
