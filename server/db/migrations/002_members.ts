import type { Knex } from 'knex';
import { dialectOf } from '../dialect.ts';

export const up = async (knex: Knex): Promise<void> => {
  const { sortableText } = dialectOf(knex);

  await knex.schema.createTable('client_companies', (table) => {
    table.text('organisation_id').notNullable();
    table.text('code').notNullable();
    table.text('name').notNullable();
    table.text('rights_end_on');
    table.primary(['organisation_id', 'code']);
  });

  await knex.schema.createTable('members', (table) => {
    table.text('id').primary();
    table.text('organisation_id').notNullable();
    table.text('member_number').notNullable();
    // Empty text when the file has none, so that the key below holds.
    table.text('rank').notNullable();
    table.text('kind').notNullable();
    table.text('household').notNullable();
    table.text('nir_sealed');
    table.text('nir_index');
    table.text('civility');
    table.text('birth_name');
    table.text('usual_name').notNullable();
    table.text('first_name').notNullable();
    table.specificType('birth_date', sortableText).notNullable();
    table.text('address_lines').notNullable();
    table.specificType('postcode', sortableText);
    table.text('town');
    table.text('country').notNullable();
    table.text('address_since').notNullable();
    table.text('address_doubtful_at');
    table.text('space_type');
    table.text('company_code');
    table.text('contract_end_on');
    table.text('deceased_on');
    table.text('representative');
    table.text('mandate_from');
    table.text('mandate_until');
    table.integer('protected').notNullable();
    table.integer('large_print').notNullable();
    table.text('language').notNullable();
    table.specificType('sort_name', sortableText).notNullable();
    table.specificType('town_folded', sortableText);
    // Digest of the imported line: the same file twice changes nothing.
    table.text('line_digest').notNullable();
    table.text('seen_import_id');
    table.text('created_at').notNullable();
    table.integer('version').notNullable();
    table.unique(['organisation_id', 'member_number', 'rank']);
    table.index(['organisation_id', 'nir_index']);
    table.index(['organisation_id', 'birth_date']);
    table.index(['organisation_id', 'postcode', 'sort_name', 'id']);
    table.index(['organisation_id', 'town_folded', 'sort_name', 'id']);
    table.index(['organisation_id', 'company_code'], 'members_by_company', {
      predicate: knex.whereNotNull('company_code'),
    });
  });

  await knex.schema.createTable('contacts', (table) => {
    table.text('member_id').notNullable().references('id').inTable('members');
    table.text('organisation_id').notNullable();
    table.text('kind').notNullable();
    table.text('value').notNullable();
    table.text('since').notNullable();
    table.integer('corrected').notNullable();
    table.primary(['member_id', 'kind']);
    table.index(['organisation_id', 'value']);
  });

  // One row for each way of naming a person: usual and birth name, whole and by each of their words.
  // Birth date and place stand in both b-trees, so that "martin 1961" or "dupont lyon" is answered from them alone.
  await knex.schema.createTable('member_names', (table) => {
    table.text('member_id').notNullable().references('id').inTable('members');
    table.text('organisation_id').notNullable();
    table.specificType('last_name', sortableText).notNullable();
    table.specificType('first_name', sortableText).notNullable();
    table.specificType('birth_date', sortableText).notNullable();
    table.specificType('postcode', sortableText);
    table.specificType('town', sortableText);
    const rest = ['birth_date', 'member_id', 'postcode', 'town'];
    table.index(['organisation_id', 'last_name', 'first_name', ...rest], 'names_by_last');
    table.index(['organisation_id', 'first_name', 'last_name', ...rest], 'names_by_first');
    table.index(['member_id'], 'names_by_member');
  });

  // Distinct words of names, and each with one letter left out: what forgives a typing mistake (PERFORMANCE).
  await knex.schema.createTable('name_words', (table) => {
    table.text('organisation_id').notNullable();
    table.text('word').notNullable();
    table.primary(['organisation_id', 'word']);
  });
  await knex.schema.createTable('name_gaps', (table) => {
    table.text('organisation_id').notNullable();
    table.text('gap').notNullable();
    table.text('word').notNullable();
    table.primary(['organisation_id', 'gap', 'word']);
  });

  await knex.schema.createTable('calls', (table) => {
    table.text('id').primary();
    table.text('agent_id').notNullable().references('id').inTable('agents');
    // The agent's id while the call is open, null once it has ended: unique, so that an agent has one open call.
    table.text('open_for').unique();
    table.text('organisation_id');
    table.text('member_id').references('id').inTable('members');
    table.text('channel').notNullable();
    table.text('caller').notNullable();
    table.text('reference');
    table.text('reason');
    table.text('opened_at').notNullable();
    table.text('last_activity_at').notNullable();
    table.text('ended_at');
    table.text('ended_by');
    table.integer('version').notNullable();
    table.index(['agent_id', 'opened_at']);
    table.index(['organisation_id', 'opened_at']);
    table.index(['member_id', 'opened_at']);
  });
};

export const down = async (knex: Knex): Promise<void> => {
  for (const table of [
    'calls',
    'name_gaps',
    'name_words',
    'member_names',
    'contacts',
    'members',
    'client_companies',
  ]) {
    await knex.schema.dropTable(table);
  }
};
