import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { openLetterDocument, type LetterDocument } from './drawing.ts';
import { drawForms, type Form, type FormsInfo } from './forms.ts';
import type { Refusal } from './sheet-content.ts';
import type { DrawnBundle, LotToDraw, SheetToDraw, SpecimenToDraw } from './sheet-to-draw.ts';
import { drawCalibration, drawSpecimen } from './specimen-pages.ts';
import { openFontBook } from './typesetting.ts';

/** What the desk asks of this thread; a document is known by the number the desk gave it. */
export type DrawingRequest = { id: number; document: number } & (
  | { call: 'open'; lot: LotToDraw }
  | { call: 'draw'; sheets: SheetToDraw[] }
  | { call: 'finish' }
  | { call: 'abort' }
  | { call: 'forms'; forms: Form[]; info: FormsInfo }
  | { call: 'specimen'; lot: LotToDraw; specimen: SpecimenToDraw; withWindow: boolean }
  | { call: 'calibration'; lot: LotToDraw }
);

export type DrawingAnswer = { id: number } & (
  { ok: true; value: DrawnBundle | Uint8Array | Refusal | null } | { ok: false; message: string }
);

const fontFile = (name: string) => readFileSync(join(String(workerData.fontsDirectory), name));
const fonts = {
  regular: fontFile('NotoSans-Regular.ttf'),
  bold: fontFile('NotoSans-Bold.ttf'),
  mono: fontFile('NotoSansMono-Bold.ttf'),
};
const book = openFontBook(fonts);
const documents = new Map<number, LetterDocument>();

const answer = (request: DrawingRequest): DrawnBundle | Uint8Array | Refusal | null => {
  if (request.call === 'open') {
    documents.set(request.document, openLetterDocument(request.lot, book));
    return null;
  }
  if (request.call === 'forms') return drawForms(request.forms, request.info, fonts);
  if (request.call === 'calibration') return drawCalibration(request.lot, book);
  if (request.call === 'specimen') {
    return drawSpecimen(request.lot, request.specimen, request.withWindow, book);
  }
  const document = documents.get(request.document);
  if (request.call === 'draw') {
    if (!document) throw new Error('This document is closed.');
    return document.draw(request.sheets);
  }
  documents.delete(request.document);
  return request.call === 'finish' && document ? document.finish() : null;
};

parentPort?.on('message', (request: DrawingRequest) => {
  try {
    const value = answer(request);
    parentPort?.postMessage({ id: request.id, ok: true, value } satisfies DrawingAnswer);
  } catch (error) {
    documents.delete(request.document);
    const message = error instanceof Error ? error.message : 'The drawing failed.';
    parentPort?.postMessage({ id: request.id, ok: false, message } satisfies DrawingAnswer);
  }
});
