import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { oneEdit } from '../../server/core/text.ts';
import { gapsOf, nameRowsOf, sortNameOf, wordsOf } from '../../server/members/names.ts';
import { exactReadings, readSearch, townReadings } from '../../server/members/search.ts';

const seed = process.env.FC_SEED ? { seed: Number(process.env.FC_SEED) } : {};

describe('what was typed in the box', () => {
  test.each([
    ['', 'nothing', {}],
    ['   \u00a0 ', 'nothing', {}],
    ['m', 'nothing', { needs: 'letters' }],
    ['m d', 'nothing', { needs: 'letters' }],
    ['*', 'nothing', { needs: 'letters' }],
    ['%%', 'nothing', { needs: 'letters' }],
    ['martin', 'words', { words: ['martin'] }],
    ['O’Brien', 'words', { words: ['o', 'brien'] }],
    ['jean baptiste m', 'words', { words: ['jean', 'baptiste', 'm'] }],
    ['bob', 'words', { words: ['bob'] }],
    ['martin 1961', 'words', { words: ['martin'], filters: { year: '1961' } }],
    ['1961 martin', 'words', { words: ['martin'], filters: { year: '1961' } }],
    ['martin 19', 'words', { words: ['martin'], filters: { digits: '19', year: null } }],
    ['marie dupont 75011', 'words', { words: ['marie', 'dupont'], filters: { postcode: '75011' } }],
    ['dupont 7501', 'words', { filters: { postcode: '7501', year: null } }],
    ['dupont 12/03/1961', 'words', { words: ['dupont'], filters: { birthDate: '1961-03-12' } }],
    ['12 03 1961 dupont', 'words', { words: ['dupont'], filters: { birthDate: '1961-03-12' } }],
    ['dupont 1961-03-12', 'words', { filters: { birthDate: '1961-03-12' } }],
    ['d 12/03/1961', 'words', { words: ['d'], filters: { birthDate: '1961-03-12' } }],
    ['12/03/1961', 'date', { filters: { birthDate: '1961-03-12' }, memberNumbers: [] }],
    ['1/3/1961', 'date', { filters: { birthDate: '1961-03-01' } }],
    ['12031961', 'date', { filters: { birthDate: '1961-03-12' }, memberNumbers: ['12031961'] }],
    ['12/03/1961 75011', 'date', { filters: { birthDate: '1961-03-12', postcode: '75011' }, nir: null }],
    ['1961', 'date', { needs: 'letters', memberNumbers: ['1961'] }],
    ['1961 75011', 'postcode', { filters: { postcode: '75011', year: '1961' } }],
    ['31/02/1961', 'member-number', {}],
    ['75011', 'postcode', { filters: { postcode: '75011' }, memberNumbers: ['75011'] }],
    ['1234', 'member-number', { memberNumbers: ['1234'] }],
    ['12 345 678', 'member-number', { memberNumbers: ['12345678'] }],
    ['ab-77', 'member-number', { memberNumbers: ['ab-77', 'AB-77'] }],
    ['dupont M000123', 'member-number', { memberNumbers: ['M000123'] }],
    ['1 85 01 75 999 901 56', 'nir', { nir: '1850175999901' }],
    ['1\u00a085\u202f01 75 999 901', 'nir', { nir: '1850175999901' }],
    ['190062a99990343', 'nir', { nir: '190062A999903' }],
    ['dupont 1 85 01 75 999 901 56', 'nir', { nir: '1850175999901' }],
    ['7112312345678', 'nir', { nir: '7112312345678' }],
    ['185017599990155', 'nir-wrong', { problem: 'key', nir: null }],
    ['18501O599990156', 'nir-wrong', { problem: 'letter-o' }],
    ['185137599990154', 'nir-wrong', { problem: 'format' }],
    ['18501759999015', 'nir-wrong', { problem: 'length' }],
    ['1850175999901560', 'nir-wrong', { problem: 'length' }],
    ['1,85E+14', 'nir-wrong', { problem: 'spreadsheet' }],
    ['06 39 98 01 02', 'phone', { contacts: ['+33639980102'], memberNumbers: ['0639980102'] }],
    ['+33 (0)6.39.98.01.02', 'phone', { contacts: ['+33639980102'] }],
    ['0033639980102', 'phone', { contacts: ['+33639980102'] }],
    ['0690001234', 'phone', { contacts: ['+590690001234'] }],
    ['dupont 06 39 98 01 02', 'phone', { contacts: ['+33639980102'] }],
    ['+33 6', 'phone', { needs: 'criterion', contacts: [] }],
    ['Jo.Doe@Exemple.Example', 'email', { contacts: ['Jo.Doe@exemple.example', 'jo.doe@exemple.example'] }],
    ['jo@', 'email', { needs: 'criterion', contacts: [] }],
  ])('%j is read as %s', (typed, kind, expected) => {
    expect(readSearch(typed)).toMatchObject({ kind, ...expected });
  });

  test('reads anything without failing, and never a word longer than a name', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ maxLength: 120 }), fc.string({ unit: 'binary', maxLength: 60 })),
        (typed) => {
          const plan = readSearch(typed);

          expect(plan.words.length).toBeLessThanOrEqual(6);
          expect(plan.words.every((word) => word.length > 0 && word.length <= 40)).toBe(true);
        },
      ),
      seed,
    );
  });

  test('two words are tried as both names in both orders', () => {
    expect(exactReadings(['marie', 'dupont'])).toHaveLength(6);
    expect(exactReadings(['marie'])).toEqual([]);
  });

  test('a town may stand at either end', () => {
    expect(townReadings(['dupont', 'lyon'])).toEqual([
      { town: 'lyon', names: ['dupont'] },
      { town: 'dupont', names: ['lyon'] },
      { town: 'dupont lyon', names: [] },
    ]);
  });
});

describe('how people are named', () => {
  test('by usual and birth name, whole and word by word', () => {
    const rows = nameRowsOf({ usualName: 'Dupont-Martin', birthName: 'Lefèvre', firstName: 'Anne Sophie' });

    const has = (last: string, first: string) => rows.some((row) => row.last === last && row.first === first);
    for (const last of ['dupont martin', 'dupont', 'martin', 'lefevre'])
      expect(has(last, 'anne sophie')).toBe(true);
    for (const first of ['anne', 'sophie']) expect(has('dupont martin', first)).toBe(true);
    expect(rows.length).toBeLessThanOrEqual(8);
  });

  test('particles are no names of their own, and a short first word also joins the next', () => {
    const lasts = nameRowsOf({ usualName: 'Le Guen', birthName: null, firstName: 'Yann' }).map(
      ({ last }) => last,
    );

    expect(lasts).toEqual(['le guen', 'guen', 'leguen']);
  });

  test('most people have one row', () => {
    expect(nameRowsOf({ usualName: 'Martin', birthName: 'MARTIN', firstName: 'Léa' })).toEqual([
      { last: 'martin', first: 'lea' },
    ]);
  });

  test('a compound name sorts after all who bear its first word alone', () => {
    const sorted = [
      sortNameOf({ usualName: 'Martin Dupont', birthName: null, firstName: 'Anne' }),
      sortNameOf({ usualName: 'Martin', birthName: null, firstName: 'Zoé' }),
    ].sort();

    expect(sorted[0]).toBe('martin  zoe');
  });

  test('the dictionary keeps words, not phrases', () => {
    expect(wordsOf({ usualName: 'de La Tour', birthName: null, firstName: 'Jean-Luc' })).toEqual(
      expect.arrayContaining(['tour', 'jean', 'luc']),
    );
  });

  test('two words one slip apart always meet in the dictionary of gaps', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcde'), minLength: 3, maxLength: 6 });
    fc.assert(
      fc.property(word, word, (one, other) => {
        if (!oneEdit(one, other)) return;
        const reach = new Set([other, ...gapsOf(other)]);
        expect([one, ...gapsOf(one)].some((form) => reach.has(form))).toBe(true);
      }),
      { ...seed, numRuns: 2_000 },
    );
  });
});
