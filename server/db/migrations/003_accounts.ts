import type { Knex } from 'knex';

export const up = async (knex: Knex): Promise<void> => {
  await knex.schema.createTable('accounts', (table) => {
    table.text('id').primary();
    table.text('organisation_id').notNullable();
    // Whose birth date and name are the account's; account_holders names every row that leads to it.
    table.text('member_id').notNullable().references('id').inTable('members');
    table.text('password_hash');
    table.text('password_set_at');
    table.text('first_code_digest');
    table.text('temporary_salt').notNullable();
    table.text('frozen_at');
    table.text('frozen_why');
    table.text('first_signed_in_at');
    table.text('last_signed_in_at');
    table.text('created_at').notNullable();
    table.integer('version').notNullable();
    table.unique(['member_id']);
  });
  // Of two holders with one NIR and one birth date, both lead to one account.
  await knex.schema.createTable('account_holders', (table) => {
    table.text('member_id').primary().references('id').inTable('members');
    table.text('account_id').notNullable().references('id').inTable('accounts').index();
  });
  await knex.schema.createTable('account_identifiers', (table) => {
    table.text('organisation_id').notNullable();
    // Keyed digest of the canonical identifier, so that no NIR stands here (and unknown ones look alike).
    table.text('identifier_index').notNullable();
    table.text('kind').notNullable();
    table.text('account_id').notNullable().references('id').inTable('accounts');
    table.primary(['organisation_id', 'identifier_index']);
    table.index(['account_id']);
  });

  await knex.schema.createTable('credentials', (table) => {
    table.text('id').primary();
    table.text('account_id').notNullable().references('id').inTable('accounts');
    table.text('organisation_id').notNullable();
    table.text('kind').notNullable();
    table.text('channel').notNullable();
    table.text('hash').notNullable();
    // printed (not yet valid) → live → dead, with the reason of its death.
    table.text('state').notNullable();
    table.text('ended_as');
    table.text('letter_id');
    table.text('lot_id');
    table.integer('attempt');
    table.text('created_at').notNullable();
    table.text('activated_at');
    table.text('valid_until').notNullable();
    table.text('ended_at');
    table.index(['account_id', 'state']);
    table.index(['letter_id']);
    table.index(['lot_id', 'attempt']);
  });

  await knex.schema.createTable('portal_sessions', (table) => {
    table.text('id').primary();
    table.text('account_id').notNullable().references('id').inTable('accounts');
    table.text('organisation_id').notNullable();
    // Only choosing a new password is possible; holds the credential that opened it.
    table.integer('change_only').notNullable();
    table.text('credential_id');
    table.text('opened_at').notNullable();
    table.text('last_seen_at').notNullable();
    table.text('ends_at').notNullable();
    table.index(['account_id']);
    table.index(['ends_at']);
  });

  await knex.schema.createTable('unblocks', (table) => {
    table.text('id').primary();
    table.text('account_id').notNullable().references('id').inTable('accounts');
    table.text('at').notNullable();
    table.text('call_id');
    table.index(['account_id', 'at']);
  });
};

export const down = async (knex: Knex): Promise<void> => {
  for (const table of [
    'unblocks',
    'portal_sessions',
    'credentials',
    'account_identifiers',
    'account_holders',
    'accounts',
  ]) {
    await knex.schema.dropTable(table);
  }
};
