import type { Db, Scope } from '../core/ctx.ts';
import { readPage, type ListQuery } from '../core/page.ts';
import { noCaps, type Caps, type Site } from './sites.schema.ts';

type SiteRow = {
  id: string;
  name: string;
  hours: string;
  created_at: string;
  networks: string | null;
  caps: string | null;
  no_unmasking: number | null;
  version: number;
};

/** Returns false when a site has this name already. */
export const insertSite = async (db: Db, site: Site, at: string): Promise<boolean> => {
  const inserted = await db<SiteRow>('sites')
    .insert({ id: site.id, ...toRow(site), created_at: at, version: site.version })
    .onConflict('name')
    .ignore()
    .returning('id');
  return inserted.length === 1;
};

/** Returns false when someone else changed the site first. */
export const updateSite = async (db: Db, site: Site, version: number): Promise<boolean> =>
  (await db<SiteRow>('sites')
    .where({ id: site.id, version })
    .update({ ...toRow(site), version: version + 1 })) === 1;

export const findSite = async (db: Db, id: string): Promise<Site | undefined> => {
  const row = await db<SiteRow>('sites').where({ id }).first();
  return row && toSite(row);
};

export const findSiteNamed = async (db: Db, name: string): Promise<Site | undefined> => {
  const row = await db<SiteRow>('sites').where({ name }).first();
  return row && toSite(row);
};

/** Where each of these agents works; nothing for those of no site. */
export const findSitesOfAgents = async (db: Db, agentIds: string[]): Promise<Map<string, Site>> => {
  const rows = (await db('agents as a')
    .join('sites as s', 's.id', 'a.site_id')
    .whereIn('a.id', agentIds)
    .select('s.*', 'a.id as agent_id')) as (SiteRow & { agent_id: string })[];
  return new Map(rows.map((row) => [row.agent_id, toSite(row)]));
};

export const listSites = async (db: Db): Promise<Site[]> =>
  (await db<SiteRow>('sites').orderBy('name')).map(toSite);

export const pageOfSites = async (
  db: Db,
  { filter, sort, ...page }: ListQuery<{ id?: string[] }, 'name'>,
): Promise<{ rows: Site[]; total: number }> => {
  let found = db<SiteRow>('sites');
  if (filter.id) found = found.whereIn('id', filter.id);
  const { rows, total } = await readPage<SiteRow>(found, page, [{ column: sort.field, order: sort.order }]);
  return { rows: rows.map(toSite), total };
};

/** How many open accounts work at each site, and how many of them for an organisation outside this scope too. */
export const countAtSites = async (
  db: Db,
  scope: Scope,
): Promise<Map<string, { agents: number; others: number }>> => {
  const rows = (await db('agents')
    .whereNull('closed_at')
    .whereNotNull('site_id')
    .groupBy('site_id')
    .select('site_id')
    .count({ agents: '*' })) as { site_id: string; agents: number | string }[];
  const others = (await db('agents as a')
    .join('agent_organisations as o', 'o.agent_id', 'a.id')
    .whereNull('a.closed_at')
    .whereNotNull('a.site_id')
    .whereNotIn('o.organisation_id', [...scope.organisationIds])
    .groupBy('a.site_id')
    .select('a.site_id')
    .countDistinct({ others: 'a.id' })) as { site_id: string; others: number | string }[];
  const elsewhere = new Map(others.map((row) => [row.site_id, Number(row.others)]));
  return new Map(
    rows.map((row) => [row.site_id, { agents: Number(row.agents), others: elsewhere.get(row.site_id) ?? 0 }]),
  );
};

const toRow = ({ name, hours, networks, caps, noUnmasking }: Site) => ({
  name,
  hours: JSON.stringify(hours),
  networks: networks && JSON.stringify(networks),
  caps: JSON.stringify(caps),
  no_unmasking: noUnmasking ? 1 : 0,
});

const toSite = (row: SiteRow): Site => ({
  id: row.id,
  name: row.name,
  hours: JSON.parse(row.hours) as Site['hours'],
  networks: row.networks === null ? null : (JSON.parse(row.networks) as string[]),
  caps: row.caps === null ? noCaps : (JSON.parse(row.caps) as Caps),
  noUnmasking: Number(row.no_unmasking) === 1,
  version: Number(row.version),
});
