import { unaccent } from '../core/text.ts';
import { plain, present, shownAddress, stack, type Ink } from './letter-ink.ts';
import { WordsRefused, type SetParagraph } from './paragraph.ts';
import { black, grey, mm, paper, type HeadStyle } from './paper.ts';
import type { Letterhead } from './sheet-to-draw.ts';
import { coordinate } from './typesetting.ts';

/**
 * Who writes, and how to reach them: the name above, the rest in the column left of the window.
 * @throws WordsRefused
 */
export const composeLetterhead = (ink: Ink): string[] => {
  const { size, brand, set } = ink;
  const x = mm(paper.left);
  const title = set(`**${plain(ink.lot.letterhead.name)}**`, size.title, {
    x,
    y: mm(paper.titleBaseline),
    width: mm(paper.width),
  });
  const bar = [mm(paper.left), mm(paper.barTop), mm(16), 2.4].map(coordinate).join(' ');
  const top = Math.max(mm(paper.headBaseline), title.nextBaseline - size.title.leading + mm(8));
  return [brand, `${bar} re f`, ...title.operators, ...firstThatFits(ink, top)];
};

// Small enough to fit where there is much to say, and no smaller than it must be.
const firstThatFits = (ink: Ink, top: number): string[] => {
  for (const style of ink.size.heads) {
    const { operators, nextBaseline } = column(ink, style, top);
    if (nextBaseline - style.leading <= mm(paper.headEnds)) return operators;
  }
  throw new WordsRefused('words-too-long');
};

const column = (ink: Ink, style: HeadStyle, top: number): SetParagraph => {
  const { lot, of, words, size, say, set, brand } = ink;
  const { letterhead } = lot;
  const site = shownAddress(letterhead.portalAddress);
  const at = (y: number) => ({ x: mm(paper.left), y, width: mm(paper.headWidth) });
  const line = (text: string, y: number) => set(text, style, at(y));

  const sender = stack(top, senderLines(letterhead, style).map(plain), line);
  const head = line(`**${say(words.contact)}**`, sender.nextBaseline + style.leading * 0.7);
  const phone = stack(head.nextBaseline + 1, present(letterhead.phone), (text, y) =>
    set(say(`**${plain(text)}**`), { size: size.phone, leading: style.leading + 1 }, at(y)),
  );
  const whenAndWhere = present(
    capitalised(present(letterhead.service[of.language], letterhead.hours?.[of.language]).join(', ')),
    // The first step tells it too: here only where one line holds it.
    of.largePrint || !ink.fits(site ?? '', style, mm(paper.headWidth)) ? null : site,
  );
  const rest = stack(phone.nextBaseline, whenAndWhere, (text, y) => line(say(plain(text)), y));

  const operators = [
    grey,
    ...sender.operators,
    brand,
    ...head.operators,
    black,
    ...phone.operators,
    grey,
    ...rest.operators,
  ];
  return { operators, nextBaseline: rest.nextBaseline };
};

// The name stands in large letters just above: said twice it would only take room.
const senderLines = ({ name, returnAddress }: Letterhead, { isRunOn }: HeadStyle): string[] => {
  const isNamed = folded(returnAddress[0] ?? '') === folded(name);
  const lines = isNamed ? returnAddress.slice(1) : returnAddress;
  return isRunOn ? [lines.join(', ')] : lines;
};

const folded = (text: string): string => unaccent(text).toUpperCase().replace(/\s+/g, ' ').trim();

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
