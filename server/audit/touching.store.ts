import type { Db, StampedEvent } from '../core/ctx.ts';

type Row = {
  seq: number | string;
  at: string;
  type: string;
  organisation_id: string | null;
  actor_kind: string;
  actor_id: string | null;
  member_id: string | null;
  payload: string | null;
};

/** What one event says of whom it touched; `data` only of the types that were asked for with it. */
export type Touch = {
  seq: number;
  at: string;
  type: string;
  organisationId: string | null;
  memberId: string | null;
  data: Record<string, unknown> | null;
};

export type TouchQuery = {
  /** One actor, or all events of these organisations. */
  actorId: string | null;
  organisationIds: readonly string[];
  types: readonly string[];
  /** Types whose data is read too. */
  withData: readonly string[];
};

/** The last event read so far. */
export type Read = { at: string; seq: number };

/**
 * The next events of a period, at most `limit`, by their moments, along the index of an actor or of organisations.
 * Never by the places between two moments: a clock that was put back would hide some.
 */
export const listTouches = async (
  db: Db,
  { actorId, organisationIds, types, withData }: TouchQuery,
  { from, to }: { from: string; to: string },
  after: Read | undefined,
  limit: number,
): Promise<Touch[]> => {
  let found = db<Row>('audit_events')
    .where('at', '>=', after?.at ?? from)
    .where('at', '<', to)
    .whereIn('type', [...types])
    .orderBy(['at', 'seq']);
  if (after) found = found.where((later) => later.where('at', '>', after.at).orWhere('seq', '>', after.seq));
  if (actorId === null) found = found.whereIn('organisation_id', [...organisationIds]);
  else
    found = found
      .where({ actor_kind: 'agent', actor_id: actorId })
      .where((own) => own.whereNull('organisation_id').orWhereIn('organisation_id', [...organisationIds]));
  const rows = await found.limit(limit);
  return rows.map((row) => toTouch(withData.includes(row.type) ? row : { ...row, payload: null }));
};

/** Of a few rare types within a period, in their order, at most `limit`. */
export const listOfTypes = async (
  db: Db,
  types: readonly string[],
  { from, to }: { from: string; to: string },
  limit: number,
): Promise<Touch[]> => {
  const rows = await db<Row>('audit_events')
    .whereIn('type', [...types])
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy(['at', 'seq'])
    .limit(limit);
  return rows.map(toTouch);
};

const toTouch = (row: Row): Touch => ({
  seq: Number(row.seq),
  at: row.at,
  type: row.type,
  organisationId: row.organisation_id,
  memberId: row.member_id,
  data: row.payload === null ? null : (JSON.parse(row.payload) as StampedEvent).data,
});
