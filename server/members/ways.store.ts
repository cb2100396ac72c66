import { afterPrefix } from '../db/dialect.ts';
import type { NameMatch, NameReading, SearchFilters, Way } from './members.schema.ts';

/** What one way answers at most: one more than a search lists. */
const enough = 201;
/** Entries of an index read at most when a beginning is narrowed by what stands beside it. */
const mostRead = 30_000;
/** People checked one by one at most. */
const mostChecked = 3_000;

/** By an exact value of the member's own row. */
export const byValue = (
  organisationIds: string[],
  column: 'nir_index' | 'member_number',
  values: string[],
): Way => ({
  sql: `select id as member_id, 0 as p, sort_name as k, birth_date as b from members
    where organisation_id in (${marks(organisationIds)}) and ${column} in (${marks(values)}) limit ${enough}`,
  bindings: [...organisationIds, ...values],
});

/** Everybody under a member number: the holder before their dependants, then the eldest first. */
export const byMemberNumber = (organisationIds: string[], values: string[]): Way => ({
  sql: `select id as member_id, case when kind = 'holder' then 0 else 1 end as p, birth_date as k, birth_date as b
    from members where organisation_id in (${marks(organisationIds)}) and member_number in (${marks(values)}) limit ${enough}`,
  bindings: [...organisationIds, ...values],
});

export const byContact = (organisationIds: string[], values: string[]): Way => ({
  sql: `select c.member_id, 0 as p, '' as k, m.birth_date as b from contacts c join members m on m.id = c.member_id
    where c.organisation_id in (${marks(organisationIds)}) and c.value in (${marks(values)}) limit ${enough}`,
  bindings: [...organisationIds, ...values],
});

/** By names as read; `others` are words that some name of the same person matches too. */
export const byNames = (
  organisationIds: string[],
  reading: NameReading,
  beside: { filters?: SearchFilters; town?: string; others?: NameMatch[] } = {},
): Way[] => {
  const isLast = readsLast(reading);
  const [main, rest] = isLast ? [reading.last, reading.first] : [reading.first, reading.last];
  if (!main) return [];
  // One index range each: an "or" of the two would read the whole index.
  if (main.is.length > 0 && main.begins !== null) {
    return [
      { ...main, begins: null },
      { ...main, is: [] },
    ].flatMap((part) =>
      byNames(organisationIds, isLast ? { ...reading, last: part } : { ...reading, first: part }, beside),
    );
  }

  const [column, restColumn] = isLast ? ['last_name', 'first_name'] : ['first_name', 'last_name'];
  const others = (beside.others ?? []).map((match) => exists('d.member_id', named('n', match)));
  const checks = [
    ...(rest ? [matching(`d.${restColumn}`, rest)] : []),
    ...filtered('d', beside.filters, beside.town),
    ...others,
  ];
  const isCut = !rest && others.length === 0 && !beside.town && main.begins !== null;
  const source = {
    select: 'member_id, last_name, first_name, birth_date, postcode, town',
    table: 'member_names',
    match: matching(column, main),
    order: isCut ? `${column}, ${restColumn}, birth_date, member_id` : null,
  };
  const columns = `member_id, ${isLast ? 0 : 1} as p, last_name || '  ' || first_name as k, birth_date as b`;
  // An exact side and a beginning stand next to each other in the index: nothing is read in vain.
  if (main.begins === null) return [seek(organisationIds, columns, matching(`d.${column}`, main), checks)];
  return bounded(organisationIds, columns, source, checks, others.length > 0 ? mostChecked : mostRead);
};

/** By a day of birth or a place, everyone of whom each word is a name (or, beside a day, begins the town). */
export const byDayOrPlace = (
  organisationIds: string[],
  by: { column: 'birth_date' | 'postcode' | 'town_folded'; value: string; isWhole: boolean },
  words: NameMatch[],
  filters?: SearchFilters,
): Way[] => {
  const isDay = by.column === 'birth_date';
  const checks = [...filtered('d', filters), ...words.map((word) => isCalledOrLives(word, isDay))];
  const source = {
    select: 'id as member_id, sort_name, birth_date, postcode, town_folded as town',
    table: 'members',
    match: matching(by.column, by.isWhole ? { is: [by.value], begins: null } : { is: [], begins: by.value }),
    order: words.length > 0 || isDay ? null : by.isWhole ? 'sort_name, id' : `${by.column}, sort_name, id`,
  };
  return bounded(
    organisationIds,
    'member_id, 0 as p, sort_name as k, birth_date as b',
    source,
    checks,
    mostChecked,
  );
};

type Condition = { text: string; bindings: string[] };

type Source = { select: string; table: string; match: Condition; order: string | null };

const seek = (organisationIds: string[], columns: string, match: Condition, checks: Condition[]): Way => ({
  sql: `select ${columns} from member_names d
    where d.organisation_id in (${marks(organisationIds)}) and ${textOf([match, ...checks])} limit ${enough}`,
  bindings: [...organisationIds, ...match.bindings, ...bindingsOf(checks)],
});

/**
 * Reads a range of an index up to a bound, then checks. With an order, organisation by organisation: what is cut
 * then is the end of the list, not the last organisation.
 */
const bounded = (
  organisationIds: string[],
  columns: string,
  { select, table, match, order }: Source,
  checks: Condition[],
  most: number,
): Way[] => {
  const groups = order ? organisationIds.map((id) => [id]) : [organisationIds];
  return groups.map((ids) => ({
    sql: `select ${columns} from (
        select ${select} from ${table} where organisation_id in (${marks(ids)}) and ${match.text}
        ${order ? `order by ${order}` : ''} limit ${checks.length > 0 ? most : enough}
      ) as d ${checks.length > 0 ? `where ${textOf(checks)}` : ''} limit ${enough}`,
    bindings: [...ids, ...match.bindings, ...bindingsOf(checks)],
  }));
};

const marks = (values: readonly string[]): string => values.map(() => '?').join(', ');
const textOf = (all: Condition[]): string => all.map(({ text }) => text).join(' and ');
const bindingsOf = (all: Condition[]): string[] => all.flatMap(({ bindings }) => bindings);

/** Whose index is read: an exact side before a beginning, a long beginning before a short one. */
const readsLast = ({ last, first }: NameReading): boolean => {
  if (!last || !first) return last !== null;
  if (last.begins === null || first.begins === null) return last.begins === null;
  return last.begins.length >= first.begins.length;
};

const matching = (column: string, { is, begins }: NameMatch): Condition => {
  const parts: Condition[] = [];
  if (is.length === 1) parts.push({ text: `${column} = ?`, bindings: [...is] });
  if (is.length > 1) parts.push({ text: `${column} in (${marks(is)})`, bindings: [...is] });
  if (begins !== null) {
    parts.push({ text: `${column} >= ? and ${column} < ?`, bindings: [begins, afterPrefix(begins)] });
  }
  if (parts.length === 1) return parts[0] as Condition;
  return { text: `(${parts.map(({ text }) => `(${text})`).join(' or ')})`, bindings: bindingsOf(parts) };
};

const named = (table: string, match: NameMatch): Condition => {
  const last = matching(`${table}.last_name`, match);
  const first = matching(`${table}.first_name`, match);
  return { text: `((${last.text}) or (${first.text}))`, bindings: [...last.bindings, ...first.bindings] };
};

const exists = (id: string, { text, bindings }: Condition): Condition => ({
  text: `exists (select 1 from member_names n where n.member_id = ${id} and ${text})`,
  bindings,
});

const isCalledOrLives = (word: NameMatch, townToo: boolean): Condition => {
  const called = exists('d.member_id', named('n', word));
  if (!townToo) return called;
  const lives = matching('d.town', word);
  return { text: `(${called.text} or (${lives.text}))`, bindings: [...called.bindings, ...lives.bindings] };
};

const filtered = (table: string, filters?: SearchFilters, town?: string): Condition[] => {
  const { birthDate = null, year = null, postcode = null, digits = null } = filters ?? {};
  const column = (name: string, begins: string) => matching(`${table}.${name}`, { is: [], begins });
  const all: Condition[] = [];
  if (birthDate) all.push({ text: `${table}.birth_date = ?`, bindings: [birthDate] });
  if (year) all.push(column('birth_date', year));
  if (postcode) all.push(column('postcode', postcode));
  if (town) all.push(column('town', town));
  if (digits) {
    const either = [column('birth_date', digits), column('postcode', digits)];
    all.push({
      text: `(${either.map(({ text }) => `(${text})`).join(' or ')})`,
      bindings: bindingsOf(either),
    });
  }
  return all;
};
