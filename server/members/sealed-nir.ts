import { digest, seal, unseal, type Keys } from '../core/crypto.ts';

/** A NIR as given: 13 characters, and the key when the file had it. */
export type Nir = { body: string; key: string | null };

/** How a NIR is found without being stored: exact match within one organisation. */
export const nirIndex = (keys: Keys, organisationId: string, body: string): string =>
  digest(keys, 'nir-index', organisationId, body);

/** Encrypted and bound to its member: moved to another row it does not open. */
export const sealNir = (keys: Keys, memberId: string, { body, key }: Nir): string =>
  seal(keys, 'nir', rowOf(memberId), body + (key ?? ''));

/** @throws Error when the row, the text or the key is not the one sealed. */
export const openNir = (keys: Keys, memberId: string, sealed: string): Nir => {
  const text = unseal(keys, 'nir', rowOf(memberId), sealed);
  return { body: text.slice(0, 13), key: text.slice(13) || null };
};

const rowOf = (memberId: string): string => `members.nir_sealed:${memberId}`;
