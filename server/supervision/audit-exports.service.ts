import { confirmIdentity } from '../agents/agents.service.ts';
import type { AuditRow } from '../audit/audit.schema.ts';
import { lastPlace } from '../audit/happenings.service.ts';
import { countRows, readRows, selectionOf, type Place, type Selection } from '../audit/reading.service.ts';
import { record } from '../audit/record.ts';
import type { Visit } from '../core/ctx.ts';
import { parisDay, parisTime } from '../core/calendar.ts';
import { AppError } from '../core/errors.ts';
import { perform, read } from '../core/perform.ts';
import type { Outgoing } from '../http/routes.ts';
import type { NewAuditExport } from './audit-exports.schema.ts';
import { csvWriter } from './audit-csv.ts';
import { signedWriter } from './signed-lines.ts';

export { exportKey } from './signed-lines.ts';

/** More is asked for in parts, by days: a spreadsheet holds no more than ten times this. */
const mostRows = 100_000;
const rowsAtOnce = 500;

/**
 * Sends what a filter selects of what its reader may see, oldest first, page by page: what is held of it is one page.
 * Recorded with the number of rows before the first byte leaves; what is recorded meanwhile is not in it.
 *
 * @throws AppError as `confirmIdentity` does; `invalid-input` when the filter is wrong or selects too much.
 */
export const exportAudit = async (visit: Visit, asked: NewAuditExport, out: Outgoing): Promise<void> => {
  const { filter, format, ...proof } = asked;
  const { selection, rows } = await read(visit, async (ctx) => {
    const upTo = await lastPlace(ctx.db);
    const selection = { ...(await selectionOf(ctx, filter)), upTo };
    return { selection, rows: await countRows(ctx, selection, mostRows + 1) };
  });
  if (rows > mostRows) {
    const fields = { filter: 'auditExports.tooMany' };
    throw new AppError('invalid-input', 'auditExports.tooMany', { fields, params: { most: mostRows } });
  }
  await confirmIdentity(visit, proof, 'audit.export');

  const exportId = visit.house.random.id();
  const madeAt = visit.house.clock();
  const filters = Object.keys(filter);
  await perform(visit, async (ctx) =>
    record(ctx, {
      type: 'audit.exported',
      organisationId: filter.organisationId ?? null,
      data: { exportId, format, filters, rows },
    }),
  );
  const file =
    format === 'csv'
      ? csvWriter(visit)
      : signedWriter(visit.house.keys, { exportId, madeAt: madeAt.toISOString(), filter, rows });
  const name = `audit-${parisDay(madeAt)}-${parisTime(madeAt).replace(':', '')}`;
  out.begin(file.contentType, `${name}.${file.extension}`);
  await out.write(file.begin());
  for await (const page of pagesOf(visit, selection)) await out.write(file.rows(page));
  await out.write(file.end());
  await out.end();
};

const pagesOf = async function* (visit: Visit, selection: Selection): AsyncGenerator<AuditRow[]> {
  const pageAfter = (after: Place | null) =>
    read(visit, (ctx) => readRows(ctx, selection, { order: 'asc', limit: rowsAtOnce, after }));
  for (let after: Place | null = null; ;) {
    const page = await pageAfter(after);
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (!last || page.length < rowsAtOnce) return;
    after = { at: last.at, seq: last.seq };
  }
};
