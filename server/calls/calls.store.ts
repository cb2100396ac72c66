import type { Db, Scope } from '../core/ctx.ts';
import type { ListQuery } from '../core/page.ts';
import type { CallEnd, CallOutcome } from '../core/vocabulary.ts';
import type { Call } from './calls.schema.ts';

export type CallRow = {
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
  outcome: Call['outcome'];
  site_id: string | null;
  resumes_id: string | null;
  version: number;
};

/** `siteId`: where its agent worked, for whoever may resume it. */
export type StoredCall = Omit<Call, 'agentName'> & { siteId: string | null };

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

/** The same, held until the transaction ends: whoever writes it next reads what this one wrote. */
export const holdOpenCall = async (db: Db, agentId: string): Promise<StoredCall | undefined> => {
  const [row] = await db<CallRow>('calls')
    .where({ open_for: agentId })
    .update({ version: db.raw('version') as unknown as number })
    .returning('*');
  return row && toCall(row);
};

/** An agent changes their own calls only; held until the transaction ends. */
export const holdOwnCall = async (db: Db, agentId: string, id: string): Promise<StoredCall | undefined> => {
  const [row] = await db<CallRow>('calls')
    .where({ id, agent_id: agentId })
    .update({ version: db.raw('version') as unknown as number })
    .returning('*');
  return row && toCall(row);
};

/** Calls by their ids, of these organisations or of none yet, in the order they were opened. */
export const listCallsById = async (db: Db, scope: Scope, ids: string[]): Promise<StoredCall[]> => {
  const rows = await db<CallRow>('calls')
    .whereIn('id', ids)
    .where((some) => {
      some.whereIn('organisation_id', [...scope.organisationIds]).orWhereNull('organisation_id');
    })
    .orderBy(['opened_at', 'id']);
  return rows.map(toCall);
};

/** The id of the call that this one goes on with. */
export const findResumed = async (db: Db, id: string): Promise<string | null> =>
  (await db<CallRow>('calls').where({ id }).first('resumes_id'))?.resumes_id ?? null;

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
      outcome: null,
      site_id: call.siteId,
      resumes_id: call.resumesId,
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
  end: { at: string; by: CallEnd; outcome: CallOutcome },
): Promise<boolean> => {
  let open = db<CallRow>('calls').where({ id: call.id, open_for: call.agentId });
  if (end.by === 'idle') open = open.where({ last_activity_at: call.lastActivityAt });
  const hit = await open.update({
    open_for: null,
    ended_at: end.at,
    ended_by: end.by,
    outcome: end.outcome,
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
      outcome: call.outcome,
      open_for: call.endedAt ? null : call.agentId,
      version: version + 1,
    });
  return hit === 1;
};

/**
 * An act belongs to the call: what it is about, and what the act tells of it. Not an edit: `version` stays the
 * caller's to raise, when the call turns to another member.
 */
export const bindCall = async (
  db: Db,
  id: string,
  bound: Pick<StoredCall, 'organisationId' | 'memberId' | 'channel' | 'reason' | 'version'>,
  at: string,
): Promise<void> => {
  await db<CallRow>('calls').where({ id }).update({
    organisation_id: bound.organisationId,
    member_id: bound.memberId,
    channel: bound.channel,
    reason: bound.reason,
    last_activity_at: at,
    version: bound.version,
  });
};

export const touchCall = async (db: Db, id: string, at: string): Promise<void> => {
  await db<CallRow>('calls')
    .where({ id })
    .whereNotNull('open_for')
    .where('last_activity_at', '<', at)
    .update({ last_activity_at: at });
};

/**
 * Notes the member looked at; a call that turns from one to another, as it may while nothing was said or done, is
 * another `version`: what is then said of the caller cannot be meant for the one before.
 */
export const turnCall = async (db: Db, id: string, { organisationId, memberId }: About): Promise<void> => {
  const about = { organisation_id: organisationId, member_id: memberId };
  const open = () => db<CallRow>('calls').where({ id }).whereNotNull('open_for');
  if ((await open().whereNull('member_id').update(about)) === 1) return;
  await open()
    .whereNot({ member_id: memberId })
    .where({ caller: 'unsaid' })
    .whereNot({ channel: 'back-office' })
    .update({ ...about, version: db.raw('version + 1') as unknown as number });
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

export const toCall = (row: CallRow): StoredCall => ({
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
  outcome: row.outcome,
  siteId: row.site_id,
  resumesId: row.resumes_id,
  version: row.version,
});
