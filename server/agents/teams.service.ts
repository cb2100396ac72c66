import type { Db } from '../core/ctx.ts';
import * as store from './teams.store.ts';

export type { Place, Team } from './teams.store.ts';

/** Where an agent works now; undefined when there is no such agent. */
export const placeOf = (db: Db, agentId: string): Promise<store.Place | undefined> =>
  store.findPlace(db, agentId);

/** The sites and teams of each organisation's desk, with how many work there for it. */
export const teamsOf = (db: Db, organisationIds: readonly string[]): Promise<store.Team[]> =>
  store.countTeams(db, organisationIds);
