import { stringify } from 'csv-stringify/sync';
import type { AuditRow } from '../audit/audit.schema.ts';
import type { Visit } from '../core/ctx.ts';

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
  'event',
  'type',
  'resultInWords',
  'result',
  'actorInWords',
  'actorKind',
  'actorName',
  'roleInWords',
  'actorRole',
  'actorId',
  'memberId',
  'organisation',
  'organisationId',
  'callId',
  'data',
  'id',
] as const;

/**
 * The rows as spreadsheets read them: UTF-8 with its mark, semicolons, titles and words in the reader's language, each
 * beside what the chain holds. No cell is a formula: one that begins as a formula does is quoted (OWASP, CSV
 * injection).
 */
export const csvWriter = ({ house, language }: Visit): RowsWriter => {
  const say = (key: string) => house.words.say(language, `auditExports.${key}`);
  const inWords = (kind: string, code: string | null) =>
    code !== null && house.words.has(`auditExports.${kind}.${code}`) ? say(`${kind}.${code}`) : '';
  const zoned = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'fr-FR', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: 'Europe/Paris',
  });
  const cellsOf = (row: AuditRow): Record<(typeof columns)[number], string | number> => ({
    seq: row.seq,
    paris: zoned.format(new Date(row.at)),
    at: row.at,
    event: inWords('events', row.type),
    type: row.type,
    resultInWords: inWords('results', row.result),
    result: row.result,
    actorInWords: inWords('actors', row.actorKind),
    actorKind: row.actorKind,
    actorName: row.actorName ?? '',
    roleInWords: inWords('roles', row.actorRole),
    actorRole: row.actorRole ?? '',
    actorId: row.actorId ?? '',
    memberId: row.memberId ?? '',
    organisation: (row.organisationId && house.organisations.get(row.organisationId)?.name) ?? '',
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
