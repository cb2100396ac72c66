import type { Db } from '../core/ctx.ts';
import type { FoundMember, Way } from './members.schema.ts';

/** `best`: those whose last name matches first, by the name that matched; else by last name. */
export type Window = { offset: number; limit: number; order: 'best' | 'asc' | 'desc' };

export type FoundRow = Omit<FoundMember, 'headline'>;

/** A search never lists more; counting stops one further. */
export const mostFound = 200;
const enough = mostFound + 1;

/** Runs the ways in one statement; answers the rows of the window. */
export const findPeople = async (
  db: Db,
  ways: Way[],
  window: Window,
): Promise<{ rows: FoundRow[]; total: number }> => {
  if (ways.length === 0) return { rows: [], total: 0 };
  const every = ways.map(({ sql }) => `select * from (${sql}) as w`).join(' union all ');
  const people = `(select member_id, min(p) as p, min(k) as k, min(b) as b from (${every}) as u group by member_id
    order by min(p), min(k), member_id limit ${enough}) as c`;
  const isBest = window.order === 'best';
  const order = [...(isBest ? ['c.p', 'c.k'] : ['m.sort_name']), 'c.b', 'c.member_id']
    .map((column) => `${column} ${window.order === 'desc' ? 'desc' : 'asc'}`)
    .join(', ');
  const limit = Math.max(0, Math.min(window.limit, mostFound - window.offset));
  // Counted and cut before members are read: those of one page, not all that were found.
  const page = `(select c.*, count(*) over () as total
    from ${people} ${isBest ? '' : 'join members as m on m.id = c.member_id'}
    order by ${order} limit ? offset ?) as c`;
  const bindings = ways.flatMap((way) => way.bindings);
  const rows = (await db
    .from(db.raw(page, [...bindings, Math.max(limit, 1), limit === 0 ? 0 : window.offset]))
    .join('members as m', 'm.id', 'c.member_id')
    .select(...columns, 'c.total')
    .orderByRaw(order)) as FoundMemberRow[];
  if (rows.length === 0 && window.offset > 0) {
    const first = await findPeople(db, ways, { ...window, offset: 0, limit: 1 });
    return { rows: [], total: first.total };
  }
  return { rows: limit === 0 ? [] : rows.map(toFound), total: Number(rows[0]?.total ?? 0) };
};

/** Words of the dictionary that are one slip from a typed one; more than that to be sieved by the caller. */
export const listNearWords = async (
  db: Db,
  organisationIds: string[],
  words: string[],
  gaps: string[],
): Promise<string[]> => {
  const found = (await db
    .from('name_words')
    .whereIn('organisation_id', organisationIds)
    .whereIn('word', gaps)
    .select('word')
    .union([
      db
        .from('name_gaps')
        .whereIn('organisation_id', organisationIds)
        .whereIn('gap', [...words, ...gaps])
        .select('word'),
    ])
    .limit(1_000)) as { word: string }[];
  return found.map(({ word }) => word);
};

type FoundMemberRow = {
  id: string;
  organisation_id: string;
  usual_name: string;
  birth_name: string | null;
  first_name: string;
  birth_date: string;
  kind: FoundMember['kind'];
  member_number: string;
  postcode: string | null;
  town: string | null;
  total: number | string;
};
const columns = ['id', 'organisation_id', 'usual_name', 'birth_name', 'first_name', 'birth_date', 'kind']
  .concat(['member_number', 'postcode', 'town'])
  .map((column) => `m.${column}`);

const toFound = (row: FoundMemberRow): FoundRow => ({
  id: row.id,
  organisationId: row.organisation_id,
  lastName: row.usual_name,
  birthName: row.birth_name,
  firstName: row.first_name,
  birthDate: row.birth_date,
  kind: row.kind,
  memberNumber: row.member_number,
  postcode: row.postcode,
  town: row.town,
});
