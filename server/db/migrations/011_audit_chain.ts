import type { Knex } from 'knex';

export const up = async (knex: Knex): Promise<void> => {
  // Where the chain was found broken it goes on in a new segment; the first one, from row 1, has no row here.
  await knex.schema.createTable('audit_segments', (table) => {
    table.integer('number').primary();
    table.bigInteger('from_seq').notNullable();
    // What the head said when the break was found.
    table.text('previous_hash').notNullable();
    table.text('why').notNullable();
    table.bigInteger('broken_at').notNullable();
    table.text('opened_at').notNullable();
    table.text('signature').notNullable();
  });
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.schema.dropTable('audit_segments');
};
