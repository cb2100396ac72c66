import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';

/** A picture of one sheet's DataMatrix, as a camera would hand it over. */
export const photoOf = async (code: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> => {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm');
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } });
  const { image, error } = await writeBarcode(code, { format: 'DataMatrix', scale: 6 });
  if (!image) throw new Error(`No picture of the code was made: ${error}`);
  return { name: 'feuille.png', mimeType: 'image/png', buffer: Buffer.from(await image.arrayBuffer()) };
};
