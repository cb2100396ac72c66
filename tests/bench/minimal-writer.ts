import { deflateSync } from 'node:zlib';
import { groupForReading } from '../../server/credentials/temporary-password.ts';
import { matrixRuns, sheetMatrix } from '../../server/letters/datamatrix.ts';
import { fillWords } from '../../server/letters/letter-words.ts';
import { mm, paper, sheetSize } from '../../server/letters/paper.ts';
import { sheetCode } from '../../server/letters/sheet-code.ts';
import type { LotToDraw, SheetToDraw } from '../../server/letters/sheet-to-draw.ts';
import { variablesOf } from './plain-letter.ts';

/**
 * The practical limit: a PDF written by hand, for these letters and nothing else. Fonts that every reader has, no
 * kerning, no check of glyphs or widths, and our own DataMatrix. Answers the number of bytes.
 */
export const writeMinimal = (lot: LotToDraw, sheets: Iterable<SheetToDraw>): number => {
  const file = openFile();
  const fonts = ['Helvetica', 'Helvetica-Bold', 'Courier-Bold'].map((name) =>
    file.object(`/Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding`),
  );
  const font = `/Font << ${fonts.map((id, at) => `/F${at} ${id} 0 R`).join(' ')} >>`;
  const box = `[0 0 ${sheetSize.width} ${sheetSize.height}]`;
  const tree = file.reserve();
  const pages: number[] = [];
  const faces = new Map<string, number>();
  for (const sheet of sheets) {
    const key = [sheet.language, sheet.civility, sheet.askedDay, sheet.limitDay].join();
    const form = `/Type /XObject /Subtype /Form /BBox ${box} /Resources << ${font} >>`;
    const face = faces.get(key) ?? file.object(form, faceOf(lot, sheet));
    faces.set(key, face);
    const content = file.object('', pageOf(lot, sheet));
    const resources = `/Resources << ${font} /XObject << /L ${face} 0 R >> >>`;
    const page = `/Type /Page /Parent ${tree} 0 R /MediaBox ${box} /Contents ${content} 0 R ${resources}`;
    pages.push(file.object(page));
  }
  const kids = pages.map((id) => `${id} 0 R`).join(' ');
  file.write(tree, `/Type /Pages /Count ${pages.length} /Kids [${kids}]`);
  return file.end(file.object(`/Type /Catalog /Pages ${tree} 0 R`));
};

/** Objects one after the other, and at the end the table of where they begin. */
const openFile = () => {
  const offsets: number[] = [];
  let bytes = 0;
  const add = (piece: Buffer): void => void (bytes += piece.length);
  const reserve = (): number => offsets.push(0);
  const write = (id: number, body: string, content?: string): void => {
    offsets[id - 1] = bytes;
    if (content === undefined) return add(Buffer.from(`${id} 0 obj\n<< ${body} >>\nendobj\n`, 'latin1'));
    const stream = deflateSync(Buffer.from(content, 'latin1'));
    const head = `${id} 0 obj\n<< ${body} /Filter /FlateDecode /Length ${stream.length} >>\nstream\n`;
    add(Buffer.concat([Buffer.from(head, 'latin1'), stream, Buffer.from('\nendstream\nendobj\n')]));
  };
  add(Buffer.from('%PDF-1.4\n'));

  return {
    reserve,
    write,
    object: (body: string, content?: string): number => {
      const id = reserve();
      write(id, body, content);
      return id;
    },
    end: (root: number): number => {
      const start = bytes;
      const size = offsets.length + 1;
      const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
      const trailer = `trailer\n<< /Size ${size} /Root ${root} 0 R >>\nstartxref\n${start}\n%%EOF\n`;
      add(Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${table}${trailer}`));
      return bytes;
    },
  };
};

const text = (font: number, size: number, x: number, y: number, said: string): string =>
  `BT /F${font} ${size} Tf ${mm(x).toFixed(2)} ${(sheetSize.height - mm(y)).toFixed(2)} Td (${escaped(said)}) Tj ET`;

const escaped = (said: string): string => said.replace(/[\\()]/g, (sign) => `\\${sign}`);

const faceOf = (lot: LotToDraw, sheet: SheetToDraw): string => {
  const words = lot.words[sheet.language];
  const say = (template: string) => fillWords(template, variablesOf(lot, sheet), sheet.language);
  const { letterhead, signatory } = lot;
  const { normal } = words;
  const body = [words.greeting, normal.opening, ...normal.steps, normal.closing, signatory.name];
  const lines = body.map(say).flatMap((said) => said.match(/.{1,95}(?: |$)/g) ?? []);
  const notes = normal.notes.flatMap(({ title, text: said }) => [
    title,
    ...(say(said).match(/.{1,95}(?: |$)/g) ?? []),
  ]);
  return [
    text(1, 19, paper.left, paper.titleBaseline, letterhead.name),
    ...[...letterhead.returnAddress, letterhead.phone ?? '', letterhead.hours?.fr ?? ''].map((said, row) =>
      text(0, 11, paper.left, 31 + row * 5, said),
    ),
    text(1, 14, paper.left, paper.subjectBaseline, words.subject),
    ...lines.map((said, row) => text(0, 11, paper.left, 130 + row * 5, said)),
    text(1, 11, 80, 217, normal.secretTitle),
    text(0, 11, 60, 237, say(normal.life)),
    ...notes.map((said, row) => text(0, 11, paper.left, 250 + row * 5, said)),
  ].join('\n');
};

const pageOf = (lot: LotToDraw, sheet: SheetToDraw): string => {
  const { x, y, module } = paper.matrix;
  const runs = matrixRuns(
    sheetMatrix(sheetCode({ lot: lot.number, attempt: lot.attempt, sheet: sheet.sheet })),
  );
  const { leftMm, topMm, linePitchMm } = lot.addressPlace;
  const scale = mm(module).toFixed(2);
  return [
    '/L Do',
    ...sheet.addressLines.map((said, row) => text(0, 10, leftMm, topMm + 3 + row * linePitchMm, said)),
    text(2, 26, 60, 228, groupForReading(sheet.secret)),
    text(0, 11, paper.left, paper.dateBaseline, `${lot.words[sheet.language].reference} ${sheet.reference}`),
    `q ${scale} 0 0 -${scale} ${mm(x).toFixed(2)} ${(sheetSize.height - mm(y)).toFixed(2)} cm\n${runs}\nQ`,
  ].join('\n');
};
