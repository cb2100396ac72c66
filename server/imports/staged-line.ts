import { digest, seal, unseal, type Keys } from '../core/crypto.ts';
import { Secret } from '../core/secret.ts';
import type { ImportedProof } from './proof-row.ts';
import type { ImportedCompany, ImportedPerson } from './row.ts';

/** What a staged line says, sealed and bound to its place: a staged line is a person's file. */
export const sealLine = (keys: Keys, importId: string, line: number, text: string): string =>
  seal(keys, 'import-line', placeOf(importId, line), text);

/** @throws Error when the line, its place or the key is not the one sealed. */
export const unsealLine = (keys: Keys, row: { import_id: string; line: number; sealed: string }): string =>
  unseal(keys, 'import-line', placeOf(row.import_id, row.line), row.sealed);

/** Tells whether a line says the same as the last time; `said` are the columns that the file has. */
export const lineDigest = (keys: Keys, organisationId: string, said: string, text: string): string =>
  digest(keys, 'import-line', organisationId, said, text);

/** A person as text: what is not said is left out, so that lines are short. */
export const personToText = (person: ImportedPerson): string =>
  JSON.stringify(person, (key, value: unknown) => {
    if (key === 'firstPasswordCode') return person.firstPasswordCode?.expose();
    return value === null || value === false ? undefined : value;
  });

export const textToPerson = (text: string): ImportedPerson => {
  const read = JSON.parse(text) as Omit<ImportedPerson, 'firstPasswordCode'> & { firstPasswordCode?: string };
  const { nir, firstPasswordCode } = read;
  return {
    ...nothing,
    ...read,
    nir: nir ? { kind: nir.kind, body: nir.body, key: nir.key ?? null } : null,
    email: withSince(read.email),
    mobile: withNumber(read.mobile),
    landline: withNumber(read.landline),
    fax: withNumber(read.fax),
    address: withSince(read.address),
    representative: read.representative && {
      ...read.representative,
      mandateUntil: read.representative.mandateUntil ?? null,
    },
    firstPasswordCode: firstPasswordCode === undefined ? null : new Secret(firstPasswordCode),
  };
};

export const companyToText = (company: ImportedCompany): string => JSON.stringify(company);

export const textToCompany = (text: string): ImportedCompany => JSON.parse(text) as ImportedCompany;

export const proofToText = (proof: ImportedProof): string => JSON.stringify(proof);

export const textToProof = (text: string): ImportedProof => JSON.parse(text) as ImportedProof;

const placeOf = (importId: string, line: number): string => `import_lines.sealed:${importId}:${line}`;

const nothing = {
  civility: null,
  birthName: null,
  usualName: null,
  clientCompany: null,
  contractEnd: null,
  deathDate: null,
  representative: null,
  isProtected: false,
  wantsLargePrint: false,
  language: null,
} as const;

const withSince = <T extends { since: string | null }>(contact: T | null | undefined): T | null =>
  contact ? { ...contact, since: contact.since ?? null } : null;

const withNumber = <T extends { since: string | null; corrected: boolean }>(
  contact: T | null | undefined,
): T | null =>
  contact ? { ...contact, since: contact.since ?? null, corrected: contact.corrected ?? false } : null;
