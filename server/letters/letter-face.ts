import { fillWords, sayDay, type LetterText, type LetterVariables } from './letter-words.ts';
import { setParagraph, WordsRefused, type TextStyle } from './paragraph.ts';
import { black, colourOperands, grey, mm, paper, printSizes } from './paper.ts';
import type { LotToDraw, SheetToDraw } from './sheet-to-draw.ts';
import { coordinate, type Typefaces } from './typesetting.ts';

/** What a letter's words depend on. Sheets that agree in it share one face. */
export type FaceOf = Pick<
  SheetToDraw,
  'language' | 'largePrint' | 'civility' | 'askedDay' | 'limitDay' | 'identifierKind'
>;

/**
 * The drawing operators of everything on a letter but its address, reference, secret and DataMatrix.
 * @throws WordsRefused
 */
export const composeFace = (faces: Typefaces, lot: LotToDraw, of: FaceOf): string => {
  const words = lot.words[of.language];
  const size = of.largePrint ? printSizes.large : printSizes.normal;
  const text = of.largePrint ? words.large : words.normal;
  const variables = variablesOf(lot, of);
  const say = (template: string) => fillWords(template, variables, of.language);
  const brand = `${colourOperands(lot.letterhead.colour)} rg`;
  const ink: Ink = { faces, size, say, brand };

  return [
    ...foldMarks(),
    ...letterhead(ink, lot, of),
    ...body(ink, words.subject, words.greeting, text, lot, of),
    ...foot(ink, text, lot.letterhead.colour),
  ].join('\n');
};

type Ink = {
  faces: Typefaces;
  size: (typeof printSizes)['normal'];
  say: (template: string) => string;
  brand: string;
};

const variablesOf = (lot: LotToDraw, of: FaceOf): LetterVariables => {
  const { letterhead, words } = lot;
  return {
    organisation: lot.organisationName,
    service: letterhead.service[of.language],
    phone: letterhead.phone,
    hours: letterhead.hours?.[of.language] ?? null,
    portalAddress: shownAddress(letterhead.portalAddress),
    letterDay: sayDay(lot.letterDay, of.language),
    askedDay: sayDay(of.askedDay, of.language),
    limitDay: sayDay(of.limitDay, of.language),
    civility: words[of.language].civilities[of.civility],
    identifier: words[of.language].identifiers[of.identifierKind],
  };
};

// An address to type by hand: without its scheme, and without a path that nobody would copy.
const shownAddress = (address: string | null): string | null => {
  const bare = address?.replace(/^https?:\/\//, '').replace(/\/$/, '') ?? null;
  return bare && bare.length > 40 ? bare.replace(/\/.*$/, '') : bare;
};

const foldMarks = (): string[] => [
  '0.6 G 0.4 w',
  ...paper.foldMarks.map(
    (at) => `${coordinate(mm(5))} ${coordinate(mm(at))} m ${coordinate(mm(9))} ${coordinate(mm(at))} l S`,
  ),
];

const letterhead = ({ faces, size, say, brand }: Ink, lot: LotToDraw, of: FaceOf): string[] => {
  const { name, service, returnAddress, phone, hours, portalAddress } = lot.letterhead;
  const x = mm(paper.left);
  const column = { x, width: mm(paper.headWidth) };
  const wide = { x, width: mm(paper.width) };
  const small = size.small;
  const set = (text: string, style: TextStyle, y: number) =>
    setParagraph(faces, say(text), style, { ...column, y });

  const title = setParagraph(faces, `**${plain(name)}**`, { size: 18, leading: 20 }, { ...wide, y: mm(20) });
  const bar = `${coordinate(x)} ${coordinate(mm(11))} ${coordinate(mm(16))} 2.4 re f`;
  const serviceLine = setParagraph(faces, say(plain(service[of.language])), small, { ...wide, y: mm(26) });
  const sender = stack(mm(35), [...returnAddress].map(plain), (line, y) => set(line, small, y));
  const contactHead = setParagraph(faces, `**${say(lot.words[of.language].contact)}**`, small, {
    ...column,
    y: sender.nextBaseline + small.leading * 0.8,
  });
  const phoneLine = stack(contactHead.nextBaseline + (size.phone - small.size), present(phone), (line, y) =>
    setParagraph(
      faces,
      say(`**${plain(line)}**`),
      { size: size.phone, leading: small.leading + 1 },
      { ...column, y },
    ),
  );
  const others = stack(
    phoneLine.nextBaseline,
    present(hours?.[of.language], shownAddress(portalAddress)),
    (line, y) => set(line, small, y),
  );
  if (others.nextBaseline > mm(paper.referenceBaseline)) throw new WordsRefused('words-too-long');

  const date = setParagraph(faces, say(lot.words[of.language].date), size.body, {
    x: mm(lot.addressPlace.leftMm),
    y: mm(paper.dateBaseline),
    width: mm(paper.left + paper.width - lot.addressPlace.leftMm),
  });

  return [
    brand,
    bar,
    ...title.operators,
    ...contactHead.operators,
    grey,
    ...serviceLine.operators,
    ...sender.operators,
    ...others.operators,
    black,
    ...phoneLine.operators,
    ...date.operators,
  ];
};

const body = (
  { faces, size, say, brand }: Ink,
  subject: string,
  greeting: string,
  text: LetterText,
  lot: LotToDraw,
  of: FaceOf,
): string[] => {
  const column = { x: mm(paper.left), width: mm(paper.width) };
  const indent = mm(size === printSizes.large ? 8 : 6);
  const gap = size.gap;
  const set = (said: string, y: number, style: TextStyle = size.body) =>
    setParagraph(faces, said, style, { ...column, y });

  const heading = set(`**${say(subject)}**`, mm(paper.subjectBaseline), {
    size: size.subject,
    leading: size.subjectLeading,
  });
  const hello = set(say(greeting), heading.nextBaseline);
  const opening = set(say(text.opening), hello.nextBaseline + gap);
  const stepsHead = stack(opening.nextBaseline + gap, present(text.stepsTitle), (title, y) =>
    set(`**${say(title)}**`, y),
  );
  const steps = stack(stepsHead.nextBaseline + 1.5, text.steps, (step, y, index) => {
    const number = set(`**${index + 1}.**`, y);
    const said = setParagraph(faces, say(step), size.body, {
      x: column.x + indent,
      width: column.width - indent,
      y,
    });
    return { operators: [...number.operators, ...said.operators], nextBaseline: said.nextBaseline + 1.5 };
  });
  const closing = set(say(text.closing), steps.nextBaseline + gap);
  const { name, role } = lot.signatory;
  const signed = set(
    say(`**${plain(name)}**, ${plain(role[of.language])}`),
    closing.nextBaseline + gap * 0.6,
  );
  if (signed.nextBaseline - size.body.leading > mm(size.frameTop - 3))
    throw new WordsRefused('words-too-long');

  const said = [hello, opening, stepsHead, steps, closing, signed].flatMap(({ operators }) => operators);
  return [brand, ...heading.operators, black, ...said];
};

const foot = ({ faces, size, say, brand }: Ink, text: LetterText, colour: string): string[] => {
  const [x, width] = [mm(paper.left), mm(paper.width)];
  const centred = (said: string, y: number) =>
    setParagraph(faces, said, size.body, { x, width, y, align: 'centre' });
  const title = centred(`**${say(text.secretTitle)}**`, mm(size.frameTop + 8));
  const life = centred(say(text.life), mm(size.frameTop + 28.5));

  const gutter = mm(8);
  const noteWidth = (width - gutter * (text.notes.length - 1)) / text.notes.length;
  const notes = text.notes.map((note, index) => {
    const column = { x: x + index * (noteWidth + gutter), width: noteWidth };
    const head = setParagraph(faces, `**${say(note.title)}**`, size.body, {
      ...column,
      y: mm(size.frameTop + paper.frameHeight + 9),
    });
    const said = setParagraph(faces, say(note.text), size.body, { ...column, y: head.nextBaseline + 1 });
    return { head: head.operators, said: said.operators, nextBaseline: said.nextBaseline };
  });
  const lowest = Math.max(...notes.map(({ nextBaseline }) => nextBaseline));
  const farewell = setParagraph(faces, say(text.farewell), size.body, { x, width, y: lowest + 6 });
  if (farewell.nextBaseline - size.body.leading > mm(paper.footEnds))
    throw new WordsRefused('words-too-long');

  return [
    ...frame(size.frameTop, colour),
    brand,
    ...title.operators,
    ...notes.flatMap(({ head }) => head),
    black,
    ...life.operators,
    ...notes.flatMap(({ said }) => said),
    ...farewell.operators,
  ];
};

const frame = (top: number, colour: string): string[] => {
  const box = [paper.left, top, paper.width, paper.frameHeight].map((side) => coordinate(mm(side))).join(' ');
  return [`${colourOperands(colour, 0.06)} rg`, `${colourOperands(colour)} RG 1.1 w`, `${box} re B`];
};

type Set = { operators: string[]; nextBaseline: number };

const stack = <T>(from: number, items: T[], set: (item: T, y: number, index: number) => Set): Set => {
  let nextBaseline = from;
  const operators = items.flatMap((item, index) => {
    const done = set(item, nextBaseline, index);
    nextBaseline = done.nextBaseline;
    return done.operators;
  });
  return { operators, nextBaseline };
};

const present = (...texts: (string | null | undefined)[]): string[] =>
  texts.filter((text) => typeof text === 'string');

// Data of an organisation's file is text, never a placeholder or a mark for bold.
const plain = (text: string): string => text.replaceAll('**', '').replaceAll('{{', '');
