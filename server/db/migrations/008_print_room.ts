import type { Knex } from 'knex';

export const up = async (knex: Knex): Promise<void> => {
  await knex.schema.alterTable('lots', (table) => {
    // Where the last attempt went: the browser, the printer, the mail house.
    table.text('target');
    table.text('started_at');
    // Somebody asked that the attempt stop: it does before its next bundle.
    table.text('stop_asked_at');
    // Of a browser stream: the operator said that the document is whole and printed.
    table.text('confirmed_at');
    // Why the last attempt ended before its end, and which sheets it made waste: what the operator reads.
    table.text('problem');
  });
  await knex.schema.alterTable('letters', (table) => {
    table.text('return_reason');
    // Said when it was asked for, by the promise and the product of that moment.
    table.integer('keeps_promise');
    // Deposited, and its member not yet told: since when.
    table.text('telling_owed_at');
    table.index(['telling_owed_at']);
  });

  // What is drawn, committed, delivered and counted together.
  await knex.schema.createTable('lot_bundles', (table) => {
    table.text('lot_id').notNullable().references('id').inTable('lots');
    table.integer('attempt').notNullable();
    // From 1 within its attempt.
    table.integer('number').notNullable();
    // Where it went: the browser, the printer, the mail house.
    table.text('target').notNullable();
    table.integer('from_sheet').notNullable();
    table.integer('to_sheet').notNullable();
    // Pages drawn: a refused sheet between first and last has none.
    table.integer('sheets').notNullable();
    table.text('drawn_at').notNullable();
    // Accepted by the printer, written to the directory, or confirmed by whoever saved the stream.
    table.text('delivered_at');
    // Its attempt ended before it was delivered: its sheets are waste.
    table.text('voided_at');
    // What it became there: a file's name, or a printer's job.
    table.text('file');
    table.text('sha256');
    // What the printer said of its job after it had accepted it.
    table.text('problem');
    table.integer('good');
    table.integer('spoiled');
    table.text('counted_by');
    table.text('counted_at');
    table.primary(['lot_id', 'attempt', 'number']);
  });
  await fillBundles(knex);

  // Paper that must be destroyed, in ranges; a second person witnesses it within one working day.
  await knex.schema.createTable('destructions', (table) => {
    table.text('id').primary();
    table.text('organisation_id').notNullable();
    // spoiled, interrupted, killed, returned.
    table.text('kind').notNullable();
    table.text('lot_id').references('id').inTable('lots');
    table.integer('attempt');
    table.integer('from_sheet');
    table.integer('to_sheet');
    table.integer('sheets').notNullable();
    // Of one returned letter.
    table.text('letter_id');
    table.text('declared_by').notNullable();
    table.text('declared_at').notNullable();
    table.text('due_on').notNullable();
    table.text('witnessed_by');
    table.text('witnessed_at');
    table.integer('version').notNullable();
    table.index(['organisation_id', 'witnessed_at', 'due_on']);
    table.index(['lot_id']);
  });

  // Files that came back from outside: La Poste's returns, a mail house's report. The same one twice changes nothing.
  await knex.schema.createTable('post_files', (table) => {
    table.text('id').primary();
    // returns, report.
    table.text('kind').notNullable();
    table.text('digest').notNullable().unique();
    table.text('received_by').notNullable();
    table.text('received_at').notNullable();
    table.integer('lines').notNullable();
    table.integer('taken').notNullable();
    table.integer('rejected').notNullable();
    // The first lines that were not taken, as JSON: line, column, why; never a value.
    table.text('problems').notNullable();
    table.index(['received_at']);
  });
  // The organisations that whoever sent the file stood for: who stands for all of them may see it.
  await knex.schema.createTable('post_file_organisations', (table) => {
    table.text('post_file_id').notNullable().references('id').inTable('post_files');
    table.text('organisation_id').notNullable();
    table.primary(['post_file_id', 'organisation_id']);
  });
};

/**
 * A lot that was printed before bundles were known is one, and final as it was then; of one whose printing never came
 * to its end, what was drawn is one that was not delivered, so that the next attempt gives it up.
 */
const fillBundles = async (knex: Knex): Promise<void> => {
  const states = ['printing', 'printed', 'counted', 'deposited'];
  for (const lot of await knex('lots').whereIn('state', states).where('printed', '>', 0)) {
    const sheets = await knex('letters')
      .where({ lot_id: lot.id, printed_attempt: lot.attempt })
      .min({ first: 'sheet' })
      .max({ last: 'sheet' })
      .first();
    const isPrinted = lot.state !== 'printing';
    const isCounted = isPrinted && lot.state !== 'printed';
    const at = lot.printed_at ?? lot.made_at;
    const confirmed_at = isPrinted ? at : null;
    await knex('lots').where({ id: lot.id }).update({ target: 'browser', started_at: at, confirmed_at });
    await knex('lot_bundles').insert({
      lot_id: lot.id,
      attempt: lot.attempt,
      number: 1,
      target: 'browser',
      from_sheet: sheets?.first ?? 1,
      to_sheet: sheets?.last ?? lot.printed,
      sheets: lot.printed,
      drawn_at: at,
      delivered_at: confirmed_at,
      good: isCounted ? lot.printed - lot.spoiled : null,
      spoiled: isCounted ? lot.spoiled : null,
      counted_by: lot.counted_by,
      counted_at: lot.counted_at,
    });
  }
};

export const down = async (knex: Knex): Promise<void> => {
  for (const table of ['post_file_organisations', 'post_files', 'destructions', 'lot_bundles']) {
    await knex.schema.dropTable(table);
  }
  await knex.schema.alterTable('letters', (table) => {
    table.dropIndex(['telling_owed_at']);
    table.dropColumns('return_reason', 'keeps_promise', 'telling_owed_at');
  });
  await knex.schema.alterTable('lots', (table) =>
    table.dropColumns('target', 'started_at', 'stop_asked_at', 'confirmed_at', 'problem'),
  );
};
