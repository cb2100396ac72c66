import { expect } from 'vitest';
import type { House } from '../../server/core/ctx.ts';
import { nirKey } from '../../server/members/nir.ts';
import type { Answer, Client } from './client.ts';
import { rest } from './rest.ts';

/** The cells that a test names, under our French headers. */
export type Line = Record<string, string>;

/** A holder whom no organisation refuses; `number` makes number, NIR and e-mail. */
export const holder = (number: number, more: Line = {}): Line => ({
  'N° adhérent': String(10_000 + number),
  Rang: '01',
  Qualité: 'titulaire',
  NIR: nir(number),
  Civilité: 'Mme',
  'Nom de naissance': `Tilleul${letters(number)}`,
  Prénom: 'Élodie',
  'Date de naissance': '15/03/1970',
  'E-mail': `adherent${number}@courriel.example`,
  'E-mail depuis le': '',
  Mobile: `06 39 98 ${String(number % 10_000)
    .padStart(4, '0')
    .replace(/(..)/, '$1 ')}`,
  'Adresse 1': `${1 + (number % 90)} RUE DES ESSAIS`,
  'Code postal': '03999',
  Ville: 'VILLE INVENTEE',
  'Fin de contrat': '',
  ...more,
});

/** A NIR of a commune that does not exist (FACTS 1.6). */
export const nir = (number: number): string => {
  const body = `27003${String(1 + (Math.floor(number / 900) % 90)).padStart(2, '0')}999${String((number % 900) + 1).padStart(3, '0')}`;
  return body + nirKey(body);
};

export const csv = (lines: Line[], headers: string[] = Object.keys(lines[0] ?? {})): string =>
  [headers, ...lines.map((line) => headers.map((header) => line[header] ?? ''))]
    .map((cells) => `${cells.join(';')}\r\n`)
    .join('');

type Choice = { organisation?: string; extent?: string; content?: string; lines?: number };

export const upload = (client: Client, file: string | Uint8Array, choice: Choice = {}): Promise<Answer> => {
  const {
    organisation = 'mutuelle-agents-publics',
    extent = 'movements',
    content = 'members',
    lines,
  } = choice;
  const query = new URLSearchParams({
    organisation,
    extent,
    content,
    ...(lines !== undefined && { lines: String(lines) }),
  });
  return client.send('POST', `/api/imports?${query.toString()}`, file, { 'content-type': 'text/csv' });
};

/** Sends a file and follows it until it is applied, held or refused; its report balances. */
export const bringIn = async (
  client: Client,
  file: string | Uint8Array,
  choice: Choice = {},
): Promise<Answer['body']> => {
  const sent = await upload(client, file, choice);
  expect(sent.status, JSON.stringify(sent.body)).toBe(201);
  return follow(client, sent.body.id as string);
};

export const follow = async (client: Client, id: string): Promise<Answer['body']> => {
  for (;;) {
    const { body } = await client.get(`/api/imports/${id}`);
    if (body.state === 'applying') {
      await rest();
      continue;
    }
    if (body.state === 'done') {
      const { accepted, updated, unchanged, rejected, duplicate } = body;
      expect(accepted + updated + unchanged + rejected + duplicate).toBe(body.linesRead);
    }
    return body;
  }
};

const tables = [
  'members',
  'contacts',
  'member_names',
  'client_companies',
  'accounts',
  'account_holders',
  'account_identifiers',
];

/** Everything an import may change, but for what imports say of themselves. */
export const dump = async (house: House): Promise<Record<string, unknown>> =>
  Object.fromEntries(
    await Promise.all(
      tables.map(async (table) => {
        const rows = (await house.pool(table).select('*')) as object[];
        return [table, rows.map((row) => JSON.stringify(row, Object.keys(row).sort())).sort()] as const;
      }),
    ),
  );

export const memberOf = async (house: House, number: number, organisation = 'mutuelle-agents-publics') => {
  const row = await house
    .pool('members')
    .where({ organisation_id: organisation, member_number: String(10_000 + number) })
    .first();
  const contacts = (await house.pool('contacts').where({ member_id: row?.id ?? '' })) as Record<
    string,
    string
  >[];
  return { row, contacts: new Map(contacts.map((contact) => [contact.kind, contact])) };
};

const letters = (number: number): string =>
  [...String(number)].map((digit) => 'abcdefghij'[Number(digit)] as string).join('');
