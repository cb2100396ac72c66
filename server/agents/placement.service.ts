import { record } from '../audit/record.ts';
import type { Ctx, Db } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { Household, Placement } from './agents.schema.ts';
import { householdKey } from './household.ts';
import * as store from './placement.store.ts';
import type { Kin } from './placement.store.ts';
import { listSites } from './sites.store.ts';

const parts = ['site', 'team', 'own', 'relatives', 'email'] as const;

/** Whether anything is said at all. */
export const saysWhere = (placement: Placement): boolean =>
  parts.some((part) => placement[part] !== undefined);

/**
 * Puts an agent where they work and notes on whose accounts they never act and where they are told of alarms; what is
 * not named stays.
 *
 * @throws AppError `invalid-input` for a site that does not exist, or a household of no organisation of ours.
 */
export const placeAgent = async (ctx: Ctx, agentId: string, placement: Placement): Promise<void> => {
  const { own, relatives } = placement;
  assertOrganisations(ctx, [...(own ?? []), ...(relatives ?? [])]);
  const found = await store.readPlacement(ctx.db, agentId);
  const siteId = placement.site === undefined ? (found?.siteId ?? null) : await siteIdOf(ctx, placement.site);
  const team = placement.team === undefined ? (found?.team ?? null) : placement.team;
  const email = placement.email === undefined ? (found?.email ?? null) : placement.email;

  await store.updatePlacement(ctx.db, agentId, { siteId, team, email });
  if (own) await store.replaceHouseholds(ctx.db, agentId, 'self', keysOf(own));
  if (relatives) await store.replaceHouseholds(ctx.db, agentId, 'relative', keysOf(relatives));
  record(ctx, {
    type: 'agent.changed',
    data: {
      agentId,
      changed: parts.filter((part) => placement[part] !== undefined),
      siteId,
      relatives: await store.countHouseholds(ctx.db, agentId),
    },
  });
};

/** What a member is to an agent, who never acts on an account of their own household or of a declared relative's. */
export const kinOf = async (
  { db }: Pick<Ctx, 'db'>,
  agentId: string,
  { organisationId, memberNumber }: { organisationId: string; memberNumber: string },
): Promise<Kin | null> =>
  (await store.findKin(db, agentId, { organisationId, key: householdKey(memberNumber) })) ?? null;

export type { ToTell } from './placement.store.ts';

/** The supervisors of an organisation who have an address to be told of alarms at. */
export const supervisorsToTell = store.listSupervisorsToTell;

export const teamOf = async (db: Db, agentId: string): Promise<string | null> =>
  (await store.readPlacement(db, agentId))?.team ?? null;

const siteIdOf = async (ctx: Ctx, name: string | null): Promise<string | null> => {
  if (name === null) return null;
  const sites = await listSites(ctx.db);
  const site = sites.find((one) => one.name === name);
  if (site) return site.id;
  throw new AppError('invalid-input', sites.length > 0 ? 'agents.unknownSite' : 'agents.noSite', {
    params: { known: sites.map((one) => one.name).join(', ') },
  });
};

const assertOrganisations = ({ house }: Ctx, households: Household[]): void => {
  const known = house.everyOrganisation();
  if (households.every(({ organisationId }) => known.includes(organisationId))) return;
  throw new AppError('invalid-input', 'agents.unknownOrganisation', { params: { known: known.join(', ') } });
};

const keysOf = (households: Household[]): store.HouseholdKey[] =>
  households.map(({ organisationId, memberNumber }) => ({
    organisationId,
    key: householdKey(memberNumber),
  }));
