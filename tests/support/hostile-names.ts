/**
 * Names and addresses that a member's file may hold: `printed` is the block that the window must show, whoever
 * computes it; `refused` says where the way ends and why. `#` stands for letters that tell the copies apart.
 */
export type HostileLine = {
  what: string;
  first: string;
  last: string;
  lines?: string[];
  postcode?: string;
  town?: string;
  country?: string;
} & ({ printed: string[] } | { refused: 'import' | 'request' | 'print'; why: string });

const home = ['12 RUE DE L EGLISE', '03999 VILLE INVENTEE'];
const named = (what: string, first: string, last: string, ...name: string[]): HostileLine => ({
  what,
  first,
  last,
  printed: [...name, ...home],
});
const refused = (
  what: string,
  first: string,
  last: string,
  where: 'import' | 'request' | 'print',
  why: string,
): HostileLine => ({ what, first, last, refused: where, why });
const atRequest = (what: string, first: string, last: string) =>
  refused(what, first, last, 'request', 'bad-character');

const ordinary: HostileLine[] = [
  named('an ordinary name', 'Marie', 'Martin #', 'MME MARIE MARTIN #'),
  named('accents', 'Élodie', 'Lefèvre-Noël #', 'MME ELODIE LEFEVRE-NOEL #'),
  named('an apostrophe', 'Anaïs', 'd’Été #', "MME ANAIS D'ETE #"),
  named('another apostrophe', 'Sinéad', "O'Brien #", "MME SINEAD O'BRIEN #"),
  named('hyphens', 'Anne-Laure', 'Le Goff-Kerdoncuff #', 'MME ANNE-LAURE LE GOFF-KERDONCUFF #'),
  named('ligatures', 'Lætitia', 'Œuvrard #', 'MME LAETITIA OEUVRARD #'),
];

const alphabets: HostileLine[] = [
  named('Vietnamese', 'Thị Hưởng', 'Nguyễn #', 'MME THI HUONG NGUYEN #'),
  named('Vietnamese in parts', 'Đặng Thuỳ'.normalize('NFD'), 'Trần #', 'MME DANG THUY TRAN #'),
  named('Polish', 'Łucja', 'Żółć-Świątek #', 'MME LUCJA ZOLC-SWIATEK #'),
  named('Turkish', 'Şebnem', 'Işıkoğlu İnce #', 'MME SEBNEM ISIKOGLU INCE #'),
  named('Romanian', 'Ștefania', 'Țepeș #', 'MME STEFANIA TEPES #'),
  named('Icelandic', 'Þóra', 'Ægisdóttir #', 'MME THORA AEGISDOTTIR #'),
  named('Danish', 'Søren', 'Ørsted-Ågård #', 'MME SOREN ORSTED-AGARD #'),
  named('German', 'Jürgen', 'Groß #', 'MME JURGEN GROSS #'),
  named('Croatian', 'Đurđa', 'Šimić #', 'MME DURDA SIMIC #'),
  named('Hungarian', 'Őrs', 'Űző #', 'MME ORS UZO #'),
  named('Maltese', 'Ġorġ', 'Ħabib #', 'MME GORG HABIB #'),
  named('wide letters', 'Ｍａｒｉｅ', 'ﬁlle #', 'MME MARIE FILLE #'),
  named('stacked marks', 'Ź̷̢a̶̧l̵̨g̸o̴', 'Martin #', 'MME ZALGO MARTIN #'),
];

const programs: HostileLine[] = [
  named('the end of a text in PDF', ') Tj (', 'Durand #', 'MME ) TJ ( DURAND #'),
  named('a comment and a name in PDF', '(/OpenAction)', '/JS #', 'MME (/OPENACTION) /JS #'),
  named('an open bracket', 'Marie (((', 'Ouvert #', 'MME MARIE ((( OUVERT #'),
  named('a word of a program', 'null', 'undefined #', 'MME NULL UNDEFINED #'),
  atRequest('the end of an object in PDF', '>> endobj', 'Durand #'),
  atRequest('a dictionary in PDF', '<</JS (app.alert(1))>>', 'Durand #'),
  atRequest('a back slash', '\\) Tj ET', 'Durand #'),
  atRequest('a comment in PDF', '%PDF-1.7', 'Durand #'),
  atRequest('a placeholder', '{{secret}}', 'Durand #'),
  atRequest('bold in our templates', '**gras**', 'Durand #'),
  atRequest('a statement', 'Robert;', 'Drop Table members #'),
  refused('a formula', '=cmd()', 'Durand #', 'import', 'name'),
  atRequest('markup', '<b>Marie</b>', 'Durand #'),
];

const beyond: HostileLine[] = [
  atRequest('Hebrew', 'שלום', 'Lévy #'),
  atRequest('Arabic', 'Madiha', 'مريم #'),
  atRequest('Chinese', '李', 'Wang #'),
  atRequest('Greek', 'Μαρία', 'Papas #'),
  atRequest('Cyrillic that looks Latin', 'Маrie', 'Martin #'),
  atRequest('an emoji', 'Fleur 🌻', 'Martin #'),
  refused('emoji held together', '👩‍👩‍👧', 'Martin #', 'import', 'control-character'),
  refused('a turning mark', 'Marie', '\u202enitraM #', 'import', 'control-character'),
  refused('a bell', 'Marie\u0007', 'Martin #', 'import', 'control-character'),
  refused('an escape', '\u001b[31mMarie', 'Martin #', 'import', 'control-character'),
  refused('a line separator', 'Marie\u2028', 'Martin #', 'import', 'line-break'),
  refused('200 letters', 'Marie', `${'Abdelmalek'.repeat(20)}`, 'import', 'too-long'),
  refused('100 letters', 'Marie', `${'Abdelmalek'.repeat(9)} #`, 'request', 'too-long'),
  refused('the widest letters', 'W', `${'W'.repeat(28)}#`, 'print', 'too-wide'),
  named(
    'a name for two lines',
    'Marie-Christine',
    'de La Rochefoucauld-Montbel #',
    'MME MARIE-CHRISTINE',
    'DE LA ROCHEFOUCAULD-MONTBEL #',
  ),
];

const at = (what: string, of: Partial<HostileLine>, ...block: string[]): HostileLine => ({
  what,
  first: 'Marie',
  last: 'Martin #',
  ...of,
  printed: ['MME MARIE MARTIN #', ...block],
});
const places: HostileLine[] = [
  at(
    'a full block',
    { lines: ['Appartement 4', 'Résidence Les Œillets', '5 bis, allée de l’Église', 'B.P. 12'] },
    'APPARTEMENT 4',
    'RESIDENCE LES OEILLETS',
    '5 B ALLEE DE L EGLISE',
    'BP 12',
    '03999 VILLE INVENTEE',
  ),
  at(
    'a street to abbreviate',
    { lines: ['114 boulevard du Maréchal de Lattre de Tassigny'] },
    '114 BD DU MAL DE LATTRE DE TASSIGNY',
    '03999 VILLE INVENTEE',
  ),
  at(
    'overseas',
    { lines: ['3 rue de la Pointe'], postcode: '97400', town: 'Saint-Denis' },
    '3 RUE DE LA POINTE',
    '97400 SAINT DENIS',
  ),
  at(
    'seven lines abroad',
    {
      lines: ['Apt 4', 'Bâtiment B', 'Chaussée d’Ixelles 12/3-4', 'BP 9'],
      postcode: '1050',
      town: 'Bruxelles',
      country: 'Belgique',
    },
    'APT 4',
    'BATIMENT B',
    "CHAUSSEE D'IXELLES 12/3-4",
    'BP 9',
    '1050 BRUXELLES',
    'BELGIQUE',
  ),
  at(
    'PDF in a street',
    { lines: ['12 rue (Tj) /JS', 'BP 1 ) TJ'] },
    '12 RUE TJ JS',
    'BP 1 TJ',
    '03999 VILLE INVENTEE',
  ),
  {
    ...refused('a line that no abbreviation saves', 'Marie', 'Martin #', 'request', 'too-long'),
    lines: ['Lieu-dit Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson'],
  },
];

const hostile = [...alphabets, ...programs, ...beyond, ...places];

/** So many lines, every second one ordinary, each with letters of its own. */
export const hostileLines = (count: number): HostileLine[] =>
  Array.from({ length: count }, (_, index) => {
    const kinds = index % 2 === 0 ? ordinary : hostile;
    const line = kinds[Math.floor(index / 2) % kinds.length] as HostileLine;
    return own(line, tagOf(index));
  });

const own = (line: HostileLine, tag: string): HostileLine => ({
  ...line,
  last: line.last.replace('#', tag),
  ...('printed' in line && { printed: line.printed.map((text) => text.replace('#', tag)) }),
});

// Four letters are enough, and no digit: a name with one would be no name.
const tagOf = (index: number): string =>
  [...index.toString(16).padStart(4, '0')]
    .map((digit) => 'ABCDEFGHIJKLMNOP'[Number.parseInt(digit, 16)])
    .join('');
