import type { Knex } from 'knex';

export const up = async (knex: Knex): Promise<void> => {
  await knex.schema.alterTable('reviews', (table) => {
    // What the agent answered to « à expliquer », once.
    table.text('answer');
    table.text('answered_at');
    // When retention took its words and ids away; what it counts stays.
    table.text('forgotten_at');
    table.index(['forgotten_at', 'decided_at']);
  });
  // What a cause stands for, asked at every list and verdict.
  await knex.schema.alterTable('review_signals', (table) => table.index(['folded_into']));
  await knex.schema.alterTable('alerts', (table) => {
    // When what it was about came to an end by itself; null: it did not, or nothing ends it.
    table.text('ended_at');
  });
  await knex.schema.alterTable('bulk_requests', (table) => {
    // Why it was asked for, in the words of whoever asked.
    table.text('why');
  });
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.schema.alterTable('bulk_requests', (table) => table.dropColumn('why'));
  await knex.schema.alterTable('alerts', (table) => table.dropColumn('ended_at'));
  await knex.schema.alterTable('review_signals', (table) => table.dropIndex(['folded_into']));
  await knex.schema.alterTable('reviews', (table) => {
    table.dropIndex(['forgotten_at', 'decided_at']);
    table.dropColumns('answer', 'answered_at', 'forgotten_at');
  });
};
