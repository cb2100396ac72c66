import type { ContactKind } from '../core/vocabulary.ts';
import { readEmail } from '../imports/cells.ts';
import { readPhone } from '../members/phone.ts';

export type ContactReading =
  | { ok: true; value: string | null; corrected: boolean }
  /** A key of the words. */
  | { ok: false; problem: string };

/** A contact as a member types it, by the rules by which imports read one; nothing typed removes it. */
export const readContact = (kind: ContactKind, typed: string | null): ContactReading => {
  const text = typed?.trim() ?? '';
  if (text === '') return { ok: true, value: null, corrected: false };
  if (kind === 'email') {
    const reading = readEmail(text);
    return reading.ok
      ? { ok: true, value: reading.value.address, corrected: false }
      : { ok: false, problem: 'space.badEmail' };
  }
  const reading = readPhone(text);
  if (!reading.ok) return { ok: false, problem: 'space.badPhone' };
  if (kind === 'mobile' && reading.kind !== 'mobile') return { ok: false, problem: 'space.notMobile' };
  if (kind === 'landline' && reading.kind === 'mobile')
    return { ok: false, problem: 'space.mobileAsLandline' };
  return { ok: true, value: reading.e164, corrected: reading.corrected };
};
