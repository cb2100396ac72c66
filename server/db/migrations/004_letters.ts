import type { Knex } from 'knex';
import { dialectOf } from '../dialect.ts';

export const up = async (knex: Knex): Promise<void> => {
  const { sortableText } = dialectOf(knex);

  await knex.schema.createTable('lots', (table) => {
    table.text('id').primary();
    table.integer('number').notNullable().unique();
    table.text('organisation_id').notNullable();
    table.text('product').notNullable();
    table.text('state').notNullable();
    table.integer('letters').notNullable();
    // The most urgent of its letters when it was made: what the print room sorts by.
    table.text('latest_posting_at').notNullable();
    // The earliest of its letters: long past it, posting is a supervisor's decision.
    table.text('planned_posting_on').notNullable();
    table.text('made_by').notNullable();
    table.text('made_at').notNullable();
    table.text('released_by');
    table.text('released_at');
    // Raised by each claim: a worker that wakes up late finds another number and cannot write.
    table.integer('attempt').notNullable();
    table.text('lease_until');
    table.text('printed_at');
    table.integer('printed').notNullable();
    table.integer('refused').notNullable();
    table.integer('spoiled').notNullable();
    table.text('counted_by');
    table.text('counted_at');
    table.text('deposited_by');
    table.text('deposited_at');
    table.text('declared_at');
    table.integer('version').notNullable();
    table.index(['organisation_id', 'state']);
    table.index(['state']);
  });
  // Letters that a maker released alone, a row for each day: raised by one conditional update, so that the
  // day's limit holds however many releases arrive at once.
  await knex.schema.createTable('maker_releases', (table) => {
    table.text('agent_id').notNullable();
    table.text('day').notNullable();
    table.integer('letters').notNullable();
    table.primary(['agent_id', 'day']);
  });

  await knex.schema.createTable('letters', (table) => {
    table.text('id').primary();
    table.text('reference').notNullable().unique();
    table.text('organisation_id').notNullable();
    table.text('member_id').notNullable().references('id').inTable('members');
    table.text('account_id').notNullable().references('id').inTable('accounts');
    table.text('call_id');
    table.text('asked_by').notNullable();
    table.text('reason').notNullable();
    table.text('asked_at').notNullable();
    table.text('civility');
    table.text('address_lines').notNullable();
    table.specificType('postcode', sortableText).notNullable();
    table.text('town').notNullable();
    table.text('zone').notNullable();
    table.text('language').notNullable();
    table.integer('large_print').notNullable();
    table.text('product').notNullable();
    table.text('planned_posting_on').notNullable();
    table.text('latest_posting_at').notNullable();
    table.text('earliest_arrival_on').notNullable();
    table.text('latest_arrival_on').notNullable();
    table.text('announced_on').notNullable();
    table.text('promised_on');
    table.text('limit_on').notNullable();
    table.text('valid_until').notNullable();
    table.text('state').notNullable();
    table.text('state_at').notNullable();
    table.text('problem');
    table.text('lot_id').references('id').inTable('lots');
    table.integer('sheet');
    // The attempt that put it on paper: what is counted, also when the letter has ended meanwhile.
    table.integer('printed_attempt');
    table.text('replaces_id');
    table.integer('version').notNullable();
    table.index(['organisation_id', 'state', 'latest_posting_at']);
    table.index(['member_id', 'asked_at']);
    table.index(['account_id', 'state']);
    table.index(['lot_id', 'sheet']);
  });
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.schema.dropTable('letters');
  await knex.schema.dropTable('maker_releases');
  await knex.schema.dropTable('lots');
};
