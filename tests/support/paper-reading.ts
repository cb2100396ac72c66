import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import { mmPerPoint, openPdf, textsOnPage, type Text } from './paper.ts';

/** What a person and a scanner find on a page: its texts, and the code rendered and read back. */
export type ReadPage = { texts: Text[]; code: string };

/** Reads every page of a document, one after the other, as a printer would show it. */
export async function* readPages(pdf: Uint8Array): AsyncGenerator<ReadPage> {
  await startReader();
  const document = await openPdf(pdf);
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    yield { texts: await textsOnPage(page), code: await codeOn(document, page) };
    page.cleanup();
  }
  await document.loadingTask.destroy();
}

let started: Promise<unknown> | undefined;

/** The barcode reader, from the package and not from the network. */
export const startReader = (): Promise<unknown> => {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  started ??= prepareZXingModule({
    overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer },
    fireImmediately: true,
  });
  return started;
};

type Canvas = { width: number; height: number };
type Canvases = {
  create: (width: number, height: number) => { canvas: Canvas; context: CanvasRenderingContext2D };
};

// A page stands upright and has one code: no need to look for it turned, paler or smaller.
const reading: ReaderOptions = {
  formats: ['DataMatrix'],
  tryHarder: false,
  tryRotate: false,
  tryInvert: false,
  tryDownscale: false,
  maxNumberOfSymbols: 1,
};

/** The left margin beside the second panel, in millimetres, and dots for each. */
const margin = { left: 3, top: 108, width: 16, height: 24 };
const dotsPerMm = 8;

// The whole page is drawn; only the margin lies on the canvas.
const codeOn = async (document: PDFDocumentProxy, page: PDFPageProxy): Promise<string> => {
  const [width, height] = [margin.width * dotsPerMm, margin.height * dotsPerMm];
  const { context } = (document.canvasFactory as Canvases).create(width, height);
  const viewport = page.getViewport({
    scale: dotsPerMm * mmPerPoint,
    offsetX: -margin.left * dotsPerMm,
    offsetY: -margin.top * dotsPerMm,
  });
  await page.render({ canvas: null, canvasContext: context, viewport }).promise;
  const [read] = await readBarcodes(context.getImageData(0, 0, width, height), reading);
  return read?.text ?? '';
};
