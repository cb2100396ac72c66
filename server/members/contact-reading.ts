import { contactKinds, type ContactKind } from '../core/vocabulary.ts';
import type { ContactChange } from './contact-changes.service.ts';
import { readEmail } from './email.ts';
import type { Contact } from './members.store.ts';
import { readPhone } from './phone.ts';

export type TypedContacts = Partial<Record<ContactKind, string | null | undefined>>;

/**
 * Only what is typed and differs from what is on file; and for each field that cannot be read, named as
 * `contacts.<kind>`, a key of the words.
 */
export const readContacts = (
  onFile: readonly Contact[],
  typed: TypedContacts,
): { changes: ContactChange[]; fields: Record<string, string> } => {
  const fields: Record<string, string> = {};
  const changes = contactKinds.flatMap((kind): ContactChange[] => {
    const text = typed[kind];
    if (text === undefined) return [];
    const reading = readContact(kind, text);
    if (!reading.ok) {
      fields[`contacts.${kind}`] = reading.problem;
      return [];
    }
    const now = onFile.find((contact) => contact.kind === kind)?.value ?? null;
    return reading.value === now ? [] : [{ kind, value: reading.value, corrected: reading.corrected }];
  });
  return { changes, fields };
};

type ContactReading =
  | { ok: true; value: string | null; corrected: boolean }
  /** A key of the words. */
  | { ok: false; problem: string };

/** By the rules by which imports read a contact; nothing typed removes it. */
const readContact = (kind: ContactKind, typed: string | null): ContactReading => {
  const text = typed?.trim() ?? '';
  if (text === '') return { ok: true, value: null, corrected: false };
  if (kind === 'email') {
    const reading = readEmail(text);
    return reading.ok
      ? { ok: true, value: reading.address, corrected: false }
      : { ok: false, problem: 'space.badEmail' };
  }
  const reading = readPhone(text);
  if (!reading.ok) return { ok: false, problem: 'space.badPhone' };
  if (kind === 'mobile' && reading.kind !== 'mobile') return { ok: false, problem: 'space.notMobile' };
  if (kind === 'landline' && reading.kind === 'mobile')
    return { ok: false, problem: 'space.mobileAsLandline' };
  return { ok: true, value: reading.e164, corrected: reading.corrected };
};
