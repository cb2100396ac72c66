import { record } from '../audit/record.ts';
import type { Ctx, Db, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import type { NewSite, Site } from './sites.schema.ts';
import * as store from './sites.store.ts';

/** @throws AppError `conflict` when a site has this name already. */
export const addSite = (visit: Visit, { name, hours }: NewSite): Promise<Site> =>
  perform(visit, async (ctx) => {
    const site = { id: ctx.newId(), name, hours };
    if (!(await store.insertSite(ctx.db, site, ctx.now.toISOString())))
      throw new AppError('conflict', 'agents.siteTaken');
    record(ctx, { type: 'site.created', data: { siteId: site.id } });
    return site;
  });

/** Every site, by name. */
export const listSites = ({ db }: Pick<Ctx, 'db'>): Promise<Site[]> => store.listSites(db);

/** The site and its hours; nothing for an agent of none. */
export const siteOf = async (db: Db, siteId: string | null): Promise<Site | undefined> =>
  siteId === null ? undefined : store.findSite(db, siteId);
