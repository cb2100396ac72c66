import type { Knex } from 'knex';
import * as house from './migrations/001_house.ts';
import * as members from './migrations/002_members.ts';
import * as accounts from './migrations/003_accounts.ts';
import * as letters from './migrations/004_letters.ts';
import * as imports from './migrations/005_imports.ts';
import * as memberSide from './migrations/006_member_side.ts';
import * as callers from './migrations/007_callers.ts';
import * as printRoom from './migrations/008_print_room.ts';
import * as alarms from './migrations/009_alarms.ts';
import * as followers from './migrations/010_followers.ts';
import * as auditChain from './migrations/011_audit_chain.ts';
import * as reading from './migrations/012_reading.ts';
import * as reviews from './migrations/013_reviews.ts';
import * as incidents from './migrations/014_incidents.ts';
import * as figures from './migrations/015_figures.ts';
import * as agents from './migrations/016_agents.ts';
import * as factors from './migrations/017_factors.ts';
import * as reviewsAnswers from './migrations/018_reviews_answers.ts';
import * as audit from './migrations/019_audit.ts';

type Migration = { up: (knex: Knex) => Promise<void>; down: (knex: Knex) => Promise<void> };

/** In order, listed by hand: what is not here does not run. A merged migration never changes. */
const migrations: Record<string, Migration> = {
  '001_house': house,
  '002_members': members,
  '003_accounts': accounts,
  '004_letters': letters,
  '005_imports': imports,
  '006_member_side': memberSide,
  '007_callers': callers,
  '008_print_room': printRoom,
  '009_alarms': alarms,
  '010_followers': followers,
  '011_audit_chain': auditChain,
  '012_reading': reading,
  '013_reviews': reviews,
  '014_incidents': incidents,
  '015_figures': figures,
  '016_agents': agents,
  '017_factors': factors,
  '018_reviews_answers': reviewsAnswers,
  '019_audit': audit,
};

const migrationSource = {
  getMigrations: async () => Object.keys(migrations),
  getMigrationName: (name: string) => name,
  getMigration: async (name: string) => migrations[name] as Migration,
};

/** Brings the schema up to date; several servers may start at once, one migrates. */
export const migrate = (pool: Knex): Promise<unknown> => pool.migrate.latest({ migrationSource });

/** One step down, for tests and for an operator who must go back. */
export const rollBackOne = (pool: Knex): Promise<unknown> => pool.migrate.down({ migrationSource });

/** The names of migrations not yet run: `readyz` and `doctor` ask. */
export const pendingMigrations = async (pool: Knex): Promise<string[]> => {
  const [, pending] = (await pool.migrate.list({ migrationSource })) as [
    unknown,
    (string | { file: string })[],
  ];
  return pending.map((entry) => (typeof entry === 'string' ? entry : entry.file));
};
