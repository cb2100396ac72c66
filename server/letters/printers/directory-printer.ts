import { createHash } from 'node:crypto';
import type { Printer } from './printer.ts';
import type { Sealer } from './public-keys.ts';
import { examineSpool, putWhole, tidySpool } from './spool.ts';

/**
 * A directory that a print system takes files from: a PDF for each bundle, encrypted for its holder when there is a
 * key. It belongs to one Guichet: files named as ours that were never delivered are taken away.
 */
export const openDirectoryPrinter = (directory: string, seal: Sealer | null): Printer => ({
  kind: 'directory',
  isEncrypted: seal !== null,
  deliver: async (document, signal) => {
    const bytes = seal ? await seal(document.bytes) : document.bytes;
    const file = `${document.name}.pdf${seal ? '.pgp' : ''}`;
    await putWhole(directory, file, bytes, { ...document, signal });
    return { file, sha256: createHash('sha256').update(bytes).digest('hex') };
  },
  tidy: (lot, delivered) => tidySpool(directory, lot, delivered),
  complete: async () => undefined,
  failureOf: async () => null,
  examine: () => examineSpool(directory),
});

/**
 * A directory from which a mail house takes its work: an encrypted PDF for each bundle and, written last, the
 * manifest that says what belongs to the lot. What stands in no manifest is not to be produced.
 */
export const openMailHouse = (directory: string, seal: Sealer): Printer => ({
  ...openDirectoryPrinter(directory, seal),
  kind: 'mail-house',
  complete: (manifest) =>
    putWhole(
      directory,
      `lot-${manifest.lot}-manifest.json`,
      Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
    ),
});
