import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { PersonToSave } from '../../server/members/saving.service.ts';
import { loadProviders } from '../../server/portal/france-connect-file.ts';
import type { Answer, Client } from './client.ts';
import { buildHolder, type Built } from './holders.ts';
import { startOidc, type Vouched } from './oidc.ts';
import { everyOrganisation, type TestServer } from './server.ts';

export const organisation = 'msa-sud-aquitaine';
export const portal = `/portal/api/${organisation}`;

let born = 1_000;
let serial = 100;

/** Somebody whom nobody else is taken for: a birth date of their own. */
export const somebody = (more: Partial<Vouched> = {}): Vouched => {
  born = born === 19_000 ? 1_001 : born + 1;
  const birthdate = new Date(Date.UTC(1950, 0, born)).toISOString().slice(0, 10);
  return { sub: `sub-${born}`, given_name: 'Jean-Pierre Marie', family_name: 'LE GOFF', birthdate, ...more };
};

/** What is told of whatever does not hold, and of an identifier that does not lead in. */
export const refusal = {
  status: 401,
  body: { message: expect.stringContaining('Connectez-vous avec votre identifiant') },
};
export const notLinked = { status: 401, body: { message: expect.stringContaining('à aucun compte') } };

/** An identity provider for one organisation, and the steps of a browser that goes through it. */
export const startFederation = async (server: TestServer) => {
  const oidc = await startOidc(`${server.house.portalUrl}/${organisation}/france-connect`, somebody());
  const file = join(server.directory, 'franceconnect.json');
  writeFileSync(file, JSON.stringify({ [organisation]: { issuer: oidc.issuer, ...oidc.client } }));
  server.house.providers = loadProviders(file, everyOrganisation(server.house), false);

  const holderLike = (
    person: Vouched,
    more: Partial<PersonToSave> & { password?: string } = {},
  ): Promise<Built> => {
    serial = serial === 999 ? 101 : serial + 1;
    return buildHolder(server, {
      organisationId: organisation,
      nir: { body: `2610399999${serial}`, key: null },
      usualName: 'Le Goff',
      firstName: 'Jean-Pierre',
      birthDate: person.birthdate,
      spaceType: 'particulier',
      ...more,
    });
  };
  const begin = async (client: Client): Promise<string> => {
    const { body } = await client.post(`${portal}/france-connect`);
    return oidc.visit(body.url as string);
  };
  const comeBack = (client: Client, query: string): Promise<Answer> =>
    client.post(`${portal}/france-connect/return`, { query });
  const link = (client: Client, identifier: string): Promise<Answer> =>
    client.post(`${portal}/france-connect/link`, { identifier });
  /** A browser that has come back from the provider. */
  const cameBack = async (): Promise<Client> => {
    const client = server.anonymous();
    await comeBack(client, await begin(client));
    return client;
  };
  /** With the identifier, where it is asked for. */
  const signIn = async ({ identifier }: Built, client = server.anonymous()): Promise<Answer> => {
    const came = await comeBack(client, await begin(client));
    return came.body.status === 'identifier-needed' ? link(client, identifier) : came;
  };
  const linksOf = ({ accountId }: Built) =>
    server.house.pool('federated_identities').where({ account_id: accountId });
  return { oidc, holderLike, begin, comeBack, link, cameBack, signIn, linksOf };
};

export type Federation = Awaited<ReturnType<typeof startFederation>>;
