import type { Db, Scope } from '../core/ctx.ts';
import { readPage, type ListQuery } from '../core/page.ts';
import { testLetterReason } from './test-letter.ts';
import type { LetterState } from './letters.schema.ts';
import type { LetterRow } from './letters.store.ts';

type WeekRow = { organisation_id: string; week: string; letter_id: string; acknowledged_at: string | null };
type AddresseeRow = { organisation_id: string; member_id: string; account_id: string };

const table = (db: Db) => db<WeekRow>('test_letters');

/** Opens a week; false when it has its test letter already. Its letter follows in the same transaction. */
export const claimWeek = async (db: Db, organisationId: string, week: string): Promise<boolean> => {
  const inserted = await table(db)
    .insert({ organisation_id: organisationId, week, letter_id: '', acknowledged_at: null })
    .onConflict(['organisation_id', 'week'])
    .ignore()
    .returning('week');
  return inserted.length === 1;
};

export const setLetter = async (
  db: Db,
  organisationId: string,
  week: string,
  letterId: string,
): Promise<void> => {
  await table(db).where({ organisation_id: organisationId, week }).update({ letter_id: letterId });
};

/** A test letter that this lot holds already: the replacement of a former week's. */
export const findInLot = async (db: Db, lotId: string): Promise<string | undefined> =>
  (await db<LetterRow>('letters').where({ lot_id: lotId, reason: testLetterReason }).first('id'))?.id;

/** Puts a letter into a lot that has not been numbered yet. */
export const putIntoLot = async (db: Db, id: string, lotId: string): Promise<void> => {
  await db<LetterRow>('letters').where({ id }).update({ lot_id: lotId, state: 'in-lot' });
};

/** The replacement of a spoiled one takes its place, for each week that it stands for. */
export const moveWeeks = async (db: Db, from: string, to: string): Promise<void> => {
  await table(db).where({ letter_id: from }).whereNull('acknowledged_at').update({ letter_id: to });
};

/** Says for which weeks it did; none when somebody acknowledged it before. */
export const markAcknowledged = async (db: Db, letterId: string, at: string): Promise<string[]> => {
  const rows = await table(db)
    .where({ letter_id: letterId })
    .whereNull('acknowledged_at')
    .update({ acknowledged_at: at })
    .returning('week');
  return rows.map(({ week }) => week);
};

export const findAddressee = async (
  db: Db,
  organisationId: string,
): Promise<{ memberId: string; accountId: string } | undefined> => {
  const row = await db<AddresseeRow>('test_addressees').where({ organisation_id: organisationId }).first();
  return row && { memberId: row.member_id, accountId: row.account_id };
};

export const insertAddressee = async (db: Db, row: AddresseeRow): Promise<void> => {
  await db<AddresseeRow>('test_addressees').insert(row);
};

export type TestLetterRow = WeekRow &
  Pick<LetterRow, 'reference' | 'product' | 'zone' | 'latest_arrival_on'> & {
    state: LetterState;
    deposited_at: string | null;
  };

const withLetters = (db: Db) =>
  db('test_letters as t')
    .join('letters as l', 'l.id', 't.letter_id')
    .leftJoin('lots as o', 'o.id', 'l.lot_id');

const shown = [
  't.*',
  'l.reference',
  'l.product',
  'l.zone',
  'l.latest_arrival_on',
  'l.state',
  'o.deposited_at',
] as const;

/** An organisation's test letters from this week on, the first one first. */
export const listSince = (db: Db, organisationId: string, week: string): Promise<TestLetterRow[]> =>
  withLetters(db)
    .where('t.organisation_id', organisationId)
    .where('t.week', '>=', week)
    .orderBy('t.week')
    .select(...shown);

// No organisation's id holds a dot.
const partsOf = (id: string): [string, string] => {
  const [organisationId = '', week = ''] = id.split('.');
  return [organisationId, week];
};

const columns = { week: 't.week', organisationId: 't.organisation_id' } as const;
export type TestLetterField = keyof typeof columns;
export const testLetterFields = Object.keys(columns) as [TestLetterField, ...TestLetterField[]];

export type TestLetterFilterValues = { id?: string[]; organisationId?: string };

export const listTestLetters = async (
  db: Db,
  scope: Scope,
  { filter, sort, ...page }: ListQuery<TestLetterFilterValues, TestLetterField>,
): Promise<{ rows: TestLetterRow[]; total: number }> => {
  let found = withLetters(db).whereIn('t.organisation_id', [...scope.organisationIds]);
  if (filter.organisationId) found = found.where('t.organisation_id', filter.organisationId);
  if (filter.id) found = found.whereIn(['t.organisation_id', 't.week'], filter.id.map(partsOf));
  const order = [
    { column: columns[sort.field], order: sort.order },
    { column: 't.week', order: 'desc' as const },
    { column: 't.organisation_id' },
  ];
  return readPage<TestLetterRow>(found, page, order, shown);
};
