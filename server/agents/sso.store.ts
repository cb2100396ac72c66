import type { Db } from '../core/ctx.ts';

export type IdentityRow = {
  issuer: string;
  subject_digest: string;
  agent_id: string;
  linked_at: string;
};
type PermitRow = { agent_id: string; permitted_by: string; permitted_at: string };

const identities = (db: Db) => db<IdentityRow>('agent_identities');
const permits = (db: Db) => db<PermitRow>('agent_link_permits');

export const findIdentity = (
  db: Db,
  which: Pick<IdentityRow, 'issuer' | 'subject_digest'>,
): Promise<IdentityRow | undefined> => identities(db).where(which).first();

export const findIdentityOf = (db: Db, agentId: string): Promise<IdentityRow | undefined> =>
  identities(db).where({ agent_id: agentId }).first();

export const insertIdentity = async (db: Db, row: IdentityRow): Promise<void> => {
  await identities(db).insert(row);
};

export const setPermit = async (db: Db, row: PermitRow): Promise<void> => {
  await permits(db).insert(row).onConflict('agent_id').merge();
};

/** Of two first sign-ins by one username, one is linked. */
export const takePermit = async (db: Db, agentId: string): Promise<boolean> =>
  (await permits(db).where({ agent_id: agentId }).delete()) > 0;
