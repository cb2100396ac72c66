import type { Knex } from 'knex';

/** Each read of the audit walks one of these from its end; `at` then `seq`, as the list is ordered. */
const walks = {
  audit_by_agent: ['actor_id', 'at', 'seq'],
  audit_by_organisation: ['organisation_id', 'at', 'seq'],
  audit_by_type: ['organisation_id', 'type', 'at', 'seq'],
};
const former = [
  ['actor_id', 'seq'],
  ['organisation_id', 'seq'],
  ['type', 'seq'],
] as const;
/** Few rows among very many: only these are in the index. */
const rare = {
  audit_by_result: { columns: ['result', 'at', 'seq'], where: "result <> 'done'" },
  audit_by_kind: { columns: ['actor_kind', 'at', 'seq'], where: "actor_kind <> 'agent'" },
};

export const up = async (knex: Knex): Promise<void> => {
  await knex.schema.alterTable('audit_events', (table) => {
    for (const columns of former) table.dropIndex([...columns]);
    for (const [name, columns] of Object.entries(walks)) table.index(columns, name);
    for (const [name, { columns, where }] of Object.entries(rare)) {
      table.index(columns, name, { predicate: knex.whereRaw(where) });
    }
  });

  // Invented members at whom nobody has a reason to look.
  await knex.schema.createTable('canaries', (table) => {
    table.text('member_id').primary().references('id').inTable('members');
    table.text('organisation_id').notNullable();
    table.text('made_at').notNullable();
    table.text('made_by').notNullable();
    table.index(['organisation_id', 'made_at']);
  });
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.schema.dropTable('canaries');
  await knex.schema.alterTable('audit_events', (table) => {
    for (const [name, { columns }] of Object.entries(rare)) table.dropIndex(columns, name);
    for (const [name, columns] of Object.entries(walks)) table.dropIndex(columns, name);
    for (const columns of former) table.index([...columns]);
  });
};
