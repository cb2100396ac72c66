import { describe, expect, test } from 'vitest';
import { lotToDraw } from '../server/letters/lot-to-draw.ts';
import { usualAddressPlace } from '../server/letters/sheet-to-draw.ts';
import { loadOrganisations } from '../server/organisations/organisations.service.ts';
import {
  drawnWith,
  lot,
  mmPerPoint,
  openPdf,
  pageText,
  sheet,
  textsOf,
  usualHouse as house,
  words,
  type Text,
} from './support/paper.ts';

/** What lots of the organisations as shipped are drawn with. */
const shippedLots = () =>
  loadOrganisations('seeds/organisations')
    .all()
    .filter(({ letter }) => letter !== null)
    .map((policy) => lotToDraw(house, policy, { number: 42, attempt: 1 }, new Date('2027-09-28T10:00:00Z')));

describe('the words of a letter, read back from the paper', () => {
  test('are the ones meant: who, when, how, and the secret in its groups', async () => {
    const text = await pageText(drawnWith(lot(), [sheet(1)]).pdf);

    for (const said of [
      'Madame Élodie ŒUVRARD',
      'Réf. pli 42-1',
      'Le 3 mars 2027',
      'Vous nous avez demandé, le 1er mars 2027,',
      'Saisissez votre numéro de sécurité sociale',
      'K7QD-M2XW-9RTB0',
      'Valable jusqu’au 18 mars 2027 inclus, pour une seule utilisation.',
      'appelez le 06 39 98 00 01',
      'à l’adresse espace.tilleuls.example',
      'Camille Laurent responsable du service',
    ]) {
      expect(text.replace(/ (?=\.)/g, '')).toContain(said);
    }
    expect(text).not.toMatch(/[{}*]/);
  });

  test.each([
    ['Polish', 'Monsieur Łukasz ŻÓŁĆ-ŚWIĄTEK'],
    ['Vietnamese', 'Madame NGUYỄN THỊ HƯỞNG'],
    ['Turkish and Romanian', 'Madame Şebnem ĞÜLİZAR ȘTEFĂNESCU'],
    ['Hungarian, Czech and Icelandic', 'Ms Őszi ŘEHOŘ ÞÓRÐARDÓTTIR'],
    ['accents typed as separate marks', 'Hélène NOËL'.normalize('NFD')],
  ])('keep %s names whole', async (_language, name) => {
    const { pdf, refused } = drawnWith(lot(), [sheet(1, { addressLines: [name, '99999 VILLENEUVE'] })]);

    expect(refused).toEqual([]);
    expect((await textsOf(pdf)).map(({ text }) => text)).toContain(name.normalize('NFC'));
  });

  test('are English for a member who reads English, and name another identifier where it is another', async () => {
    const text = await pageText(
      drawnWith(lot(), [sheet(1, { language: 'en', identifierKind: 'member-number', civility: 'none' })]).pdf,
    );

    expect(text).toContain('Dear Sir or Madam,');
    expect(text).toContain('your member number');
    expect(text).toContain('until the end of 18 March 2027');
  });

  test('say less where the organisation has no number, hours or site', async () => {
    const bare = { ...lot().letterhead, phone: null, hours: null, portalAddress: null };
    const text = await pageText(drawnWith(lot({ letterhead: bare }), [sheet(1)]).pdf);

    expect(text).toContain('ne l’utilisez pas et prévenez-nous.');
    expect(text).toContain('Ouvrez votre espace adhérent.');
  });

  test.each([
    ['fr', 'Lettre témoin de la semaine', 'avant la fin du 18 mars 2027'],
    ['en', 'This week’s test letter', 'before the end of 18 March 2027'],
  ] as const)('of a test letter say what to do with it (%s)', async (language, ...said) => {
    const sheets = [sheet(1, { isTest: true, language, civility: 'none' }), sheet(2, { language })];
    const { pdf, refused } = drawnWith(lot(), sheets);
    const text = await pageText(pdf, 1);

    expect(refused).toEqual([]);
    for (const words of [...said, 'portail.tilleuls.example/lettre-temoin']) expect(text).toContain(words);
    expect(await pageText(pdf, 2)).not.toContain('lettre-temoin');
  });

  test('the document says its language and its date, and names nobody', async () => {
    const { info } = await (await openPdf(drawnWith(lot(), [sheet(1)]).pdf)).getMetadata();

    expect(info).toMatchObject({ Title: 'Lot 42, 1', Language: 'fr', Creator: 'Guichet' });
    expect(JSON.stringify(info)).toContain('20270303170000');
  });
});

describe.each([
  ['usual', false],
  ['large', true],
])('the place of things on a sheet in %s print', (_size, largePrint) => {
  const seven = [
    'Madame Élodie ŒUVRARD',
    'APT 4',
    'BAT B',
    '4 RUE HAUTE',
    'BP 12',
    '1000 BRUXELLES',
    'BELGIQUE',
  ];
  const isAddress = (lines: string[]) => (text: Text) => lines.includes(text.text);

  test.each([
    ['six lines', seven.slice(0, 6), 57],
    ['seven lines, with the country', seven, 51],
  ])('the address alone stands in its rectangle: %s', async (_what, addressLines, top) => {
    const texts = await textsOf(drawnWith(lot(), [sheet(1, { largePrint, addressLines })]).pdf);
    const inRectangle = texts.filter(({ right, baseline }) => right > 85 && baseline > 30 && baseline < 105);

    expect(inRectangle.map(({ text }) => text)).toEqual(addressLines);
    for (const line of texts.filter(isAddress(addressLines))) {
      expect(line.left).toBeCloseTo(110, 1);
      expect(line.right).toBeLessThan(190);
      expect(line.baseline).toBeGreaterThan(top);
      expect(line.baseline).toBeLessThan(79);
    }
  });

  test('the secret is on the panel that faces no envelope, and nothing leaves the sheet', async () => {
    const texts = await textsOf(drawnWith(lot(), [sheet(1, { largePrint })]).pdf);
    const secret = texts.find(({ text }) => text === 'K7QD-M2XW-9RTB0');

    expect((secret?.baseline ?? 0) - (secret?.size ?? 0) * mmPerPoint).toBeGreaterThan(205);
    expect(Math.min(...texts.map(({ left }) => left))).toBeGreaterThanOrEqual(19.9);
    expect(Math.max(...texts.map(({ right }) => right))).toBeLessThanOrEqual(190.1);
    expect(Math.max(...texts.map(({ baseline }) => baseline))).toBeLessThanOrEqual(291);
  });

  test('what is to be read is at least 11 points, in large print 14 and the letter itself 16', async () => {
    const { addressLines } = sheet(1);
    const texts = await textsOf(drawnWith(lot(), [sheet(1, { largePrint })]).pdf);
    const read = texts.filter((text) => !isAddress(addressLines)(text));
    const letter = read.filter(({ text, baseline }) => baseline > 105 && !text.startsWith('Réf.'));

    expect(Math.min(...read.map(({ size }) => size))).toBeGreaterThanOrEqual(largePrint ? 14 : 11);
    expect(Math.min(...letter.map(({ size }) => size))).toBeGreaterThanOrEqual(largePrint ? 16 : 11);
  });

  test.each(['fr', 'en'] as const)('every shipped wording fits, for every identifier (%s)', (language) => {
    const kinds = ['nir', 'member-number', 'other'] as const;
    const sheets = kinds.map((identifierKind, index) =>
      sheet(index + 1, { language, largePrint, identifierKind, civility: 'none', askedDay: '2027-09-28' }),
    );

    const tests = sheets.map((one) => ({ ...one, isTest: true }));
    for (const drawn of [lot(), ...shippedLots()]) {
      expect(drawnWith(drawn, [...sheets, ...tests]).refused, drawn.organisationName).toEqual([]);
    }
  });

  test.each(['fr', 'en'] as const)(
    'an organisation with the longest of everything still fits (%s)',
    (language) => {
      const letterhead = {
        ...lot().letterhead,
        name: 'Mutuelle nationale des agents du public',
        returnAddress: Array.from({ length: 6 }, (_, row) => `${row} BOULEVARD DU MARECHAL DE LATTRE DE TA`),
        hours: {
          fr: 'du lundi au vendredi, de 8 h 30 à 12 h 15 et de 13 h 30 à 16 h 30 ; le samedi, de 9 h à 12 h',
          en: 'Monday to Friday, 8.30 to 12.15 and 13.30 to 16.30; Saturday, 9.00 to 12.00',
        },
        portalAddress: 'https://espace-des-adherents.example/entree/',
      };
      const signatory = {
        name: 'Marie-Christine de La Rochefoucauld-Mo',
        role: { fr: 'directrice du service des espaces en ligne', en: 'Head of the online space service' },
      };
      const heavy = sheet(1, { language, largePrint, civility: 'none', askedDay: '2027-09-28' });
      const { refused } = drawnWith(lot({ letterhead, signatory }), [heavy]);

      expect(refused).toEqual([]);
    },
  );
});

describe('a sheet that cannot be drawn', () => {
  test.each([
    ['an emoji', 'Madame 🌻 FLEUR'],
    ['Hebrew, written from right to left', 'Monsieur שלום'],
    ['Arabic, written from right to left', 'Madame مريم'],
    ['Chinese', 'Madame 王'],
    ['a control character', 'Madame\u0007 FLEUR'],
    ['a turning mark', 'Madame \u202eRUELF'],
    ['a lone surrogate', 'Madame \ud800'],
    ['a mark that no letter carries', 'Madame Z\u0301\u0323ALGO'],
  ])('for %s is refused by its line, and the others go on', async (_what, name) => {
    const addressLines = ['Monsieur Rang UN', name, '99999 VILLENEUVE'];
    const { drawn, pdf } = drawnWith(lot(), [
      sheet(1),
      sheet(2, { addressLines, secret: 'ZZZZZZZZZZZZZ' }),
      sheet(3),
    ]);

    expect(drawn[0]).toMatchObject({
      drawn: [1, 3],
      refused: [{ sheet: 2, problem: 'missing-glyph', line: 2 }],
    });
    const pages = await openPdf(pdf);
    expect(pages.numPages).toBe(2);
    expect(await pageText(pdf, 1)).not.toContain('ZZZZ');
    expect(await pageText(pdf, 2)).toContain('Réf. pli 42-3');
  });

  test.each([
    ['a line wider than the window', ['W'.repeat(38)], { problem: 'too-wide', line: 1 }],
    ['eight lines', Array.from({ length: 8 }, () => 'LIGNE'), { problem: 'too-many-lines', line: 8 }],
  ])('for %s is refused', (_what, addressLines, refusal) => {
    expect(drawnWith(lot(), [sheet(9, { addressLines })]).refused).toEqual([{ sheet: 9, ...refusal }]);
  });

  test('for seven lines in a window that shows six, is refused', () => {
    const low = lot({ addressPlace: { ...usualAddressPlace, heightMm: 35, topWithCountryMm: null } });
    const addressLines = (count: number) => Array.from({ length: count }, (_, row) => `LIGNE ${row}`);
    const sheets = [6, 7].map((count) => sheet(count, { addressLines: addressLines(count) }));

    expect(drawnWith(low, sheets).refused).toEqual([{ sheet: 7, problem: 'too-many-lines', line: 7 }]);
  });

  test('for a sign in the organisation’s own name that the font lacks, is refused', () => {
    const letterhead = { ...lot().letterhead, name: 'Mutuelle 王' };

    expect(drawnWith(lot({ letterhead }), [sheet(1)]).refused).toEqual([
      { sheet: 1, problem: 'missing-glyph', line: 0 },
    ]);
  });

  test('for words longer than the page is refused, not cut', () => {
    const pair = words('tilleuls');
    const long = { ...pair.fr, normal: { ...pair.fr.normal, opening: 'Un mot de plus. '.repeat(60) } };
    const { refused } = drawnWith(lot({ words: { ...pair, fr: long } }), [
      sheet(1),
      sheet(2, { language: 'en' }),
    ]);

    expect(refused).toEqual([{ sheet: 1, problem: 'words-too-long', line: 0 }]);
  });
});
