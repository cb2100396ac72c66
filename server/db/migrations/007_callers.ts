import type { Knex } from 'knex';

export const up = async (knex: Knex): Promise<void> => {
  // Where agents work: hours as data, so that « 24 hours of desk time » can be counted.
  await knex.schema.createTable('sites', (table) => {
    table.text('id').primary();
    table.text('name').notNullable().unique();
    // [{ days, opens, closes }], as in an organisation's file.
    table.text('hours').notNullable();
    table.text('created_at').notNullable();
  });
  await knex.schema.alterTable('agents', (table) => {
    table.text('site_id');
    table.text('team');
  });
  // Accounts on which an agent never acts: their own and those of declared relatives, whole households.
  await knex.schema.createTable('agent_relatives', (table) => {
    table.text('agent_id').notNullable().references('id').inTable('agents');
    table.text('organisation_id').notNullable();
    table.text('member_number').notNullable();
    table.text('kind').notNullable();
    table.primary(['agent_id', 'organisation_id', 'member_number']);
  });

  await knex.schema.alterTable('calls', (table) => {
    table.text('outcome');
    table.text('site_id');
    // The dropped call that this one goes on with.
    table.text('resumes_id').index();
  });
  await knex.schema.createTable('telephony_clients', (table) => {
    table.text('id').primary();
    table.text('name').notNullable();
    table.text('key_digest').notNullable().unique();
    table.text('created_at').notNullable();
    table.text('revoked_at');
  });
  // A call that rings: the number is kept sealed and for minutes only, under an opaque address.
  await knex.schema.createTable('incoming_calls', (table) => {
    table.text('id').primary();
    table.text('number_sealed').notNullable();
    table.text('received_at').notNullable();
    table.text('ends_at').notNullable().index();
  });

  // What was proved in one call about one member; a verification holds for no other.
  await knex.schema.createTable('verifications', (table) => {
    table.text('id').primary();
    table.text('organisation_id').notNullable();
    table.text('call_id').notNullable().references('id').inTable('calls');
    table.text('member_id').notNullable().references('id').inTable('members');
    table.text('account_id').notNullable().references('id').inTable('accounts');
    // Whose proof it is: what the member proved proves nothing of whoever speaks in their place.
    table.text('caller').notNullable();
    // Facts answered so far, right or wrong.
    table.text('asked').notNullable();
    table.integer('right_answers').notNullable();
    table.integer('wrong_answers').notNullable();
    // A code on its way to a contact, its tries counted before anything is compared.
    table.text('code_channel');
    table.text('code_asked_at');
    table.integer('code_tries').notNullable();
    table.integer('codes_asked').notNullable();
    // Contacts whose holder was on the line: JSON of kind → keyed digest of the value, since it may change.
    table.text('confirmed').notNullable();
    // Kinds whose number was shown to be called back.
    table.text('shown').notNullable();
    table.text('document_kind');
    table.text('document_reference');
    // seen (in a branch), waiting, checked (by another employee), refused.
    table.text('document_state');
    table.text('document_by');
    table.text('failed_at');
    table.text('opened_at').notNullable();
    table.unique(['call_id', 'member_id']);
    table.index(['member_id', 'opened_at']);
  });

  // Acts that wait for a second person.
  await knex.schema.createTable('approvals', (table) => {
    table.text('id').primary();
    table.text('organisation_id').notNullable();
    table.text('member_id').notNullable().references('id').inTable('members');
    table.text('account_id').notNullable().references('id').inTable('accounts');
    table.text('call_id').notNullable();
    table.text('act').notNullable();
    // What the act was asked with; contact values sealed.
    table.text('input_sealed').notNullable();
    table.text('reasons').notNullable();
    // The level, caller and proof of the call that asked, as they were: they hold for this act alone.
    table.text('frozen').notNullable();
    table.text('team');
    table.text('asked_by').notNullable();
    table.text('asked_at').notNullable();
    table.text('expires_at').notNullable();
    // waiting → done | refused | expired | overtaken | withdrawn
    table.text('state').notNullable();
    table.text('decided_by');
    table.text('decided_at');
    table.text('word');
    // By which rule the world had changed meanwhile.
    table.text('rule');
    table.integer('version').notNullable();
    table.index(['organisation_id', 'state', 'asked_at']);
    table.index(['member_id', 'asked_at']);
    table.index(['state', 'expires_at']);
    // One request for the same act at a time.
    table.unique(['account_id', 'act'], {
      indexName: 'approvals_one_waiting',
      predicate: knex.whereRaw("state = 'waiting'"),
    });
  });

  // A suspicion stops recoveries and unblocks until then; the chosen password goes on working.
  await knex.schema.alterTable('accounts', (table) => {
    table.text('suspected_at');
    table.text('suspected_until');
  });
  await knex.schema.alterTable('contact_changes', (table) => {
    // Whoever changed a contact cannot send a secret to it in the same call.
    table.text('call_id').index();
  });

  // How much each agent sent in the last hours, beside the desk.
  await knex.schema.alterTable('letters', (table) => {
    table.index(['organisation_id', 'asked_at']);
  });

  // What leaves for the management system in the daily file: corrections, reported deaths, disputed closures.
  await knex.schema.createTable('outgoing_changes', (table) => {
    table.text('id').primary();
    table.text('organisation_id').notNullable();
    table.text('member_id').notNullable().references('id').inTable('members');
    table.text('kind').notNullable();
    table.text('reason').notNullable();
    table.text('call_id');
    table.text('changed_by').notNullable();
    table.text('changed_at').notNullable();
    // The day of the file that carried it.
    table.text('exported_on');
    table.index(['organisation_id', 'changed_at']);
    table.index(['member_id', 'changed_at']);
  });

  await knex.schema.createTable('member_notes', (table) => {
    table.text('id').primary();
    table.text('organisation_id').notNullable();
    table.text('member_id').notNullable().references('id').inTable('members');
    table.text('call_id');
    table.text('agent_id').notNullable();
    table.text('kind').notNullable();
    table.text('text').notNullable();
    table.text('at').notNullable();
    table.index(['member_id', 'at']);
  });
  // What somebody owes a member: « À rappeler ».
  await knex.schema.createTable('callbacks', (table) => {
    table.text('id').primary();
    table.text('organisation_id').notNullable();
    table.text('member_id').notNullable().references('id').inTable('members');
    table.text('kind').notNullable();
    // What it is about, so that the same thing is owed once.
    table.text('subject').notNullable();
    table.text('team');
    table.text('owner_id');
    table.text('note');
    table.text('call_id');
    table.text('due_at').notNullable();
    table.text('created_by').notNullable();
    table.text('created_at').notNullable();
    table.text('done_by');
    table.text('done_at');
    table.text('outcome');
    table.integer('version').notNullable();
    table.unique(['kind', 'subject']);
    table.index(['organisation_id', 'done_at', 'due_at']);
    table.index(['member_id', 'due_at']);
  });
};

export const down = async (knex: Knex): Promise<void> => {
  for (const table of [
    'callbacks',
    'member_notes',
    'outgoing_changes',
    'approvals',
    'verifications',
    'incoming_calls',
    'telephony_clients',
    'agent_relatives',
    'sites',
  ]) {
    await knex.schema.dropTable(table);
  }
  await knex.schema.alterTable('letters', (table) => table.dropIndex(['organisation_id', 'asked_at']));
  await knex.schema.alterTable('contact_changes', (table) => {
    table.dropIndex(['call_id']);
    table.dropColumn('call_id');
  });
  await knex.schema.alterTable('accounts', (table) => table.dropColumns('suspected_at', 'suspected_until'));
  await knex.schema.alterTable('calls', (table) => {
    table.dropIndex(['resumes_id']);
    table.dropColumns('outcome', 'site_id', 'resumes_id');
  });
  await knex.schema.alterTable('agents', (table) => table.dropColumns('site_id', 'team'));
};
