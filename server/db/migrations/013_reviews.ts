import type { Knex } from 'knex';

export const up = async (knex: Knex): Promise<void> => {
  // What a supervisor looks at again: a member's case, an agent's day, a lot, or a cause that several agents share.
  await knex.schema.createTable('reviews', (table) => {
    table.text('id').primary();
    // Null where what happened belongs to no organisation: searches and refusals of an agent of several.
    table.text('organisation_id');
    table.text('kind').notNullable();
    // What belongs together, and the same while the item still grows: unique, null once it was decided.
    table.text('cluster').notNullable();
    table.text('open_cluster').unique();
    table.text('agent_id');
    table.text('member_id');
    table.text('lot_id');
    table.text('day').notNullable();
    table.integer('score').notNullable();
    table.integer('acts').notNullable();
    table.text('folded_into').references('id').inTable('reviews');
    table.text('first_at').notNullable();
    table.text('last_at').notNullable();
    table.text('verdict');
    table.text('word');
    table.text('decided_by');
    table.text('decided_at');
    table.integer('version').notNullable();
    table.index(['organisation_id', 'verdict', 'score']);
    table.index(['cluster']);
    table.index(['agent_id', 'decided_at']);
    table.index(['folded_into']);
  });
  await knex.schema.createTable('review_signals', (table) => {
    table.text('review_id').notNullable().references('id').inTable('reviews');
    table.text('signal').notNullable();
    // What several agents would share if it had one cause: a site, a rule; '' where the signal is all.
    table.text('cause').notNullable();
    table.integer('measure').notNullable();
    table.text('day').notNullable();
    table.text('folded_into').references('id').inTable('reviews');
    table.primary(['review_id', 'signal', 'cause']);
    table.index(['signal', 'day', 'cause']);
  });
  // The rows of the chain it is about; without what they say.
  await knex.schema.createTable('review_acts', (table) => {
    table.text('review_id').notNullable().references('id').inTable('reviews');
    table.bigInteger('seq').notNullable();
    table.text('at').notNullable();
    table.text('type').notNullable();
    table.text('actor_id');
    table.text('member_id');
    table.text('call_id');
    table.primary(['review_id', 'seq']);
  });
  await knex.schema.createTable('review_undos', (table) => {
    table.text('id').primary();
    table.text('review_id').notNullable().references('id').inTable('reviews');
    table.text('act').notNullable();
    table.text('member_id').notNullable();
    table.text('done_by').notNullable();
    table.text('done_at').notNullable();
    table.index(['review_id']);
  });
  // The highest measure of each signal for each subject and day, whether it fired or not: what a threshold costs.
  await knex.schema.createTable('review_measures', (table) => {
    table.text('signal').notNullable();
    table.text('organisation_id').notNullable();
    table.text('subject').notNullable();
    table.text('agent_id');
    table.text('day').notNullable();
    table.integer('peak').notNullable();
    table.primary(['signal', 'organisation_id', 'subject', 'day']);
    table.index(['day']);
  });
  await knex.schema.createTable('review_days', (table) => {
    table.text('organisation_id').notNullable();
    table.text('day').notNullable();
    table.integer('acts').notNullable();
    table.primary(['organisation_id', 'day']);
  });
};

export const down = async (knex: Knex): Promise<void> => {
  for (const table of [
    'review_days',
    'review_measures',
    'review_undos',
    'review_acts',
    'review_signals',
    'reviews',
  ]) {
    await knex.schema.dropTable(table);
  }
};
