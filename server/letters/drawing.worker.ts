import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { openLetterDocument, type LetterDocument } from './drawing.ts';
import type { DrawnBundle, LotToDraw, SheetToDraw } from './sheet-to-draw.ts';

/** What the desk asks of this thread; a document is known by the number the desk gave it. */
export type DrawingRequest = { id: number; document: number } & (
  | { call: 'open'; lot: LotToDraw }
  | { call: 'draw'; sheets: SheetToDraw[] }
  | { call: 'finish' }
  | { call: 'abort' }
);

export type DrawingAnswer = { id: number } & (
  { ok: true; value: DrawnBundle | Uint8Array | null } | { ok: false; message: string }
);

const fontFile = (name: string) => readFileSync(join(String(workerData.fontsDirectory), name));
const fonts = {
  regular: fontFile('NotoSans-Regular.ttf'),
  bold: fontFile('NotoSans-Bold.ttf'),
  mono: fontFile('NotoSansMono-Bold.ttf'),
};
const documents = new Map<number, LetterDocument>();

const answer = (request: DrawingRequest): DrawnBundle | Uint8Array | null => {
  if (request.call === 'open') {
    documents.set(request.document, openLetterDocument(request.lot, fonts));
    return null;
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
