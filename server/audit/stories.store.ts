import type { Db } from '../core/ctx.ts';
import { toEvent, type StoredEvent } from './audit.store.ts';

type Row = Parameters<typeof toEvent>[0];

const table = (db: Db) => db<Row>('audit_events');
const inOrder = async (found: ReturnType<typeof table>): Promise<StoredEvent[]> =>
  ((await found.orderBy('seq')) as Row[]).map(toEvent);

/** From one moment on, up to and with a place of the chain. */
export type Stretch = { since: string; upTo: number };

export const listOfAgents = (db: Db, agentIds: string[], { since, upTo }: Stretch): Promise<StoredEvent[]> =>
  inOrder(table(db).whereIn('actor_id', agentIds).where('at', '>=', since).where('seq', '<=', upTo));

export const listOfMembers = (
  db: Db,
  memberIds: string[],
  types: readonly string[],
  { since, upTo }: Stretch,
): Promise<StoredEvent[]> =>
  inOrder(
    table(db)
      .whereIn('member_id', memberIds)
      .whereIn('type', [...types])
      .where('at', '>=', since)
      .where('seq', '<=', upTo),
  );

export const listOfCalls = (db: Db, callIds: string[], upTo: number): Promise<StoredEvent[]> =>
  inOrder(table(db).whereIn('call_id', callIds).where('seq', '<=', upTo));

export const listOfOrganisation = (
  db: Db,
  organisationId: string,
  types: readonly string[],
  { since, upTo }: Stretch,
): Promise<StoredEvent[]> =>
  inOrder(
    table(db)
      .where({ organisation_id: organisationId })
      .whereIn('type', [...types])
      .where('at', '>=', since)
      .where('seq', '<=', upTo),
  );
