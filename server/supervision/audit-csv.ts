import { stringify } from 'csv-stringify/sync';
import type { AuditRow } from '../audit/audit.schema.ts';
import type { Visit } from '../core/ctx.ts';
import { roles } from '../core/vocabulary.ts';

/** Writes a file of rows piece by piece. */
export type RowsWriter = {
  contentType: string;
  extension: string;
  begin: () => Uint8Array;
  rows: (rows: AuditRow[]) => Uint8Array;
  end: () => Uint8Array;
};

const columns = [
  'seq',
  'paris',
  'at',
  'type',
  'result',
  'actorKind',
  'actorName',
  'actorRole',
  'actorId',
  'memberId',
  'organisationId',
  'callId',
  'data',
  'id',
] as const;

/**
 * The rows as spreadsheets read them: UTF-8 with its mark, semicolons, titles in the reader's language. No cell is a
 * formula: one that begins as a formula does is quoted (OWASP, CSV injection).
 */
export const csvWriter = ({ house, language }: Visit): RowsWriter => {
  const say = (key: string) => house.words.say(language, `auditExports.${key}`);
  const zoned = new Intl.DateTimeFormat('fr-FR', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: 'Europe/Paris',
  });
  const cellsOf = (row: AuditRow): Record<(typeof columns)[number], string | number> => ({
    seq: row.seq,
    paris: zoned.format(new Date(row.at)),
    at: row.at,
    type: row.type,
    result: say(`results.${row.result}`),
    actorKind: say(`actors.${row.actorKind}`),
    actorName: row.actorName ?? '',
    actorRole: roles.some((role) => role === row.actorRole) ? say(`roles.${row.actorRole}`) : '',
    actorId: row.actorId ?? '',
    memberId: row.memberId ?? '',
    organisationId: row.organisationId ?? '',
    callId: row.callId ?? '',
    data: row.data === null ? say('removed') : dataText(row.data),
    id: row.id,
  });
  const text = (rows: AuditRow[], isFirst: boolean) =>
    Buffer.from(
      stringify(rows.map(cellsOf), {
        header: isFirst,
        bom: isFirst,
        columns: columns.map((key) => ({ key, header: say(`titles.${key}`) })),
        delimiter: ';',
        record_delimiter: 'windows',
        escape_formulas: true,
      }),
    );
  return {
    contentType: 'text/csv; charset=utf-8',
    extension: 'csv',
    begin: () => text([], true),
    rows: (rows) => text(rows, false),
    end: () => Buffer.alloc(0),
  };
};

/** `attempt: 2, organisations: a, b`. */
const dataText = (data: Record<string, unknown>): string =>
  Object.entries(data)
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(' | ');
