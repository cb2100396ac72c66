import type { Db } from '../core/ctx.ts';
import type { Site } from './sites.schema.ts';

type SiteRow = { id: string; name: string; hours: string; created_at: string };

/** Returns false when a site has this name already. */
export const insertSite = async (db: Db, site: Site, at: string): Promise<boolean> => {
  const inserted = await db<SiteRow>('sites')
    .insert({ id: site.id, name: site.name, hours: JSON.stringify(site.hours), created_at: at })
    .onConflict('name')
    .ignore()
    .returning('id');
  return inserted.length === 1;
};

export const findSite = async (db: Db, id: string): Promise<Site | undefined> => {
  const row = await db<SiteRow>('sites').where({ id }).first();
  return row && toSite(row);
};

export const listSites = async (db: Db): Promise<Site[]> =>
  (await db<SiteRow>('sites').orderBy('name')).map(toSite);

const toSite = (row: SiteRow): Site => ({
  id: row.id,
  name: row.name,
  hours: JSON.parse(row.hours) as Site['hours'],
});
