import type { Db } from '../core/ctx.ts';

export type PortalClientRow = {
  id: string;
  organisation_id: string;
  name: string;
  key_digest: string;
  created_at: string;
  revoked_at: string | null;
};

const table = (db: Db) => db<PortalClientRow>('portal_clients');

export const insertPortalClient = async (db: Db, row: PortalClientRow): Promise<void> => {
  await table(db).insert(row);
};

export const findPortalClient = (
  db: Db,
  organisationId: string,
  keyDigest: string,
): Promise<PortalClientRow | undefined> =>
  table(db).where({ organisation_id: organisationId, key_digest: keyDigest }).whereNull('revoked_at').first();

export const listPortalClients = (db: Db): Promise<PortalClientRow[]> =>
  table(db).orderBy(['organisation_id', 'created_at', 'id']);

/** The revoked row; nothing when it was revoked before or is not there. */
export const revokePortalClient = async (
  db: Db,
  id: string,
  at: string,
): Promise<PortalClientRow | undefined> => {
  const [row] = await table(db)
    .where({ id })
    .whereNull('revoked_at')
    .update({ revoked_at: at })
    .returning('*');
  return row;
};

export const namesOfPortalClients = async (db: Db, ids: string[]): Promise<Map<string, string>> =>
  new Map((await table(db).whereIn('id', ids).select('id', 'name')).map(({ id, name }) => [id, name]));
