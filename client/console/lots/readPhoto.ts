import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** Longest side that is looked at: enough for a code of 10 mm on a whole page, and quick. */
const mostPixels = 3_000;

/**
 * The codes on a photo, read here: the picture may show a password and never leaves this browser. The reader is
 * loaded with the first photo, from our own address. Null when the file is no picture.
 *
 * @throws when the reader cannot be loaded.
 */
export const readPhoto = async (photo: Blob): Promise<string[] | null> => {
  const pixels = await pixelsOf(photo).catch(() => null);
  if (!pixels) return null;
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader');
  prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });
  const found = await readBarcodes(pixels, { formats: ['DataMatrix'], tryHarder: true });
  return [...new Set(found.filter(({ isValid }) => isValid).map(({ text }) => text))];
};

const pixelsOf = async (photo: Blob): Promise<ImageData> => {
  const picture = await createImageBitmap(photo);
  const scale = Math.min(1, mostPixels / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const drawing = canvas.getContext('2d', { willReadFrequently: true });
  if (!drawing) throw new Error('This browser draws no pictures.');
  drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return drawing.getImageData(0, 0, canvas.width, canvas.height);
};
