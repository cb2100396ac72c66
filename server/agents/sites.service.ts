import { record } from '../audit/record.ts';
import type { Ctx, Db, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import { perform } from '../core/perform.ts';
import { noCaps, type ChangeSite, type ListedSite, type NewSite, type Site } from './sites.schema.ts';
import * as store from './sites.store.ts';

/** The same from the command line. @throws AppError `conflict` when a site has this name already. */
export const addSite = (visit: Visit, input: NewSite): Promise<Site> =>
  perform(visit, (ctx) => makeSite(ctx, input));

/** @throws AppError `conflict` when a site has this name already. */
export const makeSite = async (ctx: Ctx, input: NewSite): Promise<ListedSite> => {
  const bare = { networks: null, caps: noCaps, noUnmasking: false, version: 1 };
  const site: Site = { ...bare, id: ctx.newId(), ...input };
  if (!(await store.insertSite(ctx.db, site, ctx.now.toISOString()))) throw taken();
  record(ctx, { type: 'site.created', data: { siteId: site.id } });
  return one(ctx, site);
};

/**
 * Changes a site; what is not named stays. What holds its agents back is never changed by one of them, nor by an
 * administrator who has not all the organisations that are served there.
 *
 * @throws AppError `not-found`; `policy-refused` with the rule; `conflict` when someone else changed it first, or its
 * new name is another's.
 */
export const changeSite = async (ctx: Ctx, id: string, input: ChangeSite): Promise<ListedSite> => {
  const found = await store.findSite(ctx.db, id);
  if (!found) throw new AppError('not-found', 'common.notFound');
  const { version, ...change } = input;
  const refusal = await refusalOf(ctx, found, change);
  if (refusal) throw new AppError('policy-refused', `sites.refused.${refusal}`, { rule: `site.${refusal}` });
  if (change.name !== undefined && change.name !== found.name) {
    if (await store.findSiteNamed(ctx.db, change.name)) throw taken();
  }
  const site = { ...found, ...change };
  if (!(await store.updateSite(ctx.db, site, version))) throw new AppError('conflict', 'common.conflict');
  record(ctx, { type: 'site.changed', data: { siteId: id, changed: Object.keys(change) } });
  return one(ctx, { ...site, version: version + 1 });
};

/** Every site, by name. */
export const listSites = ({ db }: Pick<Ctx, 'db'>): Promise<Site[]> => store.listSites(db);

export const pageOfSites = async (
  ctx: Ctx,
  query: ListQuery<{ id?: string[] }, 'name'>,
): Promise<Page<ListedSite>> => {
  const { rows, total } = await store.pageOfSites(ctx.db, query);
  const counted = await store.countAtSites(ctx.db, ctx.scope);
  return { rows: rows.map((site) => shown(ctx, site, counted.get(site.id))), total };
};

/** The site of each of these agents, but for those of none. */
export const sitesOfAgents = store.findSitesOfAgents;

/** The site and what holds there; nothing for an agent of none. */
export const siteOf = async (db: Db, siteId: string | null): Promise<Site | undefined> =>
  siteId === null ? undefined : store.findSite(db, siteId);

const one = async (ctx: Ctx, site: Site): Promise<ListedSite> =>
  shown(ctx, site, (await store.countAtSites(ctx.db, ctx.scope)).get(site.id));

type Counted = { agents: number; others: number };

const shown = (ctx: Ctx, site: Site, counted: Counted = { agents: 0, others: 0 }): ListedSite => {
  const isTheirs = ctx.actor.kind === 'agent' && ctx.actor.permissions.has('site.manage');
  const why = counted.others > 0 ? ctx.house.words.say(ctx.language, 'sites.refused.shared') : null;
  return { ...site, agents: counted.agents, can: { change: { allowed: isTheirs && why === null, why } } };
};

const refusalOf = async (
  ctx: Ctx,
  site: Site,
  { networks, caps, noUnmasking }: Omit<ChangeSite, 'version'>,
): Promise<'shared' | 'own' | null> => {
  const { others = 0 } = (await store.countAtSites(ctx.db, ctx.scope)).get(site.id) ?? {};
  if (others > 0) return 'shared';
  const isOwn = ctx.actor.kind === 'agent' && ctx.actor.siteId === site.id;
  const holdsBack = networks !== undefined || caps !== undefined || noUnmasking !== undefined;
  return isOwn && holdsBack ? 'own' : null;
};

const taken = (): AppError =>
  new AppError('conflict', 'agents.siteTaken', { fields: { name: 'agents.siteTaken' } });
