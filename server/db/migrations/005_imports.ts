import type { Knex } from 'knex';

export const up = async (knex: Knex): Promise<void> => {
  await knex.schema.createTable('imports', (table) => {
    table.text('id').primary();
    table.text('organisation_id').notNullable();
    table.text('content').notNullable();
    table.text('extent').notNullable();
    table.text('file_digest');
    table.text('started_by').notNullable();
    table.text('started_at').notNullable();
    // reading → (held, until an administrator's word) → applying → done | refused
    table.text('state').notNullable();
    table.text('state_at').notNullable();
    // JSON: the key of a sentence and what it names (a line, a column); never a value of the file.
    table.text('problem');
    // JSON list of the columns that the file has: what it does not speak of does not change.
    table.text('said').notNullable();
    table.integer('lines_read').notNullable();
    table.integer('accepted').notNullable();
    table.integer('updated').notNullable();
    table.integer('unchanged').notNullable();
    table.integer('rejected').notNullable();
    table.integer('duplicate').notNullable();
    table.integer('closed').notNullable();
    // How many members it would close or whose contacts it would change: what a held one is held for.
    table.integer('touched').notNullable();
    table.integer('conflicts').notNullable();
    table.integer('corrected').notNullable();
    table.integer('applied_line').notNullable();
    table.text('lease_until');
    // Raised by each claim: a process that wakes up late writes nothing.
    table.integer('fence').notNullable();
    table.integer('version').notNullable();
    table.index(['organisation_id', 'started_at']);
    // One file of an organisation at a time, however many arrive at once: each is weighed against what the
    // one before has changed.
    table.unique(['organisation_id'], {
      indexName: 'imports_one_at_work',
      predicate: knex.whereRaw("state in ('reading', 'applying')"),
    });
  });
  await knex.schema.createTable('import_lines', (table) => {
    table.text('import_id').notNullable().references('id').inTable('imports');
    table.integer('line').notNullable();
    table.text('identity').notNullable();
    // Keyed digest of what the line says; with its former one in the member's row, an unchanged line is known.
    table.text('digest').notNullable();
    // Sealed: a staged line is a person's file. Null for a rejected line, which keeps its member from being closed.
    table.text('sealed');
    table.primary(['import_id', 'line']);
    table.unique(['import_id', 'identity']);
  });
  await knex.schema.createTable('import_rejections', (table) => {
    table.text('import_id').notNullable().references('id').inTable('imports');
    table.integer('line').notNullable();
    table.text('column').notNullable();
    table.text('problem').notNullable();
    table.index(['import_id', 'line']);
  });
  // Where the master's file and the desk's word differ: shown until the master confirms.
  await knex.schema.createTable('import_conflicts', (table) => {
    table.text('id').primary();
    table.text('organisation_id').notNullable();
    table.text('member_id').notNullable();
    table.text('field').notNullable();
    table.text('since').notNullable();
    table.text('resolved_at');
    table.index(['organisation_id', 'member_id']);
  });
  // A detail corrected at the desk: an import that still carries the old value does not overwrite it.
  await knex.schema.createTable('desk_corrections', (table) => {
    table.text('id').primary();
    table.text('organisation_id').notNullable();
    table.text('member_id').notNullable();
    table.text('field').notNullable();
    table.text('old_digest').notNullable();
    table.text('corrected_at').notNullable();
    table.text('confirmed_at');
    table.index(['member_id', 'field']);
  });
};

export const down = async (knex: Knex): Promise<void> => {
  for (const table of [
    'desk_corrections',
    'import_conflicts',
    'import_rejections',
    'import_lines',
    'imports',
  ]) {
    await knex.schema.dropTable(table);
  }
};
