import { mm } from './paper.ts';

/** Bars with their numbers beside them, so that they are read without colour. */
export type Bars = {
  kind: 'bars';
  title: string;
  /** One beside the other over their labels (days), or one below the other (channels). */
  isUpright: boolean;
  bars: { label: string; value: number; text: string }[];
};

/** Where they are drawn. */
export type BarSpace = { left: number; width: number; top: number; bottom: number };

type Document = PDFKit.PDFDocument;

const ink = '#1a1a1a';
const pale = '#5a5a5a';
const fill = '#3d6672';
const rule = '#b8b8b8';
const uprightHeight = mm(32);
const rowHeight = mm(6.5);
const titleHeight = mm(7);

/** Draws them where the document stands, on a new page when they do not fit, and leaves it below them. */
export const drawBars = (document: Document, block: Bars, space: BarSpace): void => {
  const height = titleHeight + (block.isUpright ? uprightHeight + mm(9) : block.bars.length * rowHeight);
  if (document.y + height > space.bottom) {
    document.addPage();
    document.y = space.top;
  }
  const { y } = document;
  document.font('bold').fontSize(11).fillColor(ink).text(block.title, space.left, y, { width: space.width });
  const most = Math.max(...block.bars.map(({ value }) => value), 0);
  if (block.isUpright) drawUpright(document, block, most, { ...space, top: y + titleHeight });
  else drawRows(document, block, most, { ...space, top: y + titleHeight });
  document.y = y + height;
};

const drawUpright = (document: Document, { bars }: Bars, most: number, space: BarSpace): void => {
  const step = space.width / Math.max(bars.length, 1);
  const floor = space.top + mm(4) + uprightHeight;
  bars.forEach(({ label, value, text }, at) => {
    const x = space.left + at * step;
    const height = most > 0 ? (value / most) * uprightHeight : 0;
    document
      .rect(x + step * 0.15, floor - height, step * 0.7, height)
      .fillColor(fill)
      .fill();
    small(document, text, x, floor - height - mm(3.2), step);
    small(document, label, x, floor + mm(1), step);
  });
  document
    .moveTo(space.left, floor)
    .lineTo(space.left + space.width, floor)
    .lineWidth(0.5)
    .strokeColor(rule)
    .stroke();
};

const drawRows = (document: Document, { bars }: Bars, most: number, space: BarSpace): void => {
  const indent = mm(46);
  const room = space.width - indent - mm(22);
  bars.forEach(({ label, value, text }, at) => {
    const y = space.top + at * rowHeight;
    const length = most > 0 ? (value / most) * room : 0;
    document.font('regular').fontSize(9.5).fillColor(ink);
    document.text(label, space.left, y + mm(0.6), { width: indent - mm(3), lineBreak: false });
    document
      .rect(space.left + indent, y + mm(0.8), length, mm(4.2))
      .fillColor(fill)
      .fill();
    document.fillColor(ink).text(text, space.left + indent + length + mm(2), y + mm(0.6), {
      width: mm(20),
      lineBreak: false,
    });
  });
};

// As large as its column allows: five digits over one of thirty-one days still stand apart.
const small = (document: Document, text: string, x: number, y: number, width: number): void => {
  document.font('regular').fontSize(6.5);
  const size = Math.min(6.5, (6.5 * (width - 1)) / Math.max(document.widthOfString(text), 1));
  document.fontSize(size).fillColor(pale).text(text, x, y, { width, align: 'center', lineBreak: false });
};
