import type { Knex } from 'knex';

export const up = async (knex: Knex): Promise<void> => {
  await knex.schema.alterTable('agents', (table) => {
    // Since when a new password is due before anything else; null: none is.
    table.text('password_due_since');
    // 'beginner' or 'senior'; null: neither.
    table.text('experience');
    table.text('last_signed_in_at');
    // When somebody last said that the rights are right: by whom, or null for whoever made the account.
    table.text('rights_reviewed_at');
    table.text('rights_reviewed_by');
    // When supervisors were told that this is long ago.
    table.text('rights_told_at');
  });
  await knex('agents').update({ rights_reviewed_at: knex.ref('created_at') });
  await knex.schema.alterTable('sites', (table) => {
    // ["192.0.2.0/24", …]: where its agents' sessions may be; null: anywhere.
    table.text('networks');
    // { looksPerHour, looksPerDay, waysInPerHour, waysInPerDay }, each a number or null.
    table.text('caps');
    // 1 where nothing masked may be shown whole.
    table.integer('no_unmasking');
    table.integer('version');
  });
  await knex('sites').update({ version: 1 });
  // What an agent of a site with caps has done in an hour or a day.
  await knex.schema.createTable('agent_tallies', (table) => {
    table.text('agent_id').notNullable();
    // 'looks' or 'ways-in', with 'hour' or 'day'.
    table.text('what').notNullable();
    table.text('began_at').notNullable();
    table.integer('count').notNullable();
    table.primary(['agent_id', 'what', 'began_at']);
    table.index(['began_at']);
  });
  // The one way to a first password: used once, known to nobody but who was given it.
  await knex.schema.createTable('agent_invitations', (table) => {
    table.text('agent_id').primary().references('id').inTable('agents');
    table.text('token_digest').notNullable().unique();
    table.text('made_at').notNullable();
    table.text('expires_at').notNullable();
  });
  // Files of accounts, read and not yet applied; their lines go when they are, or after a day.
  await knex.schema.createTable('agent_files', (table) => {
    table.text('id').primary();
    table.text('sent_by').notNullable();
    table.text('sent_at').notNullable().index();
    table.text('state').notNullable();
    table.text('lines').notNullable();
    table.integer('version').notNullable();
  });
};

export const down = async (knex: Knex): Promise<void> => {
  for (const table of ['agent_files', 'agent_invitations', 'agent_tallies']) {
    await knex.schema.dropTable(table);
  }
  await knex.schema.alterTable('sites', (table) =>
    table.dropColumns('networks', 'caps', 'no_unmasking', 'version'),
  );
  await knex.schema.alterTable('agents', (table) =>
    table.dropColumns(
      'password_due_since',
      'experience',
      'last_signed_in_at',
      'rights_reviewed_at',
      'rights_reviewed_by',
      'rights_told_at',
    ),
  );
};
