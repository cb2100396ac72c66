import type { Db } from '../core/ctx.ts';
import type { ContactKind, SpaceType } from '../core/vocabulary.ts';

/** A member as an import finds them: what a file's line is compared with. */
export type KnownMember = {
  id: string;
  memberNumber: string;
  rank: string;
  kind: 'holder' | 'dependant';
  nirSealed: string | null;
  nirIndex: string | null;
  civility: string | null;
  birthName: string | null;
  usualName: string;
  firstName: string;
  birthDate: string;
  contacts: { kind: ContactKind; value: string; since: string; corrected: boolean }[];
  address: { lines: string[]; postcode: string; town: string; country: string; since: string } | null;
  spaceType: SpaceType | null;
  companyCode: string | null;
  contractEndOn: string | null;
  deceasedOn: string | null;
  representative: { name: string; from: string; until: string | null } | null;
  isProtected: boolean;
  wantsLargePrint: boolean;
  language: string;
};

export type Stamp = { id: string; memberNumber: string; rank: string; lineDigest: string };
type Row = Record<string, string | null> & { id: string };
type ContactRow = { member_id: string; kind: ContactKind; value: string; since: string; corrected: number };

/** Who is known under these member numbers, with the digest of the line that was applied last. */
export const listStamps = async (
  db: Db,
  organisationId: string,
  memberNumbers: string[],
): Promise<Stamp[]> => {
  const rows = (await db('members')
    .where({ organisation_id: organisationId })
    .whereIn('member_number', memberNumbers)
    .select('id', 'member_number', 'rank', 'line_digest')) as Row[];
  return rows.map((row) => ({
    id: row.id,
    memberNumber: row.member_number ?? '',
    rank: row.rank ?? '',
    lineDigest: row.line_digest ?? '',
  }));
};

/** The member numbers of these members. */
export const listNumbers = async (db: Db, ids: string[]): Promise<Map<string, string>> => {
  const rows = (await db('members')
    .whereIn('id', [...new Set(ids)])
    .select('id', 'member_number')) as Row[];
  return new Map(rows.map((row) => [row.id, row.member_number ?? '']));
};

export const listKnown = async (db: Db, ids: string[]): Promise<KnownMember[]> => {
  if (ids.length === 0) return [];
  const rows = (await db('members').whereIn('id', ids)) as Row[];
  const contacts = await db<ContactRow>('contacts').whereIn('member_id', ids);
  const byMember = new Map<string, KnownMember['contacts']>();
  for (const { member_id, kind, value, since, corrected } of contacts) {
    const contact = { kind, value, since, corrected: Number(corrected) === 1 };
    byMember.set(member_id, [...(byMember.get(member_id) ?? []), contact]);
  }
  return rows.map((row) => toKnown(row, byMember.get(row.id) ?? []));
};

/** Holders who bear these numbers. */
export const listHoldersByNir = async (
  db: Db,
  organisationId: string,
  nirIndexes: string[],
): Promise<{ id: string; nirIndex: string; birthDate: string }[]> => {
  if (nirIndexes.length === 0) return [];
  const rows = (await db('members')
    .where({ organisation_id: organisationId, kind: 'holder' })
    .whereIn('nir_index', nirIndexes)
    .select('id', 'nir_index', 'birth_date')) as Row[];
  return rows.map((row) => ({ id: row.id, nirIndex: row.nir_index ?? '', birthDate: row.birth_date ?? '' }));
};

export type Step = { memberNumber: string; rank: string };
export type Walked = Step & { id: string; contractEndOn: string | null };

/** The next members of an organisation in the order of their numbers, whoever they are. */
export const walkMembers = async (
  db: Db,
  organisationId: string,
  after: Step | null,
  limit: number,
): Promise<Walked[]> => {
  let found = db('members').where({ organisation_id: organisationId });
  if (after) found = found.whereRaw('(member_number, rank) > (?, ?)', [after.memberNumber, after.rank]);
  const rows = (await found
    .orderBy(['member_number', 'rank'])
    .limit(limit)
    .select('id', 'member_number', 'rank', 'contract_end_on')) as Row[];
  return rows.map((row) => ({
    id: row.id,
    memberNumber: row.member_number ?? '',
    rank: row.rank ?? '',
    contractEndOn: row.contract_end_on ?? null,
  }));
};

/** Ends contracts. The line's digest goes, so that the same line brings the member back. */
export const endContracts = async (db: Db, ids: string[], day: string): Promise<void> => {
  if (ids.length === 0) return;
  await db('members').whereIn('id', ids).update({ contract_end_on: day, line_digest: '' });
};

/** Notes that these lines were seen, for members whom they do not change. */
export const setLineDigests = async (db: Db, rows: { id: string; lineDigest: string }[]): Promise<void> => {
  for (let from = 0; from < rows.length; from += 200) {
    const some = rows.slice(from, from + 200);
    const pairs = some.map(() => '(?, ?)').join(', ');
    const sql = `update members set line_digest = v.column2 from (values ${pairs}) as v where members.id = v.column1`;
    await db.raw(
      sql,
      some.flatMap(({ id, lineDigest }) => [id, lineDigest]),
    );
  }
};

export type KnownCompany = { code: string; name: string; rightsEndOn: string | null };

export const listCompanies = async (
  db: Db,
  organisationId: string,
  codes: string[],
): Promise<KnownCompany[]> => {
  const rows = (await db('client_companies')
    .where({ organisation_id: organisationId })
    .whereIn('code', codes)) as Row[];
  return rows.map((row) => ({
    code: row.code ?? '',
    name: row.name ?? '',
    rightsEndOn: row.rights_end_on ?? null,
  }));
};

/** How many members came through these companies, counted to `atMost`. */
export const countMembersOf = async (
  db: Db,
  organisationId: string,
  codes: string[],
  atMost: number,
): Promise<number> => {
  const rows = (await db('members')
    .where({ organisation_id: organisationId })
    .whereIn('company_code', codes)
    .limit(atMost)
    .select('id')) as Row[];
  return rows.length;
};

const toKnown = (row: Row, contacts: KnownMember['contacts']): KnownMember => ({
  id: row.id,
  memberNumber: row.member_number ?? '',
  rank: row.rank ?? '',
  kind: row.kind as KnownMember['kind'],
  nirSealed: row.nir_sealed ?? null,
  nirIndex: row.nir_index ?? null,
  civility: row.civility ?? null,
  birthName: row.birth_name ?? null,
  usualName: row.usual_name ?? '',
  firstName: row.first_name ?? '',
  birthDate: row.birth_date ?? '',
  contacts,
  address: addressOf(row),
  spaceType: row.space_type as SpaceType | null,
  companyCode: row.company_code ?? null,
  contractEndOn: row.contract_end_on ?? null,
  deceasedOn: row.deceased_on ?? null,
  representative: row.representative
    ? { name: row.representative, from: row.mandate_from ?? '', until: row.mandate_until ?? null }
    : null,
  isProtected: Number(row.protected) === 1,
  wantsLargePrint: Number(row.large_print) === 1,
  language: row.language ?? 'fr',
});

const addressOf = (row: Row): KnownMember['address'] => {
  const lines = JSON.parse(row.address_lines ?? '[]') as string[];
  if (lines.length === 0 && !row.postcode && !row.town) return null;
  const { postcode, town, country, address_since: since } = row;
  return { lines, postcode: postcode ?? '', town: town ?? '', country: country ?? 'FR', since: since ?? '' };
};
