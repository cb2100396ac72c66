import type { Day } from '../core/calendar.ts';
import { fold } from '../core/text.ts';
import { readReference } from '../letters/reference.ts';
import type { ReturnReason } from '../letters/returns.schema.ts';
import { readSheetCode, type SheetCode } from '../letters/sheet-code.schema.ts';
import { cleanCell, readDay } from './cells.ts';
import { findColumns, requireColumn } from './columns.ts';
import type { LineProblem } from './post-files.service.ts';
import type { RawRow } from './reading.ts';

/** The columns of La Poste's file of returns: our name → the title we write, then those that we also accept. */
export const returnColumns = {
  reference: ['Référence', 'Réf. pli', 'Référence du pli', 'N° de pli', 'Référence client'],
  code: ['Code feuille', 'DataMatrix', 'Code', 'Identifiant du pli'],
  reason: [
    'Motif',
    'Motif de retour',
    'Motif de non-distribution',
    'Libellé du motif',
    'Code motif',
    'Motif PND',
  ],
  date: ['Date', 'Date de retour', 'Date du retour', 'Date de constat', 'Date de non-distribution'],
} as const;

/** One letter that came back, by one of the two, and where its line stands. */
export type ReturnLine = {
  line: number;
  reference: string | null;
  code: SheetCode | null;
  reason: ReturnReason;
  /** When it was found that it cannot be delivered; null when the file does not say. */
  date: Day | null;
};

/** Reads the lines of a file with these titles. @throws AppError when a column that matters is missing. */
export const returnReader = (header: string[], today: Day): ((row: RawRow) => ReturnLine | LineProblem[]) => {
  const found = findColumns(returnColumns, header);
  requireColumn(returnColumns, found, 'reason');
  if (found.places.code === undefined) requireColumn(returnColumns, found, 'reference');
  const { places } = found;

  return ({ line, cells }) => {
    if (cells.every((cell) => cell.trim() === '')) return [{ line, column: '', problem: 'empty-line' }];
    if (cells.length !== places.width) return [{ line, column: '', problem: 'cell-count' }];

    const problems: LineProblem[] = [];
    const said = <T>(column: keyof typeof returnColumns, read: (text: string) => T | string): T | null => {
      const cell = cleanCell(cells[places[column] ?? -1] ?? '');
      const value = cell.ok ? cell.value && read(cell.value) : cell.problem;
      if (typeof value !== 'string') return value;
      problems.push({ line, column: returnColumns[column][0], problem: value });
      return null;
    };
    const of = {
      reference: said('reference', asReference)?.reference ?? null,
      code: said('code', (text) => readSheetCode(text) ?? 'sheet-code'),
      reason: said('reason', asReason)?.reason ?? null,
      date: said('date', (text) => asDay(text, today))?.day ?? null,
    };
    if (problems.length > 0) return problems;
    const { reason } = of;
    if (reason === null) return [{ line, column: returnColumns.reason[0], problem: 'missing' }];
    if (of.reference === null && of.code === null) return [{ line, column: '', problem: 'no-pli' }];
    return { line, ...of, reason };
  };
};

const asReference = (text: string) => {
  const reference = readReference(text);
  return reference ? { reference } : 'reference';
};

const asReason = (text: string) => {
  const reason = reasons.get(fold(text));
  return reason ? { reason } : 'return-reason';
};

const asDay = (text: string, today: Day) => {
  const day = readDay(text, today, '2020-01-01');
  return day.ok ? { day: day.value } : day.problem;
};

/** The label's words, today's and yesterday's, and what people call them (FACTS 4.7). */
const wordings: Record<ReturnReason, string[]> = {
  'unknown-addressee': [
    'unknown-addressee',
    'Destinataire inconnu à l’adresse',
    'Destinataire inconnu',
    'Inconnu à l’adresse',
    'N’habite pas à l’adresse indiquée',
    'NPAI',
    'Destinataire non identifiable',
    'Parti sans laisser d’adresse',
  ],
  'access-or-address': [
    'access-or-address',
    'Défaut d’accès ou d’adressage',
    'Défaut d’accès',
    'Défaut d’adressage',
    'Adresse incomplète',
    'Adresse erronée',
    'Boîte aux lettres inaccessible',
    'Boîte aux lettres non identifiable',
  ],
  refused: [
    'refused',
    'Pli refusé par le destinataire',
    'Pli refusé',
    'Refusé par le destinataire',
    'Refusé',
  ],
  unclaimed: [
    'unclaimed',
    'Pli avisé et non réclamé',
    'Avisé et non réclamé',
    'Avisé non réclamé',
    'Pli non réclamé',
    'Non réclamé',
  ],
};
const reasons = new Map(
  Object.entries(wordings).flatMap(([reason, words]) =>
    words.map((wording) => [fold(wording), reason as ReturnReason] as const),
  ),
);
