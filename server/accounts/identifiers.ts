import type { Keys } from '../core/crypto.ts';
import { digest } from '../core/crypto.ts';
import { toHalfWidth } from '../core/text.ts';
import { readNir } from '../members/nir.ts';
import type { Policy } from '../organisations/policy.schema.ts';

type Kinds = Policy['signIn']['identifiers'];

/**
 * The one form of what a member typed as identifier, so that no spelling of it has a counter of its own
 * (spaces, full-width digits, key present or not). What cannot be an identifier still has a form: it is
 * counted and answered like one that nobody has.
 */
export const canonicalIdentifier = (kinds: Kinds, typed: string): string => {
  const text = toHalfWidth(typed)
    .normalize('NFKC')
    .replace(/[\s\u00a0\u202f.\-/]/gu, '')
    .toUpperCase();
  const accepts = (kind: Kinds[number]['kind']) => kinds.some((one) => one.kind === kind);
  const nir = accepts('nir') ? readNir(text) : undefined;
  if (nir?.ok) return `nir:${nir.body}`;
  if (accepts('member-number')) return `member-number:${text}`;
  return `unread:${text}`;
};

/** The identifiers under which a holder signs in, in the same form. */
export const identifiersOf = (
  kinds: Kinds,
  holder: { nirBody: string | null; memberNumber: string },
): { kind: string; canonical: string }[] =>
  kinds.flatMap((identifier): { kind: string; canonical: string }[] => {
    const { kind } = identifier;
    if (kind === 'nir') return holder.nirBody ? [{ kind, canonical: `nir:${holder.nirBody}` }] : [];
    if (kind === 'other') return [];
    return [{ kind, canonical: canonicalIdentifier([identifier], holder.memberNumber) }];
  });

export const identifierIndex = (keys: Keys, organisationId: string, canonical: string): string =>
  digest(keys, 'identifier-index', organisationId, canonical);
