import { z } from 'zod';
import { OwnProof } from '../agents/agents.schema.ts';
import { Range } from '../http/range.schema.ts';
import { ContactKind, Headline, SpaceType } from '../core/vocabulary.ts';

/** What was typed is in the body, never in a URL (ASVS 14.2.1). */
export const MemberSearch = z.strictObject({
  filter: z.strictObject({
    q: z.string().max(120),
    organisation: z.string().max(64).optional(),
  }),
  range: Range.optional(),
  sort: z.tuple([z.literal('lastName'), z.enum(['ASC', 'DESC'])]).optional(),
});
export type MemberSearch = z.infer<typeof MemberSearch>;

/** How the box read what was typed; the console says it in words. */
export const Understanding = z.object({
  kind: z.enum([
    'nothing',
    'nir',
    'nir-wrong',
    'phone',
    'email',
    'member-number',
    'date',
    'postcode',
    'words',
  ]),
  /** For `nir-wrong`: which rule it breaks. */
  problem: z.string().nullable(),
  /** Words that found nobody as typed were read as these. */
  forgiven: z.array(z.object({ typed: z.string(), readAs: z.array(z.string()) })),
  /** Nobody has this number, but somebody has it with the other of 19/2A or 18/2B: search again with that. */
  corsican: z.boolean(),
  /** What is missing for a search: `letters` (two of a name) or `criterion` (the rest of it). */
  needs: z.string().nullable(),
});
export type Understanding = z.infer<typeof Understanding>;

export const FoundMember = z.object({
  id: z.string(),
  organisationId: z.string(),
  lastName: z.string(),
  birthName: z.string().nullable(),
  firstName: z.string(),
  birthDate: z.string(),
  kind: z.enum(['holder', 'dependant']),
  memberNumber: z.string(),
  postcode: z.string().nullable(),
  town: z.string().nullable(),
  headline: Headline,
});
export type FoundMember = z.infer<typeof FoundMember>;

/** A whole identifier, in the body and never in a URL. */
export const FindMember = z.strictObject({
  organisation: z.string().min(1).max(64),
  identifier: z.string().trim().min(3, 'members.wholeIdentifier').max(40, 'members.wholeIdentifier'),
});
export type FindMember = z.infer<typeof FindMember>;

/** The identity line, and nothing else of a member. */
export const FoundLine = FoundMember.pick({
  id: true,
  organisationId: true,
  lastName: true,
  birthName: true,
  firstName: true,
  birthDate: true,
  kind: true,
  memberNumber: true,
});
export type FoundLine = z.infer<typeof FoundLine>;
export const FoundLines = z.object({ members: z.array(FoundLine) });

export const MaskedContact = z.object({
  kind: ContactKind,
  masked: z.string(),
  since: z.string(),
  /** Changed less than the organisation's waiting time ago. */
  recent: z.boolean(),
  shared: z.boolean(),
  corrected: z.boolean(),
  /** Mobiles only: whether the organisation's SMS reach it. */
  metropolitan: z.boolean().nullable(),
});
export type MaskedContact = z.infer<typeof MaskedContact>;

export const HouseholdMember = z.object({
  id: z.string(),
  lastName: z.string(),
  firstName: z.string(),
  birthDate: z.string(),
  kind: z.enum(['holder', 'dependant']),
  hasAccount: z.boolean(),
  /** Same first and last name as the member shown. */
  namesake: z.boolean(),
});
export type HouseholdMember = z.infer<typeof HouseholdMember>;

export const Identity = z.object({
  civility: z.string().nullable(),
  lastName: z.string(),
  birthName: z.string().nullable(),
  firstName: z.string(),
  birthDate: z.string(),
  kind: z.enum(['holder', 'dependant']),
  memberNumber: z.string(),
  rank: z.string(),
  nirMasked: z.string().nullable(),
  address: z.array(z.string()),
  addressSince: z.string(),
  addressRecent: z.boolean(),
  addressDoubtful: z.boolean(),
  spaceType: SpaceType.nullable(),
  company: z.string().nullable(),
  protected: z.boolean(),
  largePrint: z.boolean(),
  representative: z.string().nullable(),
  language: z.string(),
});
export type Identity = z.infer<typeof Identity>;

/** A word of a name to find: one of `is`, or what begins with `begins`. Folded. */
export type NameMatch = { is: readonly string[]; begins: string | null };

/** One way to read the words typed as a name; null leaves that part open. */
export type NameReading = { last: NameMatch | null; first: NameMatch | null };

/**
 * A way to candidates: SQL that selects member_id, p (0 for the better match), k (its place within a total that is
 * cut) and b, the birth date, for those whose place is the same. Each is answered from one b-tree and stops by itself,
 * so that no search scans a table.
 */
export type Way = { sql: string; bindings: string[] };

/** What goes beside a name, or stands alone when it is whole: a date, five digits of a postcode. */
export type SearchFilters = {
  birthDate: string | null;
  /** Four digits. */
  year: string | null;
  /** One to five digits. */
  postcode: string | null;
  /** Digits that begin a year or a postcode. */
  digits: string | null;
};

/** A person as the management system knows them, every value normalised. Days are 'YYYY-MM-DD'. */
export type PersonToSave = {
  organisationId: string;
  memberNumber: string;
  /** '' when the file has none. */
  rank: string;
  kind: 'holder' | 'dependant';
  nir: { body: string; key: string | null } | null;
  civility: string | null;
  birthName: string | null;
  usualName: string;
  firstName: string;
  birthDate: string;
  contacts: { kind: ContactKind; value: string; since: string; corrected: boolean }[];
  /** null: none on file. */
  address: { lines: string[]; postcode: string; town: string; country: string; since: string } | null;
  spaceType: SpaceType | null;
  companyCode: string | null;
  contractEndOn: string | null;
  deceasedOn: string | null;
  representative: { name: string; from: string; until: string | null } | null;
  isProtected: boolean;
  wantsLargePrint: boolean;
  language: string;
  /** Tells whether the line changed since the last import. */
  lineDigest: string;
  importId: string | null;
};

export const RevealNir = z.strictObject({ reason: z.string().max(64), ...OwnProof.shape });
export type RevealNir = z.infer<typeof RevealNir>;
export const RevealedNir = z.object({ nir: z.string() });
