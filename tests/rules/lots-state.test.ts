import { describe, expect, test } from 'vitest';
import { permissionsOf } from '../../server/core/permissions.ts';
import { loadWords } from '../../server/core/words.ts';
import { latenessOf, type Lateness } from '../../server/letters/lateness.ts';
import { letterProblems } from '../../server/letters/letters.schema.ts';
import { sayHours } from '../../server/letters/lot-to-draw.ts';
import { refusalOf, type LotAct, type LotFacts } from '../../server/letters/lots-state.ts';

const words = loadWords('templates');
const facts = (more: Partial<LotFacts> = {}): LotFacts => ({
  state: 'made',
  isPrinting: false,
  letters: 60,
  printed: 0,
  spoiled: 0,
  target: null,
  isStopping: false,
  isConfirmed: false,
  isCountBegun: false,
  madeByActor: false,
  askedByActor: false,
  isFlagged: false,
  releasedAlone: 0,
  lateness: 'in-time',
  permissions: permissionsOf('print-operator'),
  ...more,
});

const late: Partial<LotFacts> = {
  state: 'counted',
  printed: 60,
  lateness: 'too-late',
  permissions: permissionsOf('supervisor'),
};

// 11 November 2026, a Wednesday, is a holiday.
test.each<[string, string | null, string, Lateness]>([
  ['2026-11-18', null, '2026-11-20', 'in-time'],
  ['2026-11-18', null, '2026-11-21', 'too-late'],
  ['2026-11-18', '2026-11-20', '2026-11-21', 'declarable'],
  ['2026-11-18', '2026-11-19', '2026-11-24', 'declarable'],
  ['2026-11-18', '2026-11-19', '2026-11-25', 'too-late'],
  ['2026-11-18', '2026-11-21', '2026-11-23', 'too-late'],
  ['2026-11-10', null, '2026-11-13', 'in-time'],
  ['2026-11-10', null, '2026-11-14', 'too-late'],
])('planned for %s and counted on %s, a lot is on %s %s', (planned, counted, today, lateness) => {
  expect(latenessOf(planned, counted, today)).toBe(lateness);
});

test('every reason why a letter was not printed is said in words', () => {
  const missing = letterProblems.filter((problem) => !words.has(`letters.problems.${problem}`));

  expect(missing).toEqual([]);
});

describe('what may be done with a lot', () => {
  test.each<[LotAct, Partial<LotFacts>, string | null]>([
    ['release', {}, null],
    ['release', { permissions: permissionsOf('supervisor') }, null],
    ['release', { permissions: permissionsOf('agent') }, 'lot.role'],
    ['release', { askedByActor: true }, 'lot.release-asked'],
    ['release', { letters: 0 }, 'lot.empty'],
    ['release', { madeByActor: true }, 'lot.release-made'],
    ['release', { madeByActor: true, letters: 50 }, null],
    ['release', { madeByActor: true, letters: 50, releasedAlone: 1 }, 'lot.release-made'],
    ['release', { madeByActor: true, letters: 5, askedByActor: true }, 'lot.release-asked'],
    ['release', { madeByActor: true, letters: 5, isFlagged: true }, 'lot.release-flagged'],
    ['release', { isFlagged: true }, null],
    ['release', { state: 'released' }, 'lot.released'],
    ['release', { state: 'deposited' }, 'lot.released'],
    ['print', {}, 'lot.not-released'],
    ['print', { state: 'released' }, null],
    ['print', { state: 'released', permissions: permissionsOf('supervisor') }, 'lot.role'],
    ['print', { state: 'printing', isPrinting: true }, 'lot.printing'],
    ['print', { state: 'printing' }, null],
    ['print', { state: 'printed' }, 'lot.printed'],
    ['print', { state: 'counted' }, 'lot.printed'],
    ['print', { state: 'deposited' }, 'lot.printed'],
    ['stop', { state: 'printing' }, null],
    ['stop', { state: 'printing', isPrinting: true }, null],
    ['stop', { state: 'printing', isStopping: true }, 'lot.stopping'],
    ['stop', { state: 'released' }, 'lot.not-printing'],
    ['stop', { state: 'printed', isStopping: true }, 'lot.not-printing'],
    ['stop', { state: 'printing', permissions: permissionsOf('supervisor') }, 'lot.role'],
    ['confirm', { state: 'printed', target: 'browser' }, null],
    ['confirm', { state: 'printed', target: 'browser', isConfirmed: true }, 'lot.confirmed'],
    ['confirm', { state: 'printed', target: 'printer' }, 'lot.confirmed'],
    ['confirm', { state: 'printing', target: 'browser' }, 'lot.not-printed'],
    ['redo', { state: 'printed', target: 'browser' }, null],
    ['redo', { state: 'printed', target: 'browser', isConfirmed: true }, 'lot.confirmed'],
    ['redo', { state: 'printed', target: 'browser', isCountBegun: true }, 'lot.confirmed'],
    ['redo', { state: 'printed', target: 'mail-house' }, 'lot.confirmed'],
    ['redo', { state: 'counted', target: 'browser' }, 'lot.not-printed'],
    ['count', { state: 'printing', isPrinting: true }, 'lot.not-printed'],
    ['count', { state: 'printed', printed: 60 }, null],
    ['count', { state: 'counted', printed: 60 }, 'lot.counted'],
    ['deposit', { state: 'printed', printed: 60 }, 'lot.not-counted'],
    ['deposit', { state: 'counted', printed: 60, spoiled: 59 }, null],
    ['deposit', { state: 'counted', printed: 60, spoiled: 60 }, 'lot.nothing-good'],
    ['deposit', { state: 'deposited', printed: 60 }, 'lot.deposited'],
    ['deposit', { state: 'counted', printed: 60, permissions: permissionsOf('supervisor') }, 'lot.role'],
    ['deposit', { state: 'counted', printed: 60, lateness: 'declarable' }, null],
    ['deposit', { state: 'counted', printed: 60, lateness: 'too-late' }, 'lot.too-late'],
    ['deposit', { ...late, lateness: 'declarable' }, null],
    ['deposit', late, null],
    ['deposit', { ...late, spoiled: 60 }, 'lot.nothing-good'],
    ['deposit', { ...late, state: 'printed' }, 'lot.not-counted'],
    ['kill', late, null],
    ['kill', { ...late, lateness: 'declarable' }, null],
    ['kill', { ...late, lateness: 'in-time' }, 'lot.in-time'],
    ['kill', { ...late, state: 'deposited' }, 'lot.deposited'],
    ['kill', { ...late, permissions: permissionsOf('print-operator') }, 'lot.role'],
  ])('%s with %o: %s', (act, more, rule) => {
    const refusal = refusalOf(act, facts(more));

    expect(refusal?.rule ?? null).toBe(rule);
    if (refusal) expect(words.say('fr', refusal.words, refusal.params)).not.toMatch(/[{}]/);
  });
});

describe('the hours of a help line, in words', () => {
  const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
  test.each([
    [
      [{ days: [...weekdays], opens: '08:30', closes: '18:00' }],
      'du lundi au vendredi, de 8 h 30 à 18 h',
      'Monday to Friday, 8.30 to 18.00',
    ],
    [
      [
        { days: [...weekdays], opens: '08:30', closes: '12:15' },
        { days: [...weekdays], opens: '13:30', closes: '16:30' },
        { days: ['saturday' as const], opens: '09:00', closes: '12:00' },
      ],
      'du lundi au vendredi, de 8 h 30 à 12 h 15 et de 13 h 30 à 16 h 30 ; le samedi, de 9 h à 12 h',
      'Monday to Friday, 8.30 to 12.15 and 13.30 to 16.30; Saturday, 9.00 to 12.00',
    ],
    [
      [{ days: ['thursday' as const, 'tuesday' as const], opens: '09:00', closes: '12:00' }],
      'le mardi et le jeudi, de 9 h à 12 h',
      'Tuesday and Thursday, 9.00 to 12.00',
    ],
  ])('%o', (hours, french, english) => {
    expect(sayHours(words, 'fr', hours)).toBe(french);
    expect(sayHours(words, 'en', hours)).toBe(english);
  });
});
