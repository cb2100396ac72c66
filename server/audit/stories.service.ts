import type { Db } from '../core/ctx.ts';
import type { StoredEvent } from './audit.store.ts';
import * as store from './stories.store.ts';
import type { Stretch } from './stories.store.ts';
import type { EventType } from './vocabulary.schema.ts';

export type { StoredEvent } from './audit.store.ts';
export type { Stretch } from './stories.store.ts';

/** What these agents did in a stretch of the chain, in order. */
export const storiesOfAgents = (db: Db, agentIds: string[], stretch: Stretch): Promise<StoredEvent[]> =>
  agentIds.length === 0 ? Promise.resolve([]) : store.listOfAgents(db, agentIds, stretch);

/** What happened to these members of these types in a stretch of the chain, in order. */
export const storiesOfMembers = (
  db: Db,
  memberIds: string[],
  types: readonly EventType[],
  stretch: Stretch,
): Promise<StoredEvent[]> =>
  memberIds.length === 0 ? Promise.resolve([]) : store.listOfMembers(db, memberIds, types, stretch);

/** Everything in these calls up to and with a place of the chain, in order. */
export const storiesOfCalls = (db: Db, callIds: string[], upTo: number): Promise<StoredEvent[]> =>
  callIds.length === 0 ? Promise.resolve([]) : store.listOfCalls(db, callIds, upTo);

/** What happened of these types in one organisation in a stretch of the chain, in order. */
export const storyOfOrganisation = (
  db: Db,
  organisationId: string,
  types: readonly EventType[],
  stretch: Stretch,
): Promise<StoredEvent[]> => store.listOfOrganisation(db, organisationId, types, stretch);
