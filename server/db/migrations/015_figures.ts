import type { Knex } from 'knex';

export const up = async (knex: Knex): Promise<void> => {
  // What the desk did on each Paris day; no agent. Each thing is counted three times, so that a year of all sites is
  // as few rows as a year of one team: for all of the organisation, for its site, and for its team there.
  await knex.schema.createTable('figure_days', (table) => {
    table.text('organisation_id').notNullable();
    // 'all', 'site' or 'team'.
    table.text('level').notNullable();
    // The empty text stands for none, and for all.
    table.text('site_id').notNullable();
    table.text('team').notNullable();
    table.text('day').notNullable();
    table.text('measure').notNullable();
    table.bigInteger('n').notNullable();
    // Seconds, of measures that last; a mean is sum / n, which adds up over days and sites.
    table.bigInteger('sum').notNullable();
    table.primary(['organisation_id', 'level', 'site_id', 'team', 'day', 'measure']);
  });

  // What the follower remembers of a call until no other can repeat it.
  await knex.schema.createTable('figure_calls', (table) => {
    table.text('call_id').primary();
    table.text('organisation_id');
    table.text('member_id');
    table.text('site_id').notNullable();
    table.text('team').notNullable();
    table.text('channel').notNullable();
    table.text('opened_at').notNullable();
    table.text('last_at').notNullable();
    // The first of the calls that this one goes on with; its own id otherwise.
    table.text('root_id').notNullable();
    table.text('outcome').notNullable();
    table.integer('unblocks').notNullable();
    table.integer('sms').notNullable();
    table.integer('emails').notNullable();
    table.integer('counted').notNullable();
    // 1: nobody had called about this member in the week before; `followed`: somebody did in the week after.
    table.integer('is_first').notNullable();
    table.integer('followed').notNullable();
    table.index(['member_id', 'opened_at']);
    table.index(['last_at']);
  });
  // A lot whose deposit is counted: declared again, it is not counted again.
  await knex.schema.createTable('figure_lots', (table) => {
    table.text('lot_id').primary();
  });
  // Where an agent worked from which place of the chain on: kept when the tallies are counted again.
  await knex.schema.createTable('figure_places', (table) => {
    table.text('agent_id').notNullable();
    table.bigInteger('seq').notNullable();
    table.text('site_id').notNullable();
    table.text('team').notNullable();
    table.primary(['agent_id', 'seq']);
  });
  // Accounts that are open, once a day: millions are not counted while somebody waits for a page.
  await knex.schema.createTable('figure_accounts', (table) => {
    table.text('organisation_id').notNullable();
    table.text('day').notNullable();
    table.bigInteger('accounts').notNullable();
    table.primary(['organisation_id', 'day']);
  });
  await knex.schema.createTable('figure_state', (table) => {
    table.integer('id').primary();
    // The moment of the last event that was counted.
    table.text('counted_until');
    // Days up to this one are not counted again: what they were counted from has been removed.
    table.text('frozen_until');
  });
  await knex('figure_state').insert({ id: 1, counted_until: null, frozen_until: null });
};

export const down = async (knex: Knex): Promise<void> => {
  for (const table of ['state', 'accounts', 'places', 'lots', 'calls', 'days'])
    await knex.schema.dropTable(`figure_${table}`);
};
