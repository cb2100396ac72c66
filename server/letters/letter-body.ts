import { plain, present, stack, type Ink } from './letter-ink.ts';
import type { LetterText } from './letter-words.ts';
import { WordsRefused, type SetParagraph } from './paragraph.ts';
import { black, colourOperands, mm, paper, rightColumn } from './paper.ts';
import { coordinate } from './typesetting.ts';

/** Date, subject, the letter itself and who signs it: the second panel. @throws WordsRefused */
export const composeBody = (ink: Ink): string[] => {
  const { size, say, set, brand, words } = ink;
  const text = textOf(ink);
  const at = (y: number) => ({ x: mm(paper.left), y, width: mm(paper.width) });
  const paragraph = (said: string, y: number) => set(said, size.body, at(y));

  const date = set(say(words.date), size.body, rightColumn(ink.lot.addressPlace, paper.dateBaseline));
  const heading = set(`**${say(words.subject)}**`, size.subject, at(mm(paper.subjectBaseline)));
  const hello = paragraph(say(words.greeting), heading.nextBaseline);
  const opening = paragraph(say(text.opening), hello.nextBaseline + size.gap);
  const steps = setSteps(ink, text, opening.nextBaseline + size.gap);
  const closing = paragraph(say(text.closing), steps.nextBaseline + size.gap);
  const signed = signature(ink, closing.nextBaseline + size.gap);
  if (signed.nextBaseline - size.body.leading > mm(size.frameTop - 3))
    throw new WordsRefused('words-too-long');

  const said = [date, hello, opening, steps, closing, signed].flatMap(({ operators }) => operators);
  return [brand, ...heading.operators, black, ...said];
};

/** The frame for the secret and what to know about it: the third panel. @throws WordsRefused */
export const composeFoot = (ink: Ink): string[] => {
  const { size, say, set, brand } = ink;
  const text = textOf(ink);
  const [x, width] = [mm(paper.left), mm(paper.width)];
  const centred = (said: string, y: number) => set(said, size.body, { x, width, y, align: 'centre' });
  const title = centred(`**${say(text.secretTitle)}**`, mm(size.frameTop + paper.secretTitleBaseline));
  const life = centred(say(text.life), mm(size.frameTop + paper.lifeBaseline));

  const notes = setNotes(ink, text, mm(size.frameTop + paper.frameHeight + 9));
  const lowest = Math.max(...notes.map(({ nextBaseline }) => nextBaseline));
  const farewell = set(say(text.farewell), size.body, { x, width, y: lowest + size.gap * 0.7 });
  if (farewell.nextBaseline - size.body.leading > mm(paper.footEnds))
    throw new WordsRefused('words-too-long');

  return [
    ...composeFrame(size.frameTop, ink.lot.letterhead.colour),
    brand,
    ...title.operators,
    ...notes.flatMap(({ head }) => head),
    black,
    ...life.operators,
    ...notes.flatMap(({ said }) => said),
    ...farewell.operators,
  ];
};

const textOf = ({ words, of }: Ink): LetterText => (of.largePrint ? words.large : words.normal);

const setSteps = ({ size, say, set }: Ink, text: LetterText, top: number): SetParagraph => {
  const column = { x: mm(paper.left), width: mm(paper.width) };
  const indent = size.stepIndent;
  const head = stack(top, present(text.stepsTitle), (title, y) =>
    set(`**${say(title)}**`, size.body, { ...column, y }),
  );
  const steps = stack(head.nextBaseline + 1.5, text.steps, (step, y, index) => {
    const number = set(`**${index + 1}.**`, size.body, { ...column, y });
    const said = set(say(step), size.body, { x: column.x + indent, width: column.width - indent, y });
    return { operators: [...number.operators, ...said.operators], nextBaseline: said.nextBaseline + 1.5 };
  });
  return { operators: [...head.operators, ...steps.operators], nextBaseline: steps.nextBaseline };
};

// In the column of the date, as French letters are signed; in large print on one line, for room.
const signature = ({ lot, of, size, say, set }: Ink, y: number): SetParagraph => {
  const { name, role } = lot.signatory;
  const said = [`**${plain(name)}**`, plain(role[of.language])].map(say);
  if (of.largePrint) {
    return set(said.join(', '), size.body, { x: mm(paper.left), y, width: mm(paper.width) });
  }
  return stack(y, said, (line, baseline) =>
    set(line, size.body, { ...rightColumn(lot.addressPlace, 0), y: baseline }),
  );
};

const setNotes = ({ size, say, set }: Ink, { notes }: LetterText, y: number) => {
  const gutter = mm(8);
  const width = (mm(paper.width) - gutter * (notes.length - 1)) / notes.length;
  return notes.map((note, index) => {
    const column = { x: mm(paper.left) + index * (width + gutter), width };
    const head = set(`**${say(note.title)}**`, size.body, { ...column, y });
    const said = set(say(note.text), size.body, { ...column, y: head.nextBaseline + 1 });
    return { head: head.operators, said: said.operators, nextBaseline: said.nextBaseline };
  });
};

/** The box that the secret stands in. */
export const composeFrame = (top: number, colour: string): string[] => {
  const box = [paper.left, top, paper.width, paper.frameHeight].map((side) => coordinate(mm(side))).join(' ');
  return [`${colourOperands(colour, 0.06)} rg`, `${colourOperands(colour)} RG 1 w`, `${box} re B`];
};
