import type { Db, Scope } from '../core/ctx.ts';
import type { ContactKind, SpaceType } from '../core/vocabulary.ts';

export type Contact = { kind: ContactKind; value: string; since: string; corrected: boolean };

/** A member as on file, for the rooms that decide; nothing of it leaves the server as it is. */
export type MemberFile = {
  id: string;
  organisationId: string;
  memberNumber: string;
  rank: string;
  kind: 'holder' | 'dependant';
  household: string;
  nirSealed: string | null;
  nirIndex: string | null;
  civility: string | null;
  birthName: string | null;
  usualName: string;
  firstName: string;
  birthDate: string;
  address: { lines: string[]; postcode: string; town: string; country: string };
  addressSince: string;
  addressDoubtfulAt: string | null;
  spaceType: SpaceType | null;
  company: { code: string; name: string | null; rightsEndOn: string | null } | null;
  contractEndOn: string | null;
  deceasedOn: string | null;
  representative: { name: string; from: string | null; until: string | null } | null;
  isProtected: boolean;
  largePrint: boolean;
  language: string;
  contacts: Contact[];
  version: number;
};

type Row = Record<string, string | null> & { id: string; organisation_id: string };
type ContactRow = {
  member_id: string;
  organisation_id: string;
  kind: ContactKind;
  value: string;
  since: string;
  corrected: number;
};

/** Nothing when the member is not there or not in the scope: nobody can tell which. */
export const findMember = async (db: Db, scope: Scope, id: string): Promise<MemberFile | undefined> => {
  const row = (await db('members as m')
    .leftJoin('client_companies as c', (on) =>
      on.on('c.organisation_id', 'm.organisation_id').andOn('c.code', 'm.company_code'),
    )
    .leftJoin('canaries as k', 'k.member_id', 'm.id')
    .where('m.id', id)
    .whereIn('m.organisation_id', [...scope.organisationIds])
    .first('m.*', 'c.name as company_name', 'c.rights_end_on', 'k.made_at as canary_since')) as
    Row | undefined;
  // Asked for nobody too: the member's side does the same work whoever it is.
  const contacts = await db<ContactRow>('contacts').where({ member_id: id }).orderBy('kind');
  return row && toMember(row, contacts);
};

/**
 * Values that somebody else of the organisation has too. Another file of the same person is nobody else; what a
 * member put on file themselves, on the portal, says nothing of others: anyone could make a contact doubtful.
 */
export const listShared = async (
  db: Db,
  member: Pick<MemberFile, 'id' | 'organisationId' | 'nirIndex' | 'birthDate'>,
  values: string[],
): Promise<Set<string>> => {
  if (values.length === 0) return new Set();
  const ownWord = db('contact_changes as change')
    .whereRaw('change.member_id = c.member_id and change.kind = c.kind')
    .where('change.changed_by', 'member')
    .select('change.id');
  const rows = (await db('contacts as c')
    .join('members as m', 'm.id', 'c.member_id')
    .where('c.organisation_id', member.organisationId)
    .whereIn('c.value', values)
    .whereNot('c.member_id', member.id)
    .whereNotExists(ownWord)
    .where((other) => {
      if (member.nirIndex === null) return;
      other
        .whereNull('m.nir_index')
        .orWhereNot('m.nir_index', member.nirIndex)
        .orWhereNot('m.birth_date', member.birthDate);
    })
    .distinct('c.value as value')) as { value: string }[];
  return new Set(rows.map(({ value }) => value));
};

/** The member numbers of a person's files: several, where one NIR and birth date stand in several. */
export const listNumbersOfPerson = async (
  db: Db,
  {
    organisationId,
    memberNumber,
    nirIndex,
    birthDate,
  }: Pick<MemberFile, 'organisationId' | 'memberNumber' | 'nirIndex' | 'birthDate'>,
): Promise<string[]> => {
  if (nirIndex === null) return [memberNumber];
  // Asked for distinct ones, SQLite reads the whole organisation in the order of its member numbers.
  const rows = (await db('members')
    .where({ organisation_id: organisationId, nir_index: nirIndex, birth_date: birthDate })
    .select('member_number')) as { member_number: string }[];
  return [...new Set([memberNumber, ...rows.map((row) => row.member_number)])];
};

export type Relative = {
  id: string;
  organisationId: string;
  lastName: string;
  firstName: string;
  birthDate: string;
  kind: 'holder' | 'dependant';
};

/** Everyone else under the same member number, at most a hundred, the eldest first. */
export const listHousehold = async (
  db: Db,
  member: Pick<MemberFile, 'id' | 'organisationId' | 'household'>,
): Promise<Relative[]> => {
  // Asked for them by age, SQLite reads the whole organisation in the order of its birth dates.
  const rows = (await db('members')
    .where({ organisation_id: member.organisationId, member_number: member.household })
    .whereNot({ id: member.id })
    .orderBy('rank')
    .limit(100)
    .select('id', 'organisation_id', 'usual_name', 'first_name', 'birth_date', 'kind')) as Row[];
  const relatives = rows.map((row) => ({
    id: row.id,
    organisationId: row.organisation_id,
    lastName: row.usual_name ?? '',
    firstName: row.first_name ?? '',
    birthDate: row.birth_date ?? '',
    kind: row.kind as Relative['kind'],
  }));
  return relatives.sort((a, b) => byText(a.birthDate, b.birthDate) || byText(a.id, b.id));
};

export type Company = { code: string; name: string; rightsEndOn: string | null };

/** Writes client companies, new or known by their code. Returns nothing: the same file twice changes nothing. */
export const saveCompanies = async (db: Db, organisationId: string, companies: Company[]): Promise<void> => {
  for (let from = 0; from < companies.length; from += 250) {
    await db('client_companies')
      .insert(
        companies.slice(from, from + 250).map(({ code, name, rightsEndOn }) => ({
          organisation_id: organisationId,
          code,
          name,
          rights_end_on: rightsEndOn,
        })),
      )
      .onConflict(['organisation_id', 'code'])
      .merge(['name', 'rights_end_on']);
  }
};

const toMember = (row: Row, contacts: ContactRow[]): MemberFile => ({
  id: row.id,
  organisationId: row.organisation_id,
  memberNumber: row.member_number ?? '',
  rank: row.rank ?? '',
  kind: row.kind as MemberFile['kind'],
  household: row.household ?? '',
  nirSealed: row.nir_sealed ?? null,
  nirIndex: row.nir_index ?? null,
  civility: row.civility ?? null,
  birthName: row.birth_name ?? null,
  usualName: row.usual_name ?? '',
  firstName: row.first_name ?? '',
  birthDate: row.birth_date ?? '',
  address: {
    lines: JSON.parse(row.address_lines ?? '[]') as string[],
    postcode: row.postcode ?? '',
    town: row.town ?? '',
    country: row.country ?? 'FR',
  },
  addressSince: row.address_since ?? '',
  // Nothing ever leaves to a canary, by the rules that hold for anybody and in their words.
  addressDoubtfulAt: row.address_doubtful_at ?? row.canary_since ?? null,
  spaceType: row.space_type as SpaceType | null,
  company: row.company_code
    ? { code: row.company_code, name: row.company_name ?? null, rightsEndOn: row.rights_end_on ?? null }
    : null,
  contractEndOn: row.contract_end_on ?? null,
  deceasedOn: row.deceased_on ?? null,
  representative: row.representative
    ? { name: row.representative, from: row.mandate_from ?? null, until: row.mandate_until ?? null }
    : null,
  isProtected: Number(row.protected) === 1,
  largePrint: Number(row.large_print) === 1,
  language: row.language ?? 'fr',
  contacts: (row.canary_since ? [] : contacts).map(({ kind, value, since, corrected }) => ({
    kind,
    value,
    since,
    corrected: corrected === 1,
  })),
  version: Number(row.version),
});

const byText = (a: string, b: string): number => Number(a > b) - Number(a < b);
