import type { Db, Scope } from '../core/ctx.ts';
import type { ListQuery } from '../core/page.ts';
import type { Call } from './calls.schema.ts';

type CallRow = {
  id: string;
  agent_id: string;
  open_for: string | null;
  organisation_id: string | null;
  member_id: string | null;
  channel: Call['channel'];
  caller: Call['caller'];
  reference: string | null;
  reason: string | null;
  opened_at: string;
  last_activity_at: string;
  ended_at: string | null;
  ended_by: Call['endedBy'];
  version: number;
};

export type StoredCall = Omit<Call, 'agentName'>;

/** The member whom a call turns out to be about. */
export type About = { organisationId: string; memberId: string };

export type CallFilter = {
  id?: string[];
  agentId?: string;
  memberId?: string;
  organisationId?: string;
  open?: boolean;
};

export const findOpenCall = async (db: Db, agentId: string): Promise<StoredCall | undefined> => {
  const row = await db<CallRow>('calls').where({ open_for: agentId }).first();
  return row && toCall(row);
};

/** An agent changes their own calls only. */
export const findOwnCall = async (db: Db, agentId: string, id: string): Promise<StoredCall | undefined> => {
  const row = await db<CallRow>('calls').where({ id, agent_id: agentId }).first();
  return row && toCall(row);
};

/** Returns false when the agent has an open call already: of two at once, one is opened. */
export const insertOpenCall = async (db: Db, call: StoredCall): Promise<boolean> => {
  const inserted = await db<CallRow>('calls')
    .insert({
      id: call.id,
      agent_id: call.agentId,
      open_for: call.agentId,
      organisation_id: call.organisationId,
      member_id: call.memberId,
      channel: call.channel,
      caller: call.caller,
      reference: call.reference,
      reason: call.reason,
      opened_at: call.openedAt,
      last_activity_at: call.lastActivityAt,
      ended_at: null,
      ended_by: null,
      version: call.version,
    })
    .onConflict('open_for')
    .ignore()
    .returning('id');
  return inserted.length === 1;
};

/** Returns false when it had ended meanwhile; an idle one also when it was used again. */
export const endCall = async (
  db: Db,
  call: StoredCall,
  end: { at: string; by: NonNullable<Call['endedBy']> },
): Promise<boolean> => {
  let open = db<CallRow>('calls').where({ id: call.id, open_for: call.agentId });
  if (end.by === 'idle') open = open.where({ last_activity_at: call.lastActivityAt });
  const hit = await open.update({
    open_for: null,
    ended_at: end.at,
    ended_by: end.by,
    version: call.version + 1,
  });
  return hit === 1;
};

/** Returns false when someone changed or ended the call first. */
export const updateCall = async (db: Db, call: StoredCall, version: number, at: string): Promise<boolean> => {
  const hit = await db<CallRow>('calls')
    .where({ id: call.id, open_for: call.agentId, version })
    .update({
      channel: call.channel,
      caller: call.caller,
      reference: call.reference,
      reason: call.reason,
      last_activity_at: at,
      ended_at: call.endedAt,
      ended_by: call.endedBy,
      open_for: call.endedAt ? null : call.agentId,
      version: version + 1,
    });
  return hit === 1;
};

/** An act belongs to the call: what it is about, and what the act tells of it. Not an edit: `version` stays. */
export const bindCall = async (
  db: Db,
  id: string,
  bound: Pick<StoredCall, 'organisationId' | 'memberId' | 'channel' | 'reason'>,
  at: string,
): Promise<void> => {
  await db<CallRow>('calls').where({ id }).update({
    organisation_id: bound.organisationId,
    member_id: bound.memberId,
    channel: bound.channel,
    reason: bound.reason,
    last_activity_at: at,
  });
};

/** Keeps the call alive, and notes the first member looked at in it. */
export const touchCall = async (db: Db, id: string, at: string, about?: About): Promise<void> => {
  await db<CallRow>('calls')
    .where({ id })
    .whereNotNull('open_for')
    .where('last_activity_at', '<', at)
    .update({
      last_activity_at: at,
    });
  if (!about) return;
  await db<CallRow>('calls')
    .where({ id })
    .whereNull('member_id')
    .update({ organisation_id: about.organisationId, member_id: about.memberId });
};

const countedAtMost = 10_000;

/** Calls of the scope's organisations; of `onlyOf` alone when given. One's own are always among them. */
export const listCalls = async (
  db: Db,
  scope: Scope,
  viewer: { agentId: string; seesAll: boolean; idleBefore: string },
  query: ListQuery<CallFilter, 'openedAt'>,
): Promise<{ rows: StoredCall[]; total: number; bounded: boolean }> => {
  const { filter } = query;
  let found = db<CallRow>('calls').where((some) => {
    const own = some.where('agent_id', viewer.agentId);
    return viewer.seesAll ? own.orWhereIn('organisation_id', [...scope.organisationIds]) : own;
  });
  if (filter.id) found = found.whereIn('id', filter.id);
  if (filter.agentId) found = found.where({ agent_id: filter.agentId });
  if (filter.memberId) found = found.where({ member_id: filter.memberId });
  if (filter.organisationId) found = found.where({ organisation_id: filter.organisationId });
  if (filter.open === true)
    found = found.whereNotNull('open_for').where('last_activity_at', '>=', viewer.idleBefore);
  if (filter.open === false) {
    found = found.where((some) =>
      some.whereNull('open_for').orWhere('last_activity_at', '<', viewer.idleBefore),
    );
  }

  const counted = await db
    .from(
      found
        .clone()
        .select('id')
        .limit(countedAtMost + 1)
        .as('counted'),
    )
    .count({ n: '*' });
  const total = Number((counted[0] as { n: number | string } | undefined)?.n ?? 0);
  const rows = await found
    .orderBy([
      { column: 'opened_at', order: query.sort.order },
      { column: 'id', order: query.sort.order },
    ])
    .offset(query.offset)
    .limit(query.limit);
  return { rows: rows.map(toCall), total: Math.min(total, countedAtMost), bounded: total > countedAtMost };
};

const toCall = (row: CallRow): StoredCall => ({
  id: row.id,
  agentId: row.agent_id,
  organisationId: row.organisation_id,
  memberId: row.member_id,
  channel: row.channel,
  caller: row.caller,
  reference: row.reference,
  reason: row.reason,
  openedAt: row.opened_at,
  lastActivityAt: row.last_activity_at,
  endedAt: row.ended_at,
  endedBy: row.ended_by,
  version: row.version,
});
