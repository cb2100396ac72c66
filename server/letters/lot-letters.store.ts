import type { Db, Scope } from '../core/ctx.ts';
import { abroadZones } from './destinations.ts';
import type { LetterProblem } from './letters.schema.ts';
import type { LetterRow } from './letters.store.ts';
import type { LotRow } from './lots.store.ts';

/** A letter with what only its lot needs to know. */
export type LotLetterRow = LetterRow & { civility: string | null; printed_attempt: number | null };

const table = (db: Db) => db<LotLetterRow>('letters');
const nextVersion = (db: Db) => db.raw('version + 1') as unknown as number;

/** Takes waiting letters into a lot, the most urgent first; one statement, so that no letter is in two lots. */
export const claimWaiting = async (
  db: Db,
  lot: { id: string; organisationId: string; product: string; most: number; at: string },
): Promise<Pick<LotRow, 'letters' | 'latest_posting_at' | 'planned_posting_on'>> => {
  const waiting = { organisation_id: lot.organisationId, product: lot.product, state: 'requested' } as const;
  const rows = await table(db)
    .whereIn('id', table(db).where(waiting).orderBy(['latest_posting_at', 'id']).limit(lot.most).select('id'))
    .where({ state: 'requested' })
    .update({ state: 'in-lot', state_at: lot.at, lot_id: lot.id, version: nextVersion(db) })
    .returning(['latest_posting_at', 'planned_posting_on']);
  const least = (texts: string[]) =>
    texts.reduce((first, text) => (first < text ? first : text), texts[0] ?? '');
  return {
    letters: rows.length,
    latest_posting_at: least(rows.map((row) => row.latest_posting_at)),
    planned_posting_on: least(rows.map((row) => row.planned_posting_on)),
  };
};

/** Numbers the sheets of a lot from 1, by postcode, those abroad after all others: as the trays are filled. */
export const numberSheets = async (db: Db, lotId: string): Promise<void> => {
  await db.raw(
    `update letters set sheet = numbered.place
     from (select id, row_number() over (
             order by case when zone in (?, ?, ?) then 1 else 0 end, replace(postcode, ' ', ''), town, id
           ) as place
           from letters where lot_id = ?) as numbered
     where letters.id = numbered.id`,
    [...abroadZones, lotId],
  );
};

/** For each lot not yet released: its letters, and how many of them this agent asked for. */
export const countInLots = async (
  db: Db,
  lotIds: string[],
  agentId: string,
): Promise<Map<string, { letters: number; asked: number }>> => {
  if (lotIds.length === 0) return new Map();
  const rows = (await table(db)
    .whereIn('lot_id', lotIds)
    .where({ state: 'in-lot' })
    .groupBy('lot_id')
    .select(
      'lot_id',
      db.raw('count(*) as letters'),
      db.raw('sum(case when asked_by = ? then 1 else 0 end) as asked', [agentId]),
    )) as unknown as { lot_id: string; letters: number | string; asked: number | string }[];
  return new Map(rows.map((row) => [row.lot_id, { letters: Number(row.letters), asked: Number(row.asked) }]));
};

/** The next sheets of a released lot still to be drawn, in order. */
export const listToDraw = (
  db: Db,
  lotId: string,
  afterSheet: number,
  limit: number,
): Promise<LotLetterRow[]> =>
  table(db)
    .where({ lot_id: lotId, state: 'printing' })
    .where('sheet', '>', afterSheet)
    .orderBy('sheet')
    .limit(limit);

/** Marks these sheets as put on paper by an attempt; says which of their letters had ended meanwhile. */
export const markDrawn = async (
  db: Db,
  lotId: string,
  ids: string[],
  drawn: { attempt: number; at: string },
): Promise<{ ended: string[] }> => {
  if (ids.length === 0) return { ended: [] };
  await table(db).where({ lot_id: lotId }).whereIn('id', ids).update({ printed_attempt: drawn.attempt });
  const rows = await table(db)
    .where({ lot_id: lotId, state: 'printing' })
    .whereIn('id', ids)
    .update({ state: 'printed', state_at: drawn.at, version: nextVersion(db) })
    .returning('id');
  const printed = new Set(rows.map(({ id }) => id));
  return { ended: ids.filter((id) => !printed.has(id)) };
};

/** Stops a letter that cannot be drawn; false when it had ended meanwhile. */
export const markRefused = async (
  db: Db,
  id: string,
  problem: LetterProblem,
  at: string,
): Promise<boolean> => {
  const hit = await table(db)
    .where({ id, state: 'printing' })
    .update({ state: 'refused', state_at: at, problem, version: nextVersion(db) });
  return hit > 0;
};

/** Ends the printed letters of a lot whose limit has passed; says which. */
export const expirePrinted = async (db: Db, lotId: string, at: string): Promise<string[]> => {
  const rows = await table(db)
    .where({ lot_id: lotId, state: 'printed' })
    .where('valid_until', '<', at)
    .update({ state: 'expired', state_at: at, version: nextVersion(db) })
    .returning('id');
  return rows.map(({ id }) => id);
};

/** What stands on paper, in order of the sheets: also letters that have ended meanwhile. */
export const listDrawn = (db: Db, lotId: string): Promise<LotLetterRow[]> =>
  table(db).where({ lot_id: lotId }).whereExists(standingBundle(db)).orderBy('sheet');

/** The letters of these sheets as one attempt put them on paper, in order. */
export const listInBundle = (
  db: Db,
  bundle: { lot_id: string; attempt: number; from_sheet: number; to_sheet: number },
): Promise<LotLetterRow[]> =>
  table(db)
    .where({ lot_id: bundle.lot_id, printed_attempt: bundle.attempt })
    .whereBetween('sheet', [bundle.from_sheet, bundle.to_sheet])
    .orderBy('sheet');

/** Good sheets that nothing has ended, each with the attempt whose paper it is: what a deposit brings to life. */
export const listToActivate = async (
  db: Db,
  lotId: string,
): Promise<{ letterId: string; attempt: number }[]> => {
  const rows = await table(db)
    .where({ lot_id: lotId, state: 'printed' })
    .whereExists(standingBundle(db))
    .select('id', 'printed_attempt');
  return rows.map(({ id, printed_attempt }) => ({ letterId: id, attempt: printed_attempt ?? 0 }));
};

/** Of a lot just deposited, the letters on paper that did not come alive: they had ended, or are spoiled. */
export const listNotAlive = async (db: Db, lotId: string): Promise<string[]> => {
  const rows = await table(db)
    .where({ lot_id: lotId })
    .whereNot({ state: 'deposited' })
    .whereExists(standingBundle(db))
    .select('id');
  return rows.map(({ id }) => id);
};

// The bundle whose paper a letter's sheet is, unless it was given up.
const standingBundle = (db: Db) =>
  db('lot_bundles as b')
    .select('b.number')
    .whereRaw('b.lot_id = letters.lot_id and b.attempt = letters.printed_attempt')
    .whereRaw('letters.sheet between b.from_sheet and b.to_sheet')
    .whereNull('b.voided_at');

/** Whether a lot has sheets that were never drawn, or whose paper was given up. */
export const hasToDraw = async (db: Db, lotId: string): Promise<boolean> =>
  (await table(db).where({ lot_id: lotId, state: 'printing' }).first('id')) !== undefined;

export const insertLetters = async (db: Db, rows: LotLetterRow[]): Promise<void> => {
  for (let from = 0; from < rows.length; from += 100) await table(db).insert(rows.slice(from, from + 100));
};

/** Posted letters of these accounts in other lots, whose passwords the deposit of this one has ended. */
export const supersedeEarlier = async (db: Db, lotId: string, at: string): Promise<void> => {
  await table(db)
    .whereIn('account_id', table(db).where({ lot_id: lotId, state: 'deposited' }).select('account_id'))
    .where({ state: 'deposited' })
    .where((other) => other.whereNot({ lot_id: lotId }).orWhereNull('lot_id'))
    .update({ state: 'superseded', state_at: at, version: nextVersion(db) });
};

/** Which of these members have a letter in which of these lots. */
export const listMembersIn = async (
  db: Db,
  lotIds: string[],
  memberIds: string[],
): Promise<{ lotId: string; memberId: string }[]> => {
  const rows = await table(db)
    .whereIn('lot_id', lotIds)
    .whereIn('member_id', memberIds)
    .distinct('lot_id', 'member_id');
  return rows.map((row) => ({ lotId: row.lot_id ?? '', memberId: row.member_id }));
};

export type WaitingRow = {
  organisation_id: string;
  product: string;
  letters: number;
  latest_posting_at: string;
  late: number;
  at_risk: number;
};

/** Waiting letters by organisation and product; at risk are those planned for `today` and due before `riskUntil`. */
export const listWaiting = async (
  db: Db,
  scope: Scope,
  { now, riskUntil, today }: { now: string; riskUntil: string; today: string },
): Promise<WaitingRow[]> => {
  const isAtRisk = 'latest_posting_at >= ? and latest_posting_at < ? and planned_posting_on = ?';
  const rows = (await table(db)
    .whereIn('organisation_id', [...scope.organisationIds])
    .where({ state: 'requested' })
    .groupBy('organisation_id', 'product')
    .select(
      'organisation_id',
      'product',
      db.raw('count(*) as letters'),
      db.raw('min(latest_posting_at) as latest_posting_at'),
      db.raw('sum(case when latest_posting_at < ? then 1 else 0 end) as late', [now]),
      db.raw('sum(case when ' + isAtRisk + ' then 1 else 0 end) as at_risk', [now, riskUntil, today]),
    )) as unknown as WaitingRow[];
  return rows.map((row) => ({
    ...row,
    letters: Number(row.letters),
    late: Number(row.late),
    at_risk: Number(row.at_risk),
  }));
};
