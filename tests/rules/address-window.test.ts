import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { letterOutlook, type Addressee } from '../../server/letters/outlook.service.ts';
import {
  brokenWindow,
  foldsFor,
  shownBy,
  topsFor,
  type AddressWindow,
} from '../../server/organisations/address-window.schema.ts';
import { loadOrganisations } from '../../server/organisations/organisations.service.ts';
import { problemText, readPolicy } from '../../server/organisations/policy-file.ts';
import { drawnWith, lot, sheet, textsOf } from '../support/paper.ts';

const seeds = new URL('../../seeds/organisations/', import.meta.url).pathname;
const seed = process.env.FC_SEED ? { seed: Number(process.env.FC_SEED) } : {};
const window: AddressWindow = {
  envelope: 'DL',
  heightMm: 45,
  opaque: true,
  leftMm: 110,
  topMm: 57,
  topWithCountryMm: 52,
  widthMm: 80,
  linePitchMm: 3.6,
};

const addressee = (lines: string[]): Addressee => ({
  memberId: 'm',
  accountId: 'a',
  organisationId: 'safiag',
  civility: 'Mme',
  firstName: 'Élodie',
  lastName: 'Œuvrard',
  address: { lines, postcode: '98800', town: 'Nouméa', country: 'NC' },
  addressDoubtful: false,
  language: 'fr',
  largePrint: false,
});

describe('what a window envelope shows of the sheet', () => {
  // FACTS 4.5, its table: always visible, then what may ever show.
  test.each([
    ['DL', 35, [100, 190, 55, 79], [90, 200, 44, 90]],
    ['DL', 45, [100, 190, 45, 79], [90, 200, 34, 90]],
    ['C6/5', 45, [109, 190, 49, 79], [90, 209, 34, 94]],
    ['C6/5', 35, [109, 190, 59, 79], [90, 209, 44, 94]],
    ['C5', 45, [109, 190, 57, 88.5], [90, 209, 43.5, 102]],
    ['C5', 35, [109, 190, 67, 88.5], [90, 209, 53.5, 102]],
  ] as const)('%s with a window of %i mm', (envelope, heightMm, always, ever) => {
    const sides = ({ left, right, top, bottom }: ReturnType<typeof shownBy>['always']) => [
      left,
      right,
      top,
      bottom,
    ];
    const shown = shownBy({ envelope, heightMm });

    expect(sides(shown.always)).toEqual(always);
    expect(sides(shown.ever)).toEqual(ever);
    // The rectangle that nothing but the address may stand in holds all that may ever show.
    expect(shown.ever.left).toBeGreaterThanOrEqual(85);
    expect(shown.ever.right).toBeLessThanOrEqual(210);
    expect(shown.ever.top).toBeGreaterThanOrEqual(30);
    expect(shown.ever.bottom).toBeLessThanOrEqual(105);
  });

  test('the sheet is folded in three, for a C5 in two', () => {
    expect(foldsFor('DL')).toEqual([99, 198]);
    expect(foldsFor('C6/5')).toEqual([99, 198]);
    expect(foldsFor('C5')).toEqual([148.5]);
  });
});

describe('an organisation’s window', () => {
  test.each(readdirSync(seeds))('of %s shows its addresses at all times', (file) => {
    const letter = loadOrganisations(seeds).get(file.replace('.yaml', ''))?.letter;

    expect(letter ? brokenWindow(letter.window) : []).toEqual([]);
  });

  test.each<[string, Partial<AddressWindow>, string]>([
    [
      'six lines too low',
      { topMm: 58 },
      'topMm: a DL with a window of 45 mm does not always show 6 lines from 58. Allowed: from 45 to 57.4',
    ],
    [
      'seven lines too low',
      { topWithCountryMm: 54 },
      'topWithCountryMm: a DL with a window of 45 mm does not always show 7 lines from 54. Allowed: from 45 to 53.8',
    ],
    [
      'seven lines in a low window',
      { heightMm: 35, topWithCountryMm: 57 },
      'topWithCountryMm: a DL with a window of 35 mm never shows 7 lines of this linePitchMm. Allowed: null, or another window',
    ],
    [
      'a block left of a C6/5’s window',
      { envelope: 'C6/5', leftMm: 105 },
      'leftMm: is hidden by the window of a C6/5 at times. Allowed: from 109',
    ],
    [
      'a block wider than the window',
      { widthMm: 85 },
      'widthMm: is hidden by the window of a DL at times. Allowed: at most 80 with this leftMm',
    ],
    [
      'the low window of a C6/5',
      { envelope: 'C6/5', heightMm: 35, topMm: 59, topWithCountryMm: null },
      'topMm: a C6/5 with a window of 35 mm never shows 6 lines of this linePitchMm. Allowed: another envelope, window or linePitchMm',
    ],
    [
      'a C5 that is not opaque',
      { envelope: 'C5', topWithCountryMm: 58, opaque: false },
      'opaque: folded for a C5, the password lies against the back of the envelope. Allowed: true with a C5; or DL or C6/5',
    ],
  ])('with %s is refused, with what would do', (_what, more, problem) => {
    const text = readFileSync(join(seeds, 'safiag.yaml'), 'utf8').replace(
      / {2}window:.*\n(?: {4}.*\n)+/,
      `  window: ${JSON.stringify({ ...window, ...more })}\n`,
    );
    const reading = readPolicy('safiag.yaml', text);
    const problems = reading.ok ? [] : reading.problems.map(problemText);

    expect(problems).toEqual([expect.stringMatching(/^safiag\.yaml:\d+ letter\.window\./)]);
    expect(problems[0]).toContain(problem);
  });

  test.each<[string, Partial<AddressWindow>]>([
    ['a DL with a low window', { heightMm: 35, topWithCountryMm: null }],
    ['a C6/5', { envelope: 'C6/5', opaque: false }],
    ['an opaque C5', { envelope: 'C5', topWithCountryMm: 60 }],
    [
      'a C5 with a low window',
      { envelope: 'C5', heightMm: 35, topMm: 67.2, topWithCountryMm: null, linePitchMm: 3.5 },
    ],
  ])('may be that of %s', (_what, more) => {
    expect(brokenWindow({ ...window, ...more })).toEqual([]);
  });

  test('whatever a file may say, the block that is printed lies where the window always shows it', async () => {
    const any = fc.record({
      envelope: fc.constantFrom('DL' as const, 'C6/5' as const, 'C5' as const),
      heightMm: fc.constantFrom(35 as const, 45 as const),
      opaque: fc.constant(true),
      leftMm: fc.integer({ min: 1000, max: 1150 }).map((tenths) => tenths / 10),
      topMm: fc.integer({ min: 4500, max: 7000 }).map((hundredths) => hundredths / 100),
      topWithCountryMm: fc.option(fc.integer({ min: 45, max: 65 })),
      widthMm: fc.integer({ min: 70, max: 90 }),
      linePitchMm: fc.integer({ min: 350, max: 450 }).map((hundredths) => hundredths / 100),
    });
    const accepted = any.filter((one) => brokenWindow(one).length === 0);

    await fc.assert(
      fc.asyncProperty(accepted, async (one) => {
        const count = one.topWithCountryMm === null ? 6 : 7;
        const addressLines = Array.from({ length: count }, (_, row) => `${'QJ'.repeat(15)} ${row}`);
        const { pdf } = drawnWith(lot({ addressPlace: one }), [sheet(1, { addressLines })]);
        const block = (await textsOf(pdf)).filter(({ text }) => addressLines.includes(text));
        const { always } = shownBy(one);
        // Capitals rise 0.72 of the size above the baseline, Q and J fall 0.21 below it.
        const perPoint = 25.4 / 72;
        const tops = block.map(({ baseline, size }) => baseline - 0.72 * size * perPoint);
        const bottoms = block.map(({ baseline, size }) => baseline + 0.21 * size * perPoint);

        expect(block.map(({ text }) => text)).toEqual(addressLines);
        expect(Math.min(...block.map(({ left }) => left))).toBeGreaterThanOrEqual(always.left - 0.01);
        expect(Math.max(...block.map(({ right }) => right))).toBeLessThanOrEqual(always.right + 0.01);
        expect(Math.min(...tops)).toBeGreaterThanOrEqual(always.top - 0.01);
        expect(Math.max(...bottoms)).toBeLessThanOrEqual(always.bottom + 0.1);
      }),
      { ...seed, numRuns: 12 },
    );
  });

  test('seven lines are refused when they are asked for, where the window shows six', () => {
    const policy = loadOrganisations(seeds).get('safiag');
    if (!policy?.letter) throw new Error('This organisation sends letters.');
    const low = { ...policy.letter, window: { ...window, heightMm: 35 as const, topWithCountryMm: null } };
    const asked = (lines: string[]) =>
      letterOutlook({ ...policy, letter: low }, addressee(lines), new Date());

    expect(asked(['Apt 4', 'Bâtiment B', '12 rue Haute'])).toMatchObject({ ok: true });
    expect(asked(['Apt 4', 'Bâtiment B', '12 rue Haute', 'BP 9'])).toMatchObject({
      rule: 'letter.address',
      problem: { line: 7, what: 'too-many-lines' },
    });
  });

  test('a window says from where to where a block may begin', () => {
    expect(topsFor(window, 6)).toEqual({ least: 45, most: 57.4 });
    expect(topsFor({ ...window, heightMm: 35 }, 7)).toBeNull();
  });
});
