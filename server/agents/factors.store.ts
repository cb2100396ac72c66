import type { Db } from '../core/ctx.ts';
import type { Factor, FactorKind } from './factors.schema.ts';

export type FactorRow = {
  id: string;
  agent_id: string;
  kind: FactorKind;
  name: string;
  sealed: string | null;
  last_step: number;
  credential_id: string | null;
  public_key: string | null;
  transports: string | null;
  counter: number;
  created_at: string;
  last_used_at: string | null;
};
type CodeRow = { digest: string; agent_id: string; used_at: string | null };

const factors = (db: Db) => db<FactorRow>('agent_factors');
const codes = (db: Db) => db<CodeRow>('agent_recovery_codes');

export const listFactors = (db: Db, agentId: string): Promise<FactorRow[]> =>
  factors(db).where({ agent_id: agentId }).orderBy('created_at').orderBy('id');

export const hasFactor = async (db: Db, agentId: string): Promise<boolean> =>
  (await factors(db).where({ agent_id: agentId }).first('id')) !== undefined;

/** False when this key is somebody's already, the same agent's too. */
export const insertFactor = async (db: Db, row: FactorRow): Promise<boolean> => {
  const rows = await factors(db).insert(row).onConflict('credential_id').ignore().returning('id');
  return rows.length > 0;
};

export const findFactor = (db: Db, which: { id: string; agentId: string }): Promise<FactorRow | undefined> =>
  factors(db).where({ id: which.id, agent_id: which.agentId }).first();

/** False when another request removed it first. */
export const deleteFactor = async (db: Db, id: string): Promise<boolean> =>
  (await factors(db).where({ id }).delete()) > 0;

/** Takes a time step of an app: of two requests with one code, one gets it; older steps are gone as well. */
export const takeStep = async (
  db: Db,
  which: { id: string; step: number; now: string },
): Promise<boolean> => {
  const rows = await factors(db)
    .where({ id: which.id })
    .where('last_step', '<', which.step)
    .update({ last_step: which.step, last_used_at: which.now })
    .returning('id');
  return rows.length > 0;
};

/** A key that counts must have counted on; one that does not says 0 for ever (WebAuthn 3, 6.1.1). */
export const takeCounter = async (
  db: Db,
  which: { id: string; counter: number; now: string },
): Promise<boolean> => {
  const rows = await factors(db)
    .where({ id: which.id })
    .where((counts) => {
      void counts.where('counter', '<', which.counter);
      if (which.counter === 0) void counts.orWhere('counter', 0);
    })
    .update({ counter: which.counter, last_used_at: which.now })
    .returning('id');
  return rows.length > 0;
};

export const insertRecoveryCodes = async (db: Db, agentId: string, digests: string[]): Promise<void> => {
  await codes(db).insert(digests.map((digest) => ({ digest, agent_id: agentId, used_at: null })));
};

/** False when it was used before, or is none of theirs. */
export const takeRecoveryCode = async (
  db: Db,
  which: { agentId: string; digest: string; now: string },
): Promise<boolean> => {
  const rows = await codes(db)
    .where({ digest: which.digest, agent_id: which.agentId })
    .whereNull('used_at')
    .update({ used_at: which.now })
    .returning('digest');
  return rows.length > 0;
};

export const countRecoveryCodes = async (db: Db, agentId: string): Promise<number> => {
  const row = await codes(db).where({ agent_id: agentId }).whereNull('used_at').count({ n: '*' }).first();
  return Number((row as { n: number | string } | undefined)?.n ?? 0);
};

export const deleteRecoveryCodes = async (db: Db, agentId: string): Promise<void> => {
  await codes(db).where({ agent_id: agentId }).delete();
};

/** How many there were. */
export const deleteFactorsOf = async (db: Db, agentId: string): Promise<number> => {
  await deleteRecoveryCodes(db, agentId);
  return factors(db).where({ agent_id: agentId }).delete();
};

/** The name that an agent signs in with, and whether a password goes with it. */
export const findSignIn = async (db: Db, agentId: string) => {
  const row = await db<{ id: string; username: string; password_hash: string }>('agents')
    .where({ id: agentId })
    .first('username', 'password_hash');
  return { username: row?.username ?? '', hasPassword: Boolean(row?.password_hash) };
};

export const toFactor = (row: FactorRow): Factor => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
});
