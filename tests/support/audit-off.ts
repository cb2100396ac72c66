import type { Engine } from './databases.ts';
import type { TestServer } from './server.ts';

/** From here no row can be added to the audit. */
export const breakAudit = async ({ house }: TestServer, engine: Engine): Promise<void> => {
  if (engine === 'sqlite') {
    await house.pool.raw(
      "create trigger no_audit before insert on audit_events begin select raise(abort, 'unwritable'); end",
    );
    return;
  }
  await house.pool.raw(
    "create function no_audit() returns trigger language plpgsql as $$ begin raise exception 'unwritable'; end $$",
  );
  await house.pool.raw(
    'create trigger no_audit before insert on audit_events for each row execute function no_audit()',
  );
};

// An answer to the anti-robot step is spent by being shown, like a session by being used.
const sessions = ['sessions', 'agent_sessions', 'used_challenges'];

/** Every row of every table but sessions. */
export const dump = async ({ house }: TestServer, engine: Engine): Promise<Record<string, unknown[]>> => {
  const found: Record<string, unknown[]> = {};
  for (const table of await tablesOf(house.pool, engine)) {
    if (sessions.includes(table)) continue;
    const rows = (await house.pool(table).select('*')) as { state?: string }[];
    // A file that is being read is staged, which needs no row of the audit; its next reader ends it (DOMAIN).
    found[table] = table === 'imports' ? rows.filter(({ state }) => state !== 'reading') : rows;
  }
  return found;
};

const tablesOf = async (pool: TestServer['house']['pool'], engine: Engine): Promise<string[]> => {
  const rows = (await (engine === 'sqlite'
    ? pool('sqlite_master').where({ type: 'table' }).select('name')
    : pool('pg_tables').where({ schemaname: 'public' }).select('tablename as name'))) as { name: string }[];
  return rows.map(({ name }) => name).filter((name) => !/^(knex_|sqlite_)/.test(name));
};
