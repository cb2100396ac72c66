import type { Knex } from 'knex';

export const up = async (knex: Knex): Promise<void> => {
  // What is to be told, never the secret it will carry: that one is made by the worker that sends it.
  await knex.schema.createTable('messages', (table) => {
    table.text('id').primary();
    table.text('organisation_id').notNullable();
    table.text('member_id').notNullable().references('id').inTable('members');
    table.text('account_id').references('id').inTable('accounts');
    table.text('call_id');
    table.text('recovery_id');
    table.text('asked_by').notNullable();
    table.text('channel').notNullable();
    table.text('template').notNullable();
    table.text('purpose');
    table.text('language').notNullable();
    // Sealed as it stood when the message was asked for; emptied once the message has ended.
    table.text('destination_sealed');
    table.text('destination_index').notNullable();
    table.text('masked').notNullable();
    table.text('params').notNullable();
    // waiting → sending → sent → delivered; or failed, or unknown until the gateway says.
    table.text('state').notNullable();
    table.text('state_at').notNullable();
    table.text('problem');
    table.integer('attempt').notNullable();
    table.text('lease_until');
    table.text('next_at').notNullable();
    table.text('too_late_at').notNullable();
    table.text('asked_at').notNullable();
    table.text('sent_at');
    table.text('gateway_reference');
    table.integer('version').notNullable();
    table.index(['state', 'next_at']);
    table.index(['member_id', 'asked_at']);
    table.index(['organisation_id', 'asked_at']);
    table.index(['gateway_reference']);
    table.index(['recovery_id']);
  });
  await knex.schema.alterTable('credentials', (table) => {
    table.text('purpose');
    table.text('recovery_id');
    table.text('message_id');
    table.index(['message_id']);
    table.index(['hash']);
    // One live code or link for each account and purpose, however many are asked for at once.
    table.unique(['account_id', 'kind', 'purpose'], {
      indexName: 'credentials_one_live',
      predicate: knex.whereRaw("state = 'live' and kind in ('link', 'code')"),
    });
  });

  // A member's way back in, as one browser walks it; the same row for an identifier that nobody has.
  await knex.schema.createTable('recoveries', (table) => {
    table.text('id').primary();
    table.text('organisation_id').notNullable();
    table.text('owner').notNullable();
    table.text('account_id');
    table.text('member_id');
    table.text('path').notNullable();
    table.integer('proved').notNullable();
    table.text('step').notNullable();
    table.text('channel');
    // What the worker is to send after the answer has gone; null when nothing is.
    table.text('to_send');
    table.text('to_send_at');
    table.text('lease_until');
    table.text('letter_id');
    // A letter was chosen, whoever this is; and it is to be called back, now that another channel was.
    table.integer('letter_asked').notNullable();
    table.integer('cancel_letter').notNullable();
    table.integer('code_tries').notNullable();
    table.text('language').notNullable();
    table.text('opened_at').notNullable();
    table.text('ends_at').notNullable().index();
    table.index(['to_send_at']);
  });
  await knex.schema.createTable('budgets', (table) => {
    table.text('id').primary();
    table.integer('used').notNullable();
    table.text('window_ends').notNullable().index();
  });

  // Facts that a member can prove, as keyed digests: what they are is in the organisation's file.
  await knex.schema.createTable('member_facts', (table) => {
    table.text('member_id').notNullable().references('id').inTable('members');
    table.text('organisation_id').notNullable();
    table.text('fact').notNullable();
    table.text('digest').notNullable();
    table.text('happened_on');
    // The file that named it last: a complete one takes away what it does not name.
    table.text('import_id');
    table.primary(['member_id', 'fact', 'digest']);
    table.index(['organisation_id', 'fact', 'digest']);
  });

  await knex.schema.alterTable('accounts', (table) => {
    table.text('terms_version');
    table.text('terms_accepted_at');
    table.text('contacts_confirmed_at');
  });
  await knex.schema.alterTable('portal_sessions', (table) => {
    // Which secret opened it: password, temporary, first-code, link, code, france-connect.
    table.text('opened_by');
  });
  // Confirmed through the old contact, a change waits 72 hours in place of 30 days (DOMAIN, "People").
  await knex.schema.createTable('contact_changes', (table) => {
    table.text('id').primary();
    table.text('organisation_id').notNullable();
    table.text('member_id').notNullable().references('id').inTable('members');
    table.text('kind').notNullable();
    table.text('old_sealed');
    // Keyed digest: a confirmation holds for this value alone.
    table.text('new_digest');
    table.text('changed_by').notNullable();
    table.text('changed_at').notNullable();
    table.text('confirmed_at');
    // Tries at the code that confirms it.
    table.integer('code_tries').notNullable();
    table.index(['member_id', 'kind', 'changed_at']);
    table.index(['organisation_id', 'changed_at']);
  });
  await knex.schema.createTable('federated_identities', (table) => {
    table.text('organisation_id').notNullable();
    table.text('issuer').notNullable();
    table.text('subject_digest').notNullable();
    table.text('account_id').notNullable().references('id').inTable('accounts').index();
    table.text('linked_at').notNullable();
    table.primary(['organisation_id', 'issuer', 'subject_digest']);
  });
  await knex.schema.createTable('federation_journeys', (table) => {
    table.text('id').primary();
    table.text('organisation_id').notNullable();
    table.text('sealed').notNullable();
    table.text('ends_at').notNullable().index();
  });
  // Answers to the anti-robot step, each good once.
  await knex.schema.createTable('used_challenges', (table) => {
    table.text('id').primary();
    table.text('ends_at').notNullable().index();
  });
  await knex.schema.createTable('portal_clients', (table) => {
    table.text('id').primary();
    table.text('organisation_id').notNullable();
    table.text('name').notNullable();
    table.text('key_digest').notNullable().unique();
    table.text('created_at').notNullable();
    table.text('revoked_at');
  });

  // What a supervisor must hear of; the same thing again raises its count until somebody has seen it.
  await knex.schema.createTable('alerts', (table) => {
    table.text('id').primary();
    table.text('organisation_id').notNullable();
    table.text('kind').notNullable();
    table.text('member_id');
    table.text('subject').notNullable();
    table.integer('times').notNullable();
    table.text('first_at').notNullable();
    table.text('last_at').notNullable();
    table.text('seen_at');
    table.text('seen_by');
    table.integer('version').notNullable();
    table.index(['organisation_id', 'last_at']);
    table.unique(['organisation_id', 'kind', 'subject'], {
      indexName: 'alerts_one_unseen',
      predicate: knex.whereRaw('seen_at is null'),
    });
  });
};

export const down = async (knex: Knex): Promise<void> => {
  for (const table of [
    'alerts',
    'portal_clients',
    'used_challenges',
    'federation_journeys',
    'federated_identities',
    'contact_changes',
    'member_facts',
    'budgets',
    'recoveries',
    'messages',
  ]) {
    await knex.schema.dropTable(table);
  }
  await knex.schema.alterTable('portal_sessions', (table) => table.dropColumn('opened_by'));
  await knex.schema.alterTable('accounts', (table) =>
    table.dropColumns('terms_version', 'terms_accepted_at', 'contacts_confirmed_at'),
  );
  await knex('credentials').whereNot({ kind: 'temporary' }).delete();
  await knex.schema.alterTable('credentials', (table) => {
    table.dropIndex(['account_id', 'kind', 'purpose'], 'credentials_one_live');
    table.dropIndex(['hash']);
    table.dropIndex(['message_id']);
    table.dropColumns('purpose', 'recovery_id', 'message_id');
  });
};
