import { describe, expect, test } from 'vitest';
import { reportReader } from '../../server/imports/report-lines.ts';
import { problemsOfReport, type ReportedSheet } from '../../server/letters/lot-report.ts';

const now = new Date('2026-11-18T16:00:00Z');
const moment = '2026-11-18T15:30:00.000Z';
const good = (line: number, more: Partial<ReportedSheet> = {}): ReportedSheet => ({
  line,
  letterId: `l${line}`,
  isGood: true,
  depositedAt: moment,
  ...more,
});
const spoiled = (line: number) => good(line, { isGood: false, depositedAt: null });
const standing = new Set(['l2', 'l3', 'l4']);
const whole = [good(2), good(3), good(4)];
const sent = { state: 'printed', target: 'mail-house' } as const;

describe('a mail house’s report about a lot', () => {
  test.each<[string, ReportedSheet[], [number, string | null, string][]]>([
    ['all good', whole, []],
    ['one spoiled, without a moment', [good(2), spoiled(3), good(4)], []],
    ['all spoiled', [spoiled(2), spoiled(3), spoiled(4)], []],
    ['one missing', whole.slice(1), [[3, null, 'report-short']]],
    ['one twice', [...whole, good(5, { letterId: 'l2' })], [[5, 'reference', 'report-twice']]],
    ['one that does not stand', [...whole, good(5)], [[5, 'reference', 'report-no-sheet']]],
    [
      'no moment',
      [good(2, { depositedAt: null }), ...whole.slice(1)],
      [[2, 'depositedAt', 'report-no-moment']],
    ],
    [
      'a moment ahead',
      whole.map((sheet) => ({ ...sheet, depositedAt: '2026-11-18T16:00:00.001Z' })),
      [2, 3, 4].map((line) => [line, 'depositedAt', 'report-ahead']),
    ],
    [
      'two moments',
      [good(2), good(3), good(4, { depositedAt: '2026-11-18T15:00:00.000Z' })],
      [[4, 'depositedAt', 'report-moments']],
    ],
  ])('%s', (_, sheets, expected) => {
    const problems = problemsOfReport(sent, standing, sheets, now);

    expect(problems.map(({ line, column, problem }) => [line, column, problem])).toEqual(expected);
  });

  test.each([
    [{ state: 'printing', target: 'mail-house' }, 'report-not-sent'],
    [{ state: 'released', target: 'mail-house' }, 'report-not-sent'],
    [{ state: 'printed', target: 'browser' }, 'report-elsewhere'],
    [{ state: 'counted', target: 'mail-house' }, 'report-counted'],
    [{ state: 'deposited', target: 'mail-house' }, 'report-deposited'],
  ] as const)('of a lot that is %o is refused as a whole', (lot, problem) => {
    expect(problemsOfReport(lot, standing, whole, now)).toMatchObject([{ line: 2, column: null, problem }]);
  });
});

describe('a line of the report', () => {
  const read = reportReader(['Référence', 'Lot', 'Feuille', 'Statut', 'Date de dépôt']);
  const line = (...cells: string[]) => read({ line: 2, cells });

  test.each([
    ['18/11/2026 16:30', moment],
    ['2026-11-18 16:30', moment],
    ['2026-11-18T16:30:00+01:00', moment],
    ['2026-11-18T15:30:00Z', moment],
    // In summer Paris is two hours ahead.
    ['15/07/2027 16:30', '2027-07-15T14:30:00.000Z'],
  ])('reads the moment %s', (typed, depositedAt) => {
    expect(line('ABCD2345', '', '', 'Produite', typed)).toEqual({
      line: 2,
      reference: 'ABCD2345',
      lot: null,
      sheet: null,
      isGood: true,
      depositedAt,
    });
  });

  test.each([
    '31/02/2026 10:00',
    '18/11/2026',
    '18/11/2026 24:00',
    '18/11/2026 10:60',
    '2026-11-18T15:30',
    'hier',
  ])('refuses the moment %s', (typed) => {
    expect(line('ABCD2345', '', '', 'produit', typed)).toEqual([
      { line: 2, column: 'Déposé le', problem: 'report-moment' },
    ]);
  });

  test.each([
    [['', '12', '3', 'gâchée', ''], { reference: null, lot: 12, sheet: 3, isGood: false, depositedAt: null }],
    [['ABCD2345', '', '', '', ''], [{ column: 'État', problem: 'missing' }]],
    [['ABCD2345', '', '', 'perdu', ''], [{ column: 'État', problem: 'report-status' }]],
    [['', '12', '', 'produit', ''], [{ column: '', problem: 'report-no-name' }]],
    [['', '12', '3e', 'produit', ''], [{ column: 'Feuille', problem: 'report-number' }]],
    [['ABCD', '', '', 'produit', ''], [{ column: 'Référence', problem: 'reference' }]],
    [['', '', '', '', ''], [{ column: '', problem: 'empty-line' }]],
    [['ABCD2345', 'produit'], [{ column: '', problem: 'cell-count' }]],
  ])('reads %o', (cells, expected) => {
    expect(line(...cells)).toMatchObject(expected);
  });

  test('needs a name, a status and a moment among its titles', () => {
    expect(() => reportReader(['Référence', 'Déposé le'])).toThrow('missing-column');
    expect(() => reportReader(['Référence', 'État'])).toThrow('missing-column');
    expect(() => reportReader(['Lot', 'État', 'Déposé le'])).toThrow('missing-column');
    expect(() => reportReader(['Lot', 'Feuille', 'État', 'Déposé le'])).not.toThrow();
  });
});
