import type { Db } from '../core/ctx.ts';

/** Agents who work at a site now, closed ones too. */
export const listAtSite = async (db: Db, siteId: string): Promise<string[]> =>
  (await db<{ id: string; site_id: string | null }>('agents').where({ site_id: siteId }).select('id')).map(
    ({ id }) => id,
  );
