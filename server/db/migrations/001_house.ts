import type { Knex } from 'knex';

export const up = async (knex: Knex): Promise<void> => {
  await knex.schema.createTable('audit_events', (table) => {
    table.bigInteger('seq').primary();
    table.text('id').notNullable().unique();
    table.text('at').notNullable();
    table.text('type').notNullable();
    table.text('result').notNullable();
    table.text('organisation_id');
    table.text('actor_kind').notNullable();
    table.text('actor_id');
    table.text('member_id');
    table.text('call_id');
    // The bytes that were bound; removed when retention ends, while payload_digest and hash stay.
    table.text('payload');
    table.text('payload_digest').notNullable();
    table.text('hash').notNullable();
    table.index(['member_id', 'seq']);
    table.index(['actor_id', 'seq']);
    table.index(['organisation_id', 'seq']);
    table.index(['type', 'seq']);
    table.index(['call_id', 'seq']);
    table.index(['at']);
  });
  // One row. Updating it first makes every append wait for the one before it, on both engines.
  await knex.schema.createTable('audit_head', (table) => {
    table.integer('id').primary();
    table.bigInteger('seq').notNullable();
    table.text('hash').notNullable();
  });
  await knex('audit_head').insert({ id: 1, seq: 0, hash: '' });

  await knex.schema.createTable('agents', (table) => {
    table.text('id').primary();
    table.text('username').notNullable().unique();
    table.text('name').notNullable();
    table.text('role').notNullable();
    table.text('password_hash').notNullable();
    table.text('created_at').notNullable();
    table.text('closed_at');
    table.integer('version').notNullable();
  });
  await knex.schema.createTable('agent_organisations', (table) => {
    table.text('agent_id').notNullable().references('id').inTable('agents');
    table.text('organisation_id').notNullable();
    table.primary(['agent_id', 'organisation_id']);
  });
  await knex.schema.createTable('agent_sessions', (table) => {
    table.text('id').primary();
    table.text('agent_id').notNullable().references('id').inTable('agents');
    table.text('signed_in_at').notNullable();
    table.text('last_seen_at').notNullable();
    table.text('password_at').notNullable();
    table.index(['agent_id']);
  });
  // The shape connect-session-knex expects; its own table creation is switched off.
  await knex.schema.createTable('sessions', (table) => {
    table.string('sid').primary();
    table.json('sess').notNullable();
    table.timestamp('expired', { useTz: true }).notNullable().index();
  });

  await knex.schema.createTable('attempt_counters', (table) => {
    table.text('id').primary();
    // What stands is tries - forgiven; tries only ever rises.
    table.integer('tries').notNullable();
    table.integer('forgiven').notNullable();
    table.text('first_at').notNullable();
    table.text('last_at').notNullable();
    table.text('not_before').notNullable();
    table.text('locked_at');
    // Swept after this moment: identifiers that nobody has, and what counts for a day.
    table.text('keep_until').index();
    table.text('account_id').index();
  });
  // Numbers that people read aloud (lots): one row a name, raised by one update.
  await knex.schema.createTable('sequences', (table) => {
    table.text('name').primary();
    table.integer('last').notNullable();
  });
  await knex('sequences').insert({ name: 'lots', last: 0 });
  await knex.schema.createTable('idempotency_keys', (table) => {
    table.text('id').primary();
    table.text('request_digest').notNullable();
    table.text('response');
    table.text('created_at').notNullable().index();
  });
};

export const down = async (knex: Knex): Promise<void> => {
  for (const table of [
    'idempotency_keys',
    'sequences',
    'attempt_counters',
    'sessions',
    'agent_sessions',
    'agent_organisations',
    'agents',
    'audit_head',
    'audit_events',
  ]) {
    await knex.schema.dropTable(table);
  }
};
