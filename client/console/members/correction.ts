import type { MemberPage } from '../../../server/desk/desk.schema.ts';

export const correctableKinds = ['email', 'mobile', 'landline', 'fax'] as const;
export type CorrectableKind = (typeof correctableKinds)[number];

/** What is typed of a correction: empty fields change nothing, a kind in `removed` is taken away. */
export type TypedCorrection = {
  contacts: Record<CorrectableKind, string>;
  removed: CorrectableKind[];
  lines: [string, string, string, string];
  postcode: string;
  town: string;
  country: string;
};

export const nothingTyped: TypedCorrection = {
  contacts: { email: '', mobile: '', landline: '', fax: '' },
  removed: [],
  lines: ['', '', '', ''],
  postcode: '',
  town: '',
  country: '',
};

export type CorrectionBody = {
  contacts?: Partial<Record<CorrectableKind, string | null>>;
  address?: { lines: string[]; postcode: string; town: string; country?: string };
};

/** As the server takes it; undefined while nothing is typed. */
export const correctionFrom = (typed: TypedCorrection): CorrectionBody | undefined => {
  const contacts = Object.fromEntries(
    correctableKinds.flatMap((kind): [CorrectableKind, string | null][] => {
      if (typed.removed.includes(kind)) return [[kind, null]];
      const text = typed.contacts[kind].trim();
      return text === '' ? [] : [[kind, text]];
    }),
  );
  const { postcode, town, country } = typed;
  const lastLine = typed.lines.findLastIndex((line) => line.trim() !== '');
  // An empty line before another keeps its place, so that the server's word on a line is shown beside it.
  const lines = typed.lines.slice(0, Math.max(1, lastLine + 1));
  const hasAddress = lastLine >= 0 || [postcode, town, country].some((text) => text.trim() !== '');
  const hasContacts = Object.keys(contacts).length > 0;
  if (!hasContacts && !hasAddress) return undefined;
  return {
    ...(hasContacts && { contacts }),
    ...(hasAddress && { address: { lines, postcode, town, ...(country.trim() && { country }) } }),
  };
};

/** What is on file of a kind, masked. */
export const knownOf = (member: MemberPage, kind: CorrectableKind): string | undefined =>
  member.contacts.find((contact) => contact.kind === kind)?.masked;
