import { atParis } from '../core/calendar.ts';
import { fold } from '../core/text.ts';
import { readReference } from '../letters/reference.ts';
import { cleanCell } from './cells.ts';
import { findColumns, requireColumn } from './columns.ts';
import type { LineProblem } from './post-files.service.ts';
import type { RawRow } from './reading.ts';

/** The columns of a mail house's report: our name → the title we write, then those that we also accept. */
export const reportColumns = {
  reference: ['Référence', 'Réf. pli', 'Reference'],
  lot: ['Lot', 'N° de lot'],
  sheet: ['Feuille', 'N° de feuille', 'Sheet'],
  status: ['État', 'Statut', 'Status'],
  depositedAt: ['Déposé le', 'Date de dépôt', 'Deposited at', 'deposited_at'],
} as const;

/** One sheet that a mail house reports. */
export type ReportLine = {
  line: number;
  reference: string | null;
  lot: number | null;
  sheet: number | null;
  isGood: boolean;
  depositedAt: string | null;
};

/** Reads the lines of a report with these titles. @throws AppError when a column that matters is missing. */
export const reportReader = (header: string[]): ((row: RawRow) => ReportLine | LineProblem[]) => {
  const found = findColumns(reportColumns, header);
  requireColumn(reportColumns, found, 'status');
  requireColumn(reportColumns, found, 'depositedAt');
  if (found.places.lot === undefined || found.places.sheet === undefined)
    requireColumn(reportColumns, found, 'reference');
  const { places } = found;

  return ({ line, cells }) => {
    if (cells.every((cell) => cell.trim() === '')) return [{ line, column: '', problem: 'empty-line' }];
    if (cells.length !== places.width) return [{ line, column: '', problem: 'cell-count' }];

    const problems: LineProblem[] = [];
    const said = <T>(column: keyof typeof reportColumns, read: (text: string) => T | string): T | null => {
      const cell = cleanCell(cells[places[column] ?? -1] ?? '');
      const value = cell.ok ? cell.value && read(cell.value) : cell.problem;
      if (typeof value !== 'string') return value;
      problems.push({ line, column: reportColumns[column][0], problem: value });
      return null;
    };
    const reference = said('reference', asReference)?.reference ?? null;
    const lot = said('lot', asNumber);
    const sheet = said('sheet', asNumber);
    const status = said('status', asStatus);
    const depositedAt = said('depositedAt', asMoment)?.at.toISOString() ?? null;
    if (problems.length > 0) return problems;
    if (status === null) return [{ line, column: reportColumns.status[0], problem: 'missing' }];
    if (reference === null && (lot === null || sheet === null))
      return [{ line, column: '', problem: 'report-no-name' }];
    return { line, reference, lot, sheet, isGood: status.isGood, depositedAt };
  };
};

const asReference = (text: string) => {
  const reference = readReference(text);
  return reference ? { reference } : 'reference';
};

const asNumber = (text: string): number | string => (/^\d{1,9}$/.test(text) ? Number(text) : 'report-number');

const good = ['produced', 'produit', 'produite', 'bon', 'bonne', 'good'];
const spoiled = ['spoiled', 'gâché', 'gâchée', 'gâche'].map(fold);

const asStatus = (text: string) => {
  const status = fold(text);
  if (good.includes(status)) return { isGood: true };
  return spoiled.includes(status) ? { isGood: false } : 'report-status';
};

/** « 2026-11-19T16:30:00+01:00 »; or, by Paris clocks, « 19/11/2026 16:30 » or « 2026-11-19 16:30 ». */
const asMoment = (text: string): { at: Date } | string => {
  const problem = 'report-moment';
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text)) {
    const at = new Date(text);
    return Number.isNaN(at.getTime()) ? problem : { at };
  }
  const french = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d)$/.exec(text);
  const parts = french ?? /^(\d{4})-(\d\d)-(\d\d) (\d\d:\d\d)$/.exec(text);
  if (!parts) return problem;
  const [, first = '', month = '', last = '', time = ''] = parts;
  const day = french ? `${last}-${month}-${first}` : `${first}-${month}-${last}`;
  const isReal =
    new Date(`${day}T12:00:00Z`).toJSON()?.startsWith(day) && time < '24:00' && time.slice(3) < '60';
  return isReal ? { at: atParis(day, time) } : problem;
};
