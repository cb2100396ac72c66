import type { Knex } from 'knex';

export const up = async (knex: Knex): Promise<void> => {
  // What an agent proves who they are with beside their password: an authenticator app or a security key.
  await knex.schema.createTable('agent_factors', (table) => {
    table.text('id').primary();
    table.text('agent_id').notNullable().references('id').inTable('agents');
    table.text('kind').notNullable();
    table.text('name').notNullable();
    // Of an app: its secret, sealed, and the last time step that a code was used of.
    table.text('sealed');
    table.bigInteger('last_step').notNullable();
    // Of a key: what it is known by, its public half, how often it has signed as far as it counts.
    table.text('credential_id').unique();
    table.text('public_key');
    table.text('transports');
    table.bigInteger('counter').notNullable();
    table.text('created_at').notNullable();
    table.text('last_used_at');
    table.index(['agent_id']);
  });
  await knex.schema.createTable('agent_recovery_codes', (table) => {
    table.text('digest').primary();
    table.text('agent_id').notNullable().references('id').inTable('agents');
    table.text('used_at');
    table.index(['agent_id']);
  });
  // What must come back once, soon, to whoever was asked: challenges of keys, secrets not yet confirmed, ways through
  // single sign-on. Of a stolen table nothing opens: ids are digests, contents sealed.
  await knex.schema.createTable('agent_challenges', (table) => {
    table.text('id').primary();
    table.text('purpose').notNullable();
    // Both empty while nobody is known yet.
    table.text('agent_id').notNullable();
    table.text('session_id').notNullable();
    table.text('sealed');
    table.text('ends_at').notNullable().index();
    table.index(['agent_id']);
  });
  // Whom an identity provider's subject is at the desk.
  await knex.schema.createTable('agent_identities', (table) => {
    table.text('issuer').notNullable();
    table.text('subject_digest').notNullable();
    table.text('agent_id').notNullable().unique().references('id').inTable('agents');
    table.text('linked_at').notNullable();
    table.primary(['issuer', 'subject_digest']);
  });
  // Accounts that an administrator lets be linked by their username, once.
  await knex.schema.createTable('agent_link_permits', (table) => {
    table.text('agent_id').primary().references('id').inTable('agents');
    table.text('permitted_by').notNullable();
    table.text('permitted_at').notNullable();
  });
};

const tables = [
  'agent_link_permits',
  'agent_identities',
  'agent_challenges',
  'agent_recovery_codes',
  'agent_factors',
];

export const down = async (knex: Knex): Promise<void> => {
  for (const table of tables) await knex.schema.dropTable(table);
};
