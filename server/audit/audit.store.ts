import type { ChainHead, Db, StampedEvent } from '../core/ctx.ts';
import type { ListQuery } from '../core/page.ts';
import type { AuditRow } from './audit.schema.ts';
import { link, payloadDigest, payloadOf, type ChainRow } from './chain.ts';

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

/** The last statements of an act: takes the next places (others wait), writes the rows, moves the head. */
export const appendToChain = async (db: Db, key: Buffer, events: StampedEvent[]): Promise<ChainHead> => {
  const [head] = await db<HeadRow>('audit_head')
    .where({ id: 1 })
    .update({ seq: db.raw('seq + ?', [events.length]) })
    .returning(['seq', 'hash']);
  if (!head) throw new Error('The audit has no head: the database is not one of ours.');

  let seq = Number(head.seq) - events.length;
  let hash = head.hash;
  const rows = events.map((event): Row => {
    const payload = payloadOf(event);
    const digest = payloadDigest(key, payload);
    seq += 1;
    hash = link(key, seq, hash, digest);
    return { seq, ...columnsOf(event), payload, payload_digest: digest, hash };
  });
  for (let from = 0; from < rows.length; from += 200) {
    await db<Row>('audit_events').insert(rows.slice(from, from + 200));
  }
  await db<HeadRow>('audit_head').where({ id: 1 }).update({ hash });
  return { seq, hash, at: events.at(-1)?.at ?? '' };
};

export const readHead = async (db: Db): Promise<{ seq: number; hash: string }> => {
  const head = await db<HeadRow>('audit_head').where({ id: 1 }).first();
  return { seq: Number(head?.seq ?? 0), hash: head?.hash ?? '' };
};

/** Rows after `seq`, in order, at most `limit`. */
export const listChain = async (db: Db, afterSeq: number, limit: number): Promise<ChainRow[]> => {
  const rows = await db<Row>('audit_events').where('seq', '>', afterSeq).orderBy('seq').limit(limit);
  return rows.map((row) => ({
    seq: Number(row.seq),
    payload: row.payload,
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

/** The hashes of the rows that exist among `seqs`. */
export const hashesAt = async (db: Db, seqs: number[]): Promise<Map<number, string>> => {
  const rows = await db<Row>('audit_events').whereIn('seq', seqs).select('seq', 'hash');
  return new Map(rows.map((row) => [Number(row.seq), row.hash]));
};

export type AuditFilterValues = {
  type?: string;
  actorId?: string;
  memberId?: string;
  callId?: string;
  result?: string;
  organisationId?: string;
  from?: string;
  to?: string;
  id?: string[];
};

const countedAtMost = 10_000;

/** Whose events a reader of the list sees: those of the organisations, and of none those of `agentIds` or all. */
export type Sight = {
  organisationIds: readonly string[];
  ofNone: 'all' | { agentIds: readonly string[] };
};

/** Events within `sight`. */
export const listEvents = async (
  db: Db,
  { organisationIds, ofNone }: Sight,
  query: ListQuery<AuditFilterValues>,
): Promise<{ rows: Omit<AuditRow, 'actorName'>[]; total: number; bounded: boolean }> => {
  const { filter } = query;
  let found = db<Row>('audit_events').where((some) => {
    some.whereIn('organisation_id', [...organisationIds]);
    if (ofNone === 'all') return void some.orWhereNull('organisation_id');
    some.orWhere((none) =>
      none
        .whereNull('organisation_id')
        .where({ actor_kind: 'agent' })
        .whereIn('actor_id', [...ofNone.agentIds]),
    );
  });
  if (filter.id) found = found.whereIn('id', filter.id);
  if (filter.type) found = found.where({ type: filter.type });
  if (filter.actorId) found = found.where({ actor_id: filter.actorId });
  if (filter.memberId) found = found.where({ member_id: filter.memberId });
  if (filter.callId) found = found.where({ call_id: filter.callId });
  if (filter.result) found = found.where({ result: filter.result as Row['result'] });
  if (filter.organisationId) found = found.where({ organisation_id: filter.organisationId });
  if (filter.from) found = found.where('at', '>=', filter.from);
  if (filter.to) found = found.where('at', '<', `${filter.to}T99`);

  const counted = await db
    .from(
      found
        .clone()
        .select('seq')
        .limit(countedAtMost + 1)
        .as('counted'),
    )
    .count({ n: '*' });
  const total = Number((counted[0] as { n: number | string } | undefined)?.n ?? 0);
  const rows = await found.orderBy('seq', query.sort.order).offset(query.offset).limit(query.limit);
  return { rows: rows.map(toEvent), total: Math.min(total, countedAtMost), bounded: total > countedAtMost };
};

/** A member's events, newest first: the timeline. */
export const listMemberEvents = async (
  db: Db,
  memberId: string,
  limit: number,
): Promise<Omit<AuditRow, 'actorName'>[]> => {
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
): Promise<Omit<AuditRow, 'actorName'>[]> => {
  const rows = await db<Row>('audit_events')
    .whereIn('call_id', [...callIds])
    .whereIn('type', [...types])
    .orderBy('seq')
    .limit(limit);
  return rows.map(toEvent);
};

const columnsOf = (event: StampedEvent) => ({
  id: event.id,
  at: event.at,
  type: event.type,
  result: event.result,
  organisation_id: event.organisationId,
  actor_kind: event.actor.kind,
  actor_id: event.actor.id,
  member_id: event.memberId,
  call_id: event.callId,
});

const toEvent = (row: Row): Omit<AuditRow, 'actorName'> => {
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
