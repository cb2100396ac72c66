import type { Db, Scope } from '../core/ctx.ts';
import type { CallEnd } from '../core/vocabulary.ts';
import type { Call } from './calls.schema.ts';
import { toCall, type CallRow, type StoredCall } from './calls.store.ts';

/** Who would take a call up again, and where they work. */
export type Resumer = { agentId: string; siteId: string | null };

/** A call that this agent may take up: their own, or one of an agent of the same site and their organisations. */
export const findCallNearby = async (
  db: Db,
  scope: Scope,
  resumer: Resumer,
  id: string,
): Promise<StoredCall | undefined> => {
  const row = await nearby(db, scope, resumer).where({ id }).first();
  return row && toCall(row);
};

/** Which calls may still be taken up, in columns: since when they were last used, and how they ended. */
export type Window = {
  openedSince: string;
  idleBefore: string;
  kinds: readonly { channels: readonly Call['channel'][]; since: string; after: readonly CallEnd[] }[];
};

/** Calls nearby of the window that somebody may want and nobody took up again; the latest first. */
export const listNotTakenUp = async (
  db: Db,
  scope: Scope,
  resumer: Resumer,
  window: Window,
  limit: number,
): Promise<StoredCall[]> => {
  const rows = await nearby(db, scope, resumer, window.openedSince)
    .where((some) => {
      for (const { channels, since, after } of window.kinds) {
        some.orWhere((kind) =>
          kind
            .whereIn('channel', [...channels])
            .where('last_activity_at', '>=', since)
            .where((end) =>
              end
                .whereIn('ended_by', [...after])
                .orWhere((idle) =>
                  idle.whereNull('ended_by').where('last_activity_at', '<', window.idleBefore),
                ),
            ),
        );
      }
    })
    // One that never found its member and was not cut has nothing to go on with.
    .where((some) => some.whereNotNull('member_id').orWhere({ ended_by: 'dropped' }))
    .whereNotExists(takenUp(db))
    .orderBy([
      { column: 'last_activity_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit);
  return rows.map(toCall);
};

/**
 * Takes up an ended call, once: of two agents at the same moment one gets it. The version keeps those apart who
 * began before the other's call was there to be seen.
 */
export const takeUp = async (db: Db, id: string, version: number): Promise<boolean> => {
  const hit = await db<CallRow>('calls')
    .where({ id, version })
    .whereNull('open_for')
    .whereNotExists(takenUp(db))
    .update({ version: version + 1 });
  return hit === 1;
};

/**
 * A call of no organisation yet is its own agent's: nothing says whose members it might be about. The moment stands
 * in each branch, where an index reads it.
 */
const nearby = (db: Db, { organisationIds }: Scope, { agentId, siteId }: Resumer, openedSince = '') => {
  const own = db<CallRow>('calls')
    .where({ agent_id: agentId })
    .where('opened_at', '>=', openedSince)
    .where((mine) => mine.whereNull('organisation_id').orWhereIn('organisation_id', [...organisationIds]));
  const beside = db<CallRow>('calls')
    .whereIn('organisation_id', [...organisationIds])
    .where('opened_at', '>=', openedSince)
    .where({ site_id: siteId });
  return db<CallRow>('calls').whereIn('id', own.select('id').union([beside.select('id')]));
};

const takenUp = (db: Db) => db('calls as later').select('later.id').whereRaw('later.resumes_id = calls.id');
