import type { ChainHead, Db, StampedEvent } from '../core/ctx.ts';
import type { Mac } from '../core/hmac.ts';
import type { AuditRow } from './audit.schema.ts';
import {
  columnsOf,
  emptyColumns,
  link,
  payloadDigest,
  payloadOf,
  type ChainColumns,
  type ChainRow,
} from './chain.ts';

/** A row of the table, as both engines give it. */
export type EventRow = Row;
type Row = {
  seq: number | string;
  id: string;
  at: string;
  type: string;
  result: AuditRow['result'];
  organisation_id: string | null;
  actor_kind: string;
  actor_id: string | null;
  member_id: string | null;
  call_id: string | null;
  payload: string | null;
  payload_digest: string;
  hash: string;
};

type HeadRow = { id: number; seq: number | string; hash: string };

type Head = { seq: number; hash: string };

/**
 * The last statements of an act: takes the next places (others wait), moves the head, writes the rows. `expected` is
 * where this process left the head: while it still stands there, looking and moving are one statement.
 */
export const appendToChain = async (
  db: Db,
  mac: Mac,
  events: StampedEvent[],
  expected: Head | null = null,
): Promise<ChainHead> => {
  const guessed = expected && (await chainedFrom(db, mac, events, expected));
  const { rows, head } = guessed ?? (await chainedAfterHead(db, mac, events));
  for (let from = 0; from < rows.length; from += 200) {
    await db<Row>('audit_events').insert(rows.slice(from, from + 200));
  }
  return { ...head, at: events.at(-1)?.at ?? '' };
};

const chainedFrom = async (db: Db, mac: Mac, events: StampedEvent[], expected: Head) => {
  const chained = chainedAfter(expected, mac, events);
  return (await moveHeadFrom(db, expected, chained.head)) ? chained : null;
};

const chainedAfterHead = async (db: Db, mac: Mac, events: StampedEvent[]) => {
  const chained = chainedAfter(await takeHead(db), mac, events);
  await moveHead(db, chained.head);
  return chained;
};

const chainedAfter = (before: Head, mac: Mac, events: StampedEvent[]): { rows: Row[]; head: Head } => {
  let { seq, hash } = before;
  const rows = events.map((event): Row => {
    const payload = payloadOf(event);
    const digest = payloadDigest(mac, payload);
    seq += 1;
    hash = link(mac, seq, hash, digest);
    const columns = columnsOf(event);
    return { seq, id: columns.id, ...rowColumns(columns), payload, payload_digest: digest, hash };
  });
  return { rows, head: { seq, hash } };
};

export const readHead = async (db: Db): Promise<Head> => {
  const head = await db<HeadRow>('audit_head').where({ id: 1 }).first();
  return { seq: Number(head?.seq ?? 0), hash: head?.hash ?? '' };
};

/** The head as it is; until the transaction ends nobody appends. */
export const takeHead = async (db: Db): Promise<Head> => {
  const [head] = await db<HeadRow>('audit_head')
    .where({ id: 1 })
    .update({ seq: db.ref('seq') as unknown as number })
    .returning(['seq', 'hash']);
  if (!head) throw new Error('The audit has no head: the database is not one of ours.');
  return { seq: Number(head.seq), hash: head.hash };
};

export const moveHead = async (db: Db, to: Head): Promise<void> => {
  await db<HeadRow>('audit_head').where({ id: 1 }).update(to);
};

/** Answers whether the head stood there; else nothing was moved. */
const moveHeadFrom = async (db: Db, from: Head, to: Head): Promise<boolean> =>
  (await db<HeadRow>('audit_head')
    .where({ id: 1, ...from })
    .update(to)) === 1;

/** The highest place taken, whatever the head says. */
export const lastRow = async (db: Db): Promise<number> => {
  const row = await db<Row>('audit_events').orderBy('seq', 'desc').first('seq');
  return Number(row?.seq ?? 0);
};

/** What is kept of the last events of these types, newest first, from row `from` on. */
export const listKept = async (
  db: Db,
  { types, limit, from }: { types: readonly string[]; limit: number; from: number },
): Promise<{ payload: string; payloadDigest: string }[]> => {
  const rows = await db<Row>('audit_events')
    .whereIn('type', [...types])
    .where('seq', '>=', from)
    .whereNotNull('payload')
    .orderBy('seq', 'desc')
    .limit(limit)
    .select('payload', 'payload_digest');
  return rows.map((row) => ({ payload: row.payload ?? '', payloadDigest: row.payload_digest }));
};

/** Empties the rows of a stretch: what stays is what `emptyColumns` says. */
export const removePayloads = async (db: Db, { from, to }: { from: number; to: number }): Promise<void> => {
  const { id: _id, ...empty } = emptyColumns(0);
  await db<Row>('audit_events')
    .whereBetween('seq', [from, to])
    .update({ ...rowColumns(empty), id: db.raw("'removed-' || seq") as unknown as string, payload: null });
};

/** Whether there are rows at no place of the chain: SQLite would keep one without any. */
export const hasStrays = async (db: Db): Promise<boolean> =>
  (await db<Row>('audit_events').where('seq', '<', 1).orWhereNull('seq').first('hash')) !== undefined;

/** What stands where text should: on SQLite it may be bytes, and it is none that we wrote. */
const textOf = (payload: unknown): string | null =>
  payload === null || typeof payload === 'string' ? payload : '';

/** Rows after `seq`, in order, at most `limit`. */
export const listChain = async (db: Db, afterSeq: number, limit: number): Promise<ChainRow[]> => {
  const rows = await db<Row>('audit_events').where('seq', '>', afterSeq).orderBy('seq').limit(limit);
  return rows.map((row) => ({
    seq: Number(row.seq),
    payload: textOf(row.payload),
    payloadDigest: row.payload_digest,
    hash: row.hash,
    columns: {
      id: row.id,
      at: row.at,
      type: row.type,
      result: row.result,
      organisationId: row.organisation_id,
      actorKind: row.actor_kind,
      actorId: row.actor_id,
      memberId: row.member_id,
      callId: row.call_id,
    },
  }));
};

/** A row as it was recorded, without the names that may change. */
export type StoredEvent = Omit<AuditRow, 'actorName'>;

/** What was recorded after `seq`, in order, at most `limit`. */
export const listAfter = async (db: Db, seq: number, limit: number): Promise<StoredEvent[]> =>
  (await db<Row>('audit_events').where('seq', '>', seq).orderBy('seq').limit(limit)).map(toEvent);

/** The hashes of the rows that exist among `seqs`. */
export const hashesAt = async (db: Db, seqs: number[]): Promise<Map<number, string>> => {
  if (seqs.length === 0) return new Map();
  const rows = await db<Row>('audit_events').whereIn('seq', seqs).select('seq', 'hash');
  return new Map(rows.map((row) => [Number(row.seq), row.hash]));
};

/** A member's events, newest first: the timeline. */
export const listMemberEvents = async (db: Db, memberId: string, limit: number): Promise<StoredEvent[]> => {
  const rows = await db<Row>('audit_events')
    .where({ member_id: memberId })
    .orderBy('seq', 'desc')
    .limit(limit);
  return rows.map(toEvent);
};

/** What happened of these types in these calls, oldest first. */
export const listCallEvents = async (
  db: Db,
  callIds: readonly string[],
  types: readonly string[],
  limit: number,
): Promise<StoredEvent[]> => {
  const rows = await db<Row>('audit_events')
    .whereIn('call_id', [...callIds])
    .whereIn('type', [...types])
    .orderBy('seq')
    .limit(limit);
  return rows.map(toEvent);
};

const rowColumns = (columns: Omit<ChainColumns, 'id'>) => ({
  at: columns.at,
  type: columns.type,
  result: columns.result as Row['result'],
  organisation_id: columns.organisationId,
  actor_kind: columns.actorKind,
  actor_id: columns.actorId,
  member_id: columns.memberId,
  call_id: columns.callId,
});

/** A row without what binds it to the chain. */
export const toEvent = (row: Row): StoredEvent => {
  const payload = row.payload === null ? null : (JSON.parse(row.payload) as StampedEvent);
  return {
    id: row.id,
    seq: Number(row.seq),
    at: row.at,
    type: row.type,
    result: row.result,
    organisationId: row.organisation_id,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorRole: payload?.actor.role ?? null,
    memberId: row.member_id,
    callId: row.call_id,
    data: payload?.data ?? null,
  };
};
