import type { Knex } from 'knex';

export const up = async (knex: Knex): Promise<void> => {
  await knex.schema.createTable('incidents', (table) => {
    table.text('id').primary();
    table.text('kind').notNullable();
    table.text('state').notNullable();
    table.text('began_at').notNullable();
    // From here the CNIL's 72 hours run.
    table.text('known_at').notNullable();
    table.text('notified_at');
    // What every desk concerned reads on top of its screens; null while there is nothing to tell callers.
    table.text('banner_text');
    // JSON: from what the people touched are counted.
    table.text('criteria');
    table.text('opened_by').notNullable();
    table.text('opened_at').notNullable();
    table.text('closed_by');
    table.text('closed_at');
    table.integer('version').notNullable();
    table.index(['state', 'opened_at']);
  });
  await knex.schema.createTable('incident_organisations', (table) => {
    table.text('incident_id').notNullable().references('id').inTable('incidents');
    table.text('organisation_id').notNullable();
    table.primary(['incident_id', 'organisation_id']);
    table.index(['organisation_id']);
  });

  // What is done to many accounts at once, asked by one person and approved by another.
  await knex.schema.createTable('bulk_requests', (table) => {
    table.text('id').primary();
    table.text('kind').notNullable();
    table.text('incident_id').references('id').inTable('incidents');
    // JSON, as it was asked; whom it is about stands in bulk_targets from then on.
    table.text('criteria').notNullable();
    table.integer('with_letters').notNullable();
    table.integer('targets').notNullable();
    // JSON: what was counted when it was asked, as the second person sees it.
    table.text('counted').notNullable();
    table.text('asked_by').notNullable();
    table.text('asked_at').notNullable();
    table.text('expires_at').notNullable();
    table.text('decided_by');
    table.text('decided_at');
    // waiting → running → done; or refused, withdrawn, expired.
    table.text('state').notNullable();
    // What it is about while it waits or runs, null afterwards: unique, so that it is asked for once.
    table.text('open_key').unique();
    // The last target that is done: moved by each batch, in its own transaction.
    table.integer('done_place').notNullable();
    table.integer('hit').notNullable();
    table.integer('secrets').notNullable();
    table.integer('letters').notNullable();
    table.text('finished_at');
    table.integer('version').notNullable();
    table.index(['state', 'expires_at']);
    table.index(['incident_id']);
  });
  await knex.schema.createTable('bulk_organisations', (table) => {
    table.text('request_id').notNullable().references('id').inTable('bulk_requests');
    table.text('organisation_id').notNullable();
    table.primary(['request_id', 'organisation_id']);
  });
  await knex.schema.createTable('bulk_targets', (table) => {
    table.text('request_id').notNullable().references('id').inTable('bulk_requests');
    table.integer('place').notNullable();
    table.text('organisation_id').notNullable();
    table.text('account_id').notNullable();
    table.text('member_id').notNullable();
    table.text('lock_id');
    table.primary(['request_id', 'place']);
  });

  // Each lock with what brought it about: a mass lock is seen by its cause, and undone by it.
  await knex.schema.createTable('account_locks', (table) => {
    table.text('id').primary();
    table.text('organisation_id').notNullable();
    // Null for an identifier that nobody has: the same statement, so that it takes the same time.
    table.text('account_id');
    table.text('member_id');
    table.text('counter_id').notNullable();
    // What the counter had forgiven when it locked: it moves with whatever lifts this lock.
    table.integer('forgiven').notNullable();
    table.text('locked_at').notNullable();
    // A portal client's id, or 'pages'.
    table.text('via').notNullable();
    table.text('secret').notNullable();
    table.text('block').notNullable();
    table.index(['organisation_id', 'locked_at']);
    table.index(['locked_at']);
  });
};

export const down = async (knex: Knex): Promise<void> => {
  for (const table of [
    'account_locks',
    'bulk_targets',
    'bulk_organisations',
    'bulk_requests',
    'incident_organisations',
    'incidents',
  ]) {
    await knex.schema.dropTable(table);
  }
};
