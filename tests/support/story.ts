import { expect } from 'vitest';
import type { Answer, Client } from './client.ts';
import { textOfPages } from './paper.ts';
import { rest } from './rest.ts';
import { deskPassword, type TestServer } from './server.ts';

export type Person = {
  organisation: string;
  memberNumber: string;
  nir: string;
  lastName: string;
  firstName: string;
  birthDate: string;
  identifier: string;
  /** What they choose at the end, by their organisation's rule. */
  chosenPassword: string;
};

export const safiagMember: Person = {
  organisation: 'safiag',
  memberNumber: 'S-100245',
  nir: '2 99 12 13 999 902 05',
  lastName: 'Le Goff-Özdemir',
  firstName: 'Maëlle',
  birthDate: '04/12/1999',
  identifier: '299121399990205',
  chosenPassword: '482915',
};

export const agentsPublicsMember: Person = {
  organisation: 'mutuelle-agents-publics',
  memberNumber: '999999',
  nir: '1 85 01 75 999 901 56',
  lastName: 'Martin',
  firstName: 'Étienne',
  birthDate: '17/01/1985',
  identifier: '999999',
  chosenPassword: 'Tilleul+2026!vert',
};

/** The file that a management system would export, with this person in it. */
export const fileWith = (person: Person): string =>
  [
    'N° adhérent;Rang;Qualité;NIR;Civilité;Nom de naissance;Prénom;Date de naissance;Adresse 1;Code postal;Ville;Code première connexion',
    [
      person.memberNumber,
      '',
      'titulaire',
      person.nir,
      'Mme',
      person.lastName,
      person.firstName,
      person.birthDate,
      '12 rue de l’Église',
      '35000',
      'Rennes',
      'DECOMPTE-7788',
    ].join(';'),
    '',
  ].join('\r\n');

export const knock = (client: Client, person: Person, password: string): Promise<Answer> =>
  client.post(`/portal/api/${person.organisation}/sign-in`, { identifier: person.identifier, password });

export const search = (client: Client, q: string): Promise<Answer> =>
  client.post('/api/members/search', { filter: { q } });

/** Imports the file as the administrator would, and waits until it has been applied. */
export const importFile = async (server: TestServer, organisation: string, file: string): Promise<Answer> => {
  const administrator = await server.as('administrator');
  const path = `/api/imports?organisation=${organisation}&content=members&extent=movements`;
  const started = await administrator.send('POST', path, file, { 'content-type': 'text/csv' });
  expect(started).toMatchObject({ status: 201, body: { state: expect.stringMatching(/applying|done/) } });
  return eventually(
    () => administrator.get(`/api/imports/${started.body.id}`),
    ({ body }) => body.state === 'done',
  );
};

/** Asks again until it is so; the test's own time limit ends it. */
export const eventually = async <T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> => {
  for (;;) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    await rest();
  }
};

/** Makes, releases and prints a lot of everything waiting; returns it with the PDF. */
export const printLot = async (server: TestServer, organisation: string) => {
  const operator = await server.as('print-operator');
  const supervisor = await server.as('supervisor');
  const waiting = await operator.get('/api/waiting-letters');
  const { product } = waiting.body.find(
    (one: { organisationId: string }) => one.organisationId === organisation,
  );
  const made = await operator.post('/api/lots', { organisation, product });
  const release = { version: made.body.version, password: deskPassword };
  const released = await supervisor.post(`/api/lots/${made.body.id}/release`, release);
  expect(released).toMatchObject({ status: 200, body: { state: 'released' } });
  const printed = await operator.post(`/api/lots/${made.body.id}/print`, { version: released.body.version });
  expect(printed.status).toBe(200);
  const lot = (await operator.get(`/api/lots?filter=${JSON.stringify({ id: [made.body.id] })}`)).body[0];
  return { lot, pdf: printed.bytes, pages: await textOfPages(printed.bytes) };
};

/** The temporary passwords that the pages carry, in order. */
export const passwordsOn = (pages: string[]): string[] =>
  pages.map(
    (page) => /\b([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5})\b/.exec(page)?.[1] ?? '',
  );
