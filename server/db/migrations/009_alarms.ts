import type { Knex } from 'knex';

export const up = async (knex: Knex): Promise<void> => {
  await knex.schema.alterTable('agents', (table) => {
    // Where alarms are told; nothing about members ever goes there.
    table.text('email');
  });

  // The letter to ourselves in the first lot of each week: a row for each organisation and ISO week.
  await knex.schema.createTable('test_letters', (table) => {
    table.text('organisation_id').notNullable();
    // '2026-W48'.
    table.text('week').notNullable();
    table.text('letter_id').notNullable();
    table.text('acknowledged_at');
    table.primary(['organisation_id', 'week']);
    table.index(['letter_id']);
  });
  // Whom test letters go to: a member and an account that stand outside every organisation's reach.
  await knex.schema.createTable('test_addressees', (table) => {
    table.text('organisation_id').primary();
    table.text('member_id').notNullable();
    table.text('account_id').notNullable();
  });

  // Something that was promised is late, and still is until it is cleared.
  await knex.schema.createTable('alarms', (table) => {
    table.text('id').primary();
    table.text('organisation_id').notNullable();
    table.text('kind').notNullable();
    // A lot, a day, a week: what it is about, without a person.
    table.text('subject').notNullable();
    // The same kind and subject while it stands, null once cleared: unique, so that it stands once.
    table.text('open_key').unique();
    table.integer('count').notNullable();
    table.text('raised_at').notNullable();
    table.text('told_at');
    table.text('cleared_at');
    table.index(['organisation_id', 'cleared_at', 'raised_at']);
  });
  // Who was told of it by e-mail: each supervisor once, however many servers look.
  await knex.schema.createTable('alarm_tellings', (table) => {
    table.text('alarm_id').notNullable().references('id').inTable('alarms');
    table.text('agent_id').notNullable();
    table.text('lease_until').notNullable();
    // What the mail server said, once it said something for good: accepted, unknown, refused.
    table.text('outcome');
    table.text('settled_at');
    table.primary(['alarm_id', 'agent_id']);
  });
};

export const down = async (knex: Knex): Promise<void> => {
  for (const table of ['alarm_tellings', 'alarms', 'test_addressees', 'test_letters']) {
    await knex.schema.dropTable(table);
  }
  await knex.schema.alterTable('agents', (table) => table.dropColumn('email'));
};
