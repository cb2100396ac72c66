import type { Knex } from 'knex';
import type { Db, Scope } from '../core/ctx.ts';
import { readPage, type ListQuery } from '../core/page.ts';
import type { LetterProblem, LetterState } from './letters.schema.ts';
import type { ReturnReason } from './returns.schema.ts';

export type LetterRow = {
  id: string;
  reference: string;
  organisation_id: string;
  member_id: string;
  account_id: string;
  call_id: string | null;
  asked_by: string;
  reason: string;
  asked_at: string;
  address_lines: string;
  postcode: string;
  town: string;
  zone: string;
  language: 'fr' | 'en';
  large_print: number;
  product: string;
  planned_posting_on: string;
  latest_posting_at: string;
  earliest_arrival_on: string;
  latest_arrival_on: string;
  announced_on: string;
  promised_on: string | null;
  /** 0 or 1; null where nothing was promised, and of letters from before it was kept. */
  keeps_promise: number | null;
  limit_on: string;
  valid_until: string;
  state: LetterState;
  state_at: string;
  problem: LetterProblem | null;
  lot_id: string | null;
  sheet: number | null;
  replaces_id: string | null;
  civility: string | null;
  /** The attempt whose sheet carries it; null until printed. */
  printed_attempt: number | null;
  return_reason: ReturnReason | null;
  /** Deposited, and its member not yet told: since when. */
  telling_owed_at: string | null;
  version: number;
};

/** A letter is on its way until it has been used, ended or is known not to arrive. */
export const onItsWay: LetterState[] = ['requested', 'in-lot', 'printing', 'printed', 'deposited'];
/** Not yet posted. */
export const unposted: LetterState[] = ['requested', 'in-lot', 'printing', 'printed'];
/** Not yet released: it can still be called back. */
export const unreleased: LetterState[] = ['requested', 'in-lot'];

const table = (db: Db) => db<LetterRow>('letters');

/** For another room's query: the ids of the members whose letters these are. */
export const membersOfLetters = (db: Db, ids: string[]): Knex.QueryBuilder =>
  table(db).whereIn('id', ids).select('member_id');

export const insertLetter = async (db: Db, row: LetterRow): Promise<void> => {
  await table(db).insert(row);
};

export const findLetter = (db: Db, scope: Scope, id: string): Promise<LetterRow | undefined> =>
  table(db)
    .where({ id })
    .whereIn('organisation_id', [...scope.organisationIds])
    .first();

export const listOfMember = (db: Db, memberId: string, limit: number): Promise<LetterRow[]> =>
  table(db).where({ member_id: memberId }).orderBy('asked_at', 'desc').limit(limit);

/** A letter with the moment at which its lot was really handed to the post. */
export type DepositedRow = LetterRow & { deposited_at: string | null };

/** What limits look at: letters of an account asked for since a moment, newest first. */
export const listOfAccountSince = async (db: Db, accountId: string, since: string): Promise<DepositedRow[]> =>
  (await db('letters as l')
    .leftJoin('lots as o', 'o.id', 'l.lot_id')
    .where('l.account_id', accountId)
    .where('l.asked_at', '>=', since)
    .orderBy([
      { column: 'l.asked_at', order: 'desc' },
      { column: 'l.id', order: 'desc' },
    ])
    .select('l.*', 'o.deposited_at')) as DepositedRow[];

/** How many each agent asked for since this moment; the member's own do not count. */
export const countByAsker = async (
  db: Db,
  organisationId: string,
  since: string,
): Promise<Map<string, number>> => {
  const rows = (await table(db)
    .where({ organisation_id: organisationId })
    .where('asked_at', '>=', since)
    .whereNotNull('call_id')
    .groupBy('asked_by')
    .select('asked_by')
    .count({ n: '*' })) as unknown as { asked_by: string; n: number | string }[];
  return new Map(rows.map((row) => [row.asked_by, Number(row.n)]));
};

export const listUnderWay = (db: Db, accountIds: string[]): Promise<LetterRow[]> =>
  table(db).whereIn('account_id', accountIds).whereIn('state', onItsWay).orderBy('asked_at', 'desc');

/** Moves letters from any of `from`; says which it hit. */
export const moveLetters = async (
  db: Db,
  which: { ids?: string[]; accountId?: string; lotId?: string; version?: number },
  from: LetterState[],
  change: Partial<LetterRow>,
): Promise<string[]> => {
  let found = table(db).whereIn('state', from);
  if (which.ids) found = found.whereIn('id', which.ids);
  if (which.accountId) found = found.where({ account_id: which.accountId });
  if (which.lotId) found = found.where({ lot_id: which.lotId });
  if (which.version !== undefined) found = found.where({ version: which.version });
  const rows = await found
    .update({ ...change, version: db.raw('version + 1') as unknown as number })
    .returning('id');
  return rows.map(({ id }) => id);
};

const columns = {
  latestPostingAt: 'latest_posting_at',
  askedAt: 'asked_at',
  state: 'state',
  postcode: 'postcode',
  announcedOn: 'announced_on',
  reference: 'reference',
  sheet: 'sheet',
} as const;
export type LetterField = keyof typeof columns;
export const letterFields = Object.keys(columns) as [LetterField, ...LetterField[]];

export type LetterFilterValues = {
  id?: string[];
  state?: LetterState;
  organisationId?: string;
  lotId?: string;
  reference?: string;
  /** Not yet posted, and still to be. */
  open?: boolean;
  /** Ran out without having been used. */
  unused?: boolean;
  returned?: boolean;
};

export const listLetters = async (
  db: Db,
  scope: Scope,
  query: ListQuery<LetterFilterValues, LetterField>,
): Promise<{ rows: LetterRow[]; total: number }> => {
  const { filter } = query;
  let found = table(db).whereIn('organisation_id', [...scope.organisationIds]);
  if (filter.id) found = found.whereIn('id', filter.id);
  if (filter.state) found = found.where({ state: filter.state });
  if (filter.organisationId) found = found.where({ organisation_id: filter.organisationId });
  if (filter.lotId) found = found.where({ lot_id: filter.lotId });
  if (filter.reference) found = found.where({ reference: filter.reference });
  if (filter.open === true) found = found.whereIn('state', unposted);
  if (filter.open === false) found = found.whereNotIn('state', unposted);
  for (const [wanted, state] of [
    [filter.unused, 'expired'],
    [filter.returned, 'returned'],
  ] as const) {
    if (wanted === true) found = found.where({ state });
    if (wanted === false) found = found.whereNot({ state });
  }
  return readPage<LetterRow>(found, query, [
    { column: columns[query.sort.field], order: query.sort.order },
    { column: 'id' },
  ]);
};

export const numbersOfLots = async (db: Db, lotIds: string[]): Promise<Map<string, number>> => {
  if (lotIds.length === 0) return new Map();
  const rows = await db<{ id: string; number: number }>('lots').whereIn('id', lotIds).select('id', 'number');
  return new Map(rows.map(({ id, number }) => [id, number]));
};

export type LetterHistory = {
  id: string;
  reference: string;
  askedAt: string;
  printedAt: string | null;
  depositedAt: string | null;
  returned: { at: string; reason: ReturnReason } | null;
};

/** Moments of a member's letters that the print room knows; refused and cancelled ones have none. */
export const listHistory = async (db: Db, memberId: string): Promise<LetterHistory[]> => {
  const rows = (await db('letters as l')
    .join('lots as o', 'o.id', 'l.lot_id')
    .where('l.member_id', memberId)
    .whereIn('l.state', ['printed', 'deposited', 'used', 'superseded', 'expired', 'returned', 'spoiled'])
    .select('l.*', 'o.printed_at', 'o.deposited_at')) as (DepositedRow & { printed_at: string | null })[];
  return rows.map((row) => ({
    id: row.id,
    reference: row.reference,
    askedAt: row.asked_at,
    printedAt: row.printed_at,
    depositedAt: row.state === 'spoiled' || row.state === 'printed' ? null : row.deposited_at,
    returned: row.return_reason && { at: row.state_at, reason: row.return_reason },
  }));
};
