import type { House } from '../core/ctx.ts';
import { listStanding } from './bundles.store.ts';
import { listInBundle } from './lot-letters.store.ts';
import type { LotRow } from './lots.store.ts';
import type { Manifest } from './printers/printer.ts';

/** What a whole lot consists of, by files and sheets; nothing about a person stands in it. */
export const manifestOf = async ({ pool }: House, lot: LotRow): Promise<Manifest> => {
  const files: Manifest['files'] = [];
  for (const bundle of await listStanding(pool, [lot.id])) {
    const letters = await listInBundle(pool, bundle);
    const references = letters.map(({ sheet, reference }) => ({ sheet: sheet ?? 0, reference }));
    files.push({ file: bundle.file ?? '', sha256: bundle.sha256 ?? '', sheets: bundle.sheets, references });
  }
  return {
    lot: lot.number,
    organisation: lot.organisation_id,
    product: lot.product,
    plannedPostingOn: lot.planned_posting_on,
    sheets: files.reduce((sum, { sheets }) => sum + sheets, 0),
    files,
  };
};
