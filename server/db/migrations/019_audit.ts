import type { Knex } from 'knex';

export const up = async (knex: Knex): Promise<void> => {
  // Which files beside the database keep the chain's heads, and up to which row they are known to do so.
  await knex.schema.createTable('audit_heads_files', (table) => {
    table.text('id').primary();
    table.bigInteger('kept_seq').notNullable();
    table.text('begun_at').notNullable();
    table.text('mac').notNullable();
  });
  // Whoever reads the audit looks for a call by the reference that its list shows.
  await knex.schema.alterTable('calls', (table) => {
    table.index(['reference'], 'calls_by_reference', { predicate: knex.whereNotNull('reference') });
  });
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.schema.alterTable('calls', (table) => table.dropIndex(['reference'], 'calls_by_reference'));
  await knex.schema.dropTable('audit_heads_files');
};
