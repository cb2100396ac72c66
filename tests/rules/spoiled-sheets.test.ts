import { describe, expect, test } from 'vitest';
import { AppError } from '../../server/core/errors.ts';
import { loadWords } from '../../server/core/words.ts';
import type { BundleRow } from '../../server/letters/bundles.store.ts';
import { destinationOf } from '../../server/letters/destinations.ts';
import { letterGrams, weightBand } from '../../server/letters/letter-weight.ts';
import type { CountLot } from '../../server/letters/lots.schema.ts';
import { ScannedSheet } from '../../server/letters/sheet-code.schema.ts';
import { sheetCode } from '../../server/letters/sheet-code.ts';
import { assertSum, spoiledSheets, type Paper } from '../../server/letters/spoiled-sheets.ts';

const words = loadWords('templates');
const code = sheetCode({ lot: 1207, attempt: 3, sheet: 318 });

describe('a scanned sheet', () => {
  const french = (digits: string) => [...digits].map((digit) => 'à&é"\'(-è_ç'[Number(digit)]).join('');
  test.each([
    ['as it is', code],
    ['with spaces and the line that a scanner ends with', `${code.replace(/(.{6})/g, '$1 ')}\r\n`],
    ['as a French keyboard garbles it', french(code)],
    ['the same with letters taken apart', french(code).normalize('NFD')],
    ['half garbled', code.slice(0, 12) + french(code.slice(12))],
  ])('is read %s', (_how, typed) => {
    expect(ScannedSheet.parse(typed)).toEqual({ lot: 1207, attempt: 3, sheet: 318 });
  });

  test.each([
    ['', 'nothing'],
    [code.slice(1), 'a digit lost'],
    [code.replace('318', '381'), 'two digits swapped'],
    [`02${code.slice(2)}`, 'another version'],
    ['X'.repeat(61), 'a text'],
  ])('%s is refused in words: %s', (typed) => {
    const read = ScannedSheet.safeParse(typed);

    expect(read.error?.issues.map(({ message }) => message)).toEqual(['lots.badCode']);
    expect(words.has('lots.badCode')).toBe(true);
  });
});

describe('spoiled sheets of a bundle', () => {
  // Sheets 1 to 10 of lot 1207, printed by its third attempt; sheet 5 was refused. The next bundle begins at 11.
  const paper: Paper = {
    lotNumber: 1207,
    attemptOf: new Map([1, 2, 3, 4, 6, 7, 8, 9, 10].map((sheet) => [sheet, 3])),
    others: [{ from_sheet: 11, to_sheet: 20 } as BundleRow],
  };
  const refused = (said: CountLot['spoiled']): AppError => {
    try {
      spoiledSheets(said, paper);
    } catch (error) {
      if (error instanceof AppError) return error;
    }
    throw new Error('Nothing was refused.');
  };

  test('are numbers, ranges over sheets without a page, and codes', () => {
    const said = [1, { from: 4, to: 7 }, { lot: 1207, attempt: 3, sheet: 10 }];

    expect([...spoiledSheets(said, paper)]).toEqual([1, 4, 6, 7, 10]);
  });

  test.each<[string, CountLot['spoiled'], string]>([
    ['a sheet without a page', [5], 'La feuille 5 n’a pas été imprimée'],
    ['a sheet beyond the last', [21], 'La feuille 21 n’a pas été imprimée'],
    ['a sheet of another bundle', [12], 'autre liasse (feuilles 11 à 20)'],
    ['a range into another bundle', [{ from: 9, to: 11 }], 'La feuille 11 est d’une autre liasse'],
    ['a range that ends nowhere', [{ from: 9, to: 1_000_000_000 }], 'La feuille 1000000000'],
    ['a range that runs backwards', [{ from: 9, to: 8 }], '9–8 va à rebours'],
    ['a sheet twice', [3, { from: 2, to: 4 }], 'La feuille 3 est donnée deux fois'],
    ['a sheet of another lot', [{ lot: 12, attempt: 3, sheet: 1 }], 'est du lot 12'],
    ['waste of an earlier attempt', [{ lot: 1207, attempt: 2, sheet: 1 }], 'impression interrompue'],
  ])('are refused with %s', (_what, said, sentence) => {
    const { code: kind, words: key, details } = refused(said);

    expect(kind).toBe('invalid-input');
    expect(details.fields).toEqual({ spoiled: key });
    expect(words.say('fr', key, details.params)).toContain(sentence);
    expect(words.say('en', key, details.params)).not.toMatch(/[{}]/);
  });

  test.each([
    [{ printed: 10, good: 7, spoiled: 1 }, 'Il en manque 2'],
    [{ printed: 10, good: 10, spoiled: 1 }, 'Il y en a 1 de trop'],
  ])('and %o do not come out: %s', (count, sentence) => {
    const sum = (): string => {
      try {
        assertSum(count);
        return '';
      } catch (error) {
        const { words: key, details } = error as AppError;
        expect(details.fields).toEqual({ good: key });
        return words.say('fr', key, details.params);
      }
    };

    expect(sum()).toContain(sentence);
    expect(() => assertSum({ ...count, good: count.printed - count.spoiled })).not.toThrow();
  });
});

test('a letter of one sheet weighs ten grams and pays for the first band', () => {
  expect(letterGrams).toBe(10);
  expect([letterGrams, 20, 21, 2_000].map(weightBand)).toEqual([
    { from: 0, to: 20 },
    { from: 0, to: 20 },
    { from: 20, to: 100 },
    { from: 1_000, to: 2_000 },
  ]);
  expect(() => weightBand(2_001)).toThrow(RangeError);
});

test.each([
  ['metropole', 'metropole'],
  ['alsace-moselle', 'metropole'],
  ['RE', 'overseas'],
  ['overseas-other', 'overseas'],
  ['europe', 'abroad'],
  ['world', 'abroad'],
  ['foreign', 'abroad'],
])('letters of the zone %s go to %s', (zone, destination) => {
  expect(destinationOf(zone)).toBe(destination);
});
