import type { Knex } from 'knex';

export const up = async (knex: Knex): Promise<void> => {
  // How far each reader of the chain (reviews, figures) has come: what it makes of a row is committed with this.
  await knex.schema.createTable('audit_followers', (table) => {
    table.text('name').primary();
    table.bigInteger('seq').notNullable();
  });
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.schema.dropTable('audit_followers');
};
