import type { Db } from '../core/ctx.ts';
import type { CallMemory, FigurePlace } from './figures-memory.ts';

type CallRow = {
  call_id: string;
  organisation_id: string | null;
  member_id: string | null;
  site_id: string;
  team: string;
  channel: string;
  opened_at: string;
  last_at: string;
  root_id: string;
  outcome: string;
  unblocks: number;
  sms: number;
  emails: number;
  counted: number;
  is_first: number;
  followed: number;
};

export const listCalls = async (db: Db, ids: readonly string[]): Promise<CallMemory[]> =>
  (await db<CallRow>('figure_calls').whereIn('call_id', [...ids])).map(toMemory);

/** The calls about these members that were opened since then. */
export const listCallsAbout = async (
  db: Db,
  memberIds: readonly string[],
  since: string,
): Promise<CallMemory[]> =>
  (
    await db<CallRow>('figure_calls')
      .whereIn('member_id', [...memberIds])
      .where('opened_at', '>=', since)
  ).map(toMemory);

export const saveCalls = async (db: Db, calls: readonly CallMemory[]): Promise<void> => {
  for (let from = 0; from < calls.length; from += 200) {
    await db<CallRow>('figure_calls')
      .insert(calls.slice(from, from + 200).map(toRow))
      .onConflict('call_id')
      .merge();
  }
};

/** Forgets calls in which nothing has happened since then. */
export const forgetCalls = async (db: Db, before: string): Promise<void> => {
  await db<CallRow>('figure_calls').where('last_at', '<', before).delete();
};

/** Notes these lots as counted; answers those that were not. */
export const takeLots = async (db: Db, lotIds: readonly string[]): Promise<string[]> => {
  if (lotIds.length === 0) return [];
  const taken = await db('figure_lots')
    .insert(lotIds.map((id) => ({ lot_id: id })))
    .onConflict('lot_id')
    .ignore()
    .returning('lot_id');
  return taken.map((row: { lot_id: string }) => row.lot_id);
};

export type PlaceSince = FigurePlace & { agentId: string; seq: number };

/** Where every agent has worked, oldest first. */
export const listPlaces = async (db: Db): Promise<PlaceSince[]> =>
  (await db('figure_places').orderBy('seq')).map((row) => ({
    agentId: row.agent_id as string,
    seq: Number(row.seq),
    siteId: row.site_id as string,
    team: row.team as string,
  }));

/** What is known stays: counted again, an event finds its agent where they worked then. */
export const notePlace = async (db: Db, { agentId, seq, siteId, team }: PlaceSince): Promise<void> => {
  await db('figure_places')
    .insert({ agent_id: agentId, seq, site_id: siteId, team })
    .onConflict(['agent_id', 'seq'])
    .ignore();
};

export type FigureState = { countedUntil: string | null; frozenUntil: string | null };

export const readState = async (db: Db): Promise<FigureState> => {
  const row = (await db('figure_state').where({ id: 1 }).first()) as
    { counted_until: string | null; frozen_until: string | null } | undefined;
  return { countedUntil: row?.counted_until ?? null, frozenUntil: row?.frozen_until ?? null };
};

export const saveCountedUntil = async (db: Db, at: string): Promise<void> => {
  await db('figure_state').where({ id: 1 }).update({ counted_until: at });
};

/** Forgets what was counted after `frozenUntil`, and what was remembered; where agents worked stays. */
export const clearTallies = async (db: Db, frozenUntil: string | null): Promise<void> => {
  await db('figure_days')
    .where('day', '>', frozenUntil ?? '')
    .delete();
  await db('figure_calls').delete();
  await db('figure_lots').delete();
  await db('figure_state').where({ id: 1 }).update({ counted_until: null, frozen_until: frozenUntil });
};

/** Which of these organisations have no count of their accounts on this day. */
export const listUncounted = async (db: Db, organisationIds: string[], day: string): Promise<string[]> => {
  const rows = await db('figure_accounts').where({ day }).select('organisation_id');
  const counted = new Set(rows.map((row) => row.organisation_id as string));
  return organisationIds.filter((id) => !counted.has(id));
};

export const saveAccounts = async (
  db: Db,
  row: { organisation_id: string; day: string; accounts: number },
): Promise<void> => {
  await db('figure_accounts').insert(row).onConflict(['organisation_id', 'day']).ignore();
};

const toMemory = (row: CallRow): CallMemory => ({
  callId: row.call_id,
  organisationId: row.organisation_id,
  memberId: row.member_id,
  siteId: row.site_id,
  team: row.team,
  channel: row.channel,
  openedAt: row.opened_at,
  lastAt: row.last_at,
  rootId: row.root_id,
  outcome: row.outcome,
  unblocks: Number(row.unblocks),
  sms: Number(row.sms),
  emails: Number(row.emails),
  isCounted: Number(row.counted) === 1,
  isFirst: Number(row.is_first) === 1,
  isFollowed: Number(row.followed) === 1,
});

const toRow = (call: CallMemory): CallRow => ({
  call_id: call.callId,
  organisation_id: call.organisationId,
  member_id: call.memberId,
  site_id: call.siteId,
  team: call.team,
  channel: call.channel,
  opened_at: call.openedAt,
  last_at: call.lastAt,
  root_id: call.rootId,
  outcome: call.outcome,
  unblocks: call.unblocks,
  sms: call.sms,
  emails: call.emails,
  counted: Number(call.isCounted),
  is_first: Number(call.isFirst),
  followed: Number(call.isFollowed),
});
