import type { House } from '../core/ctx.ts';
import { listStanding } from './bundles.store.ts';
import type { PrintTargetsKnown, SendLot } from './lots.schema.ts';
import type { LotRow } from './lots.store.ts';
import type { Printer } from './printers/printer.ts';
import { wrong } from './wrong.ts';

/** Where lots can be printed besides the browser. */
export const describeTargets = ({ targets: { printer, mailHouse } }: House): PrintTargetsKnown => ({
  printer: printer && {
    kind: printer.kind === 'ipp' ? 'ipp' : 'directory',
    isEncrypted: printer.isEncrypted,
  },
  mailHouse: mailHouse && { isEncrypted: mailHouse.isEncrypted },
});

/** @throws AppError `invalid-input` when this server has no such way out. */
export const targetOf = ({ targets }: House, target: SendLot['target']): Printer => {
  const printer = target === 'printer' ? targets.printer : targets.mailHouse;
  if (!printer) throw wrong('target', target === 'printer' ? 'lots.noPrinter' : 'lots.noMailHouse');
  return printer;
};

/**
 * Takes away what this attempt and those before it left in a directory without delivering it: its sheets open
 * nothing, and nobody should print them.
 */
export const tidyTargets = async ({ pool, targets }: House, lot: LotRow): Promise<void> => {
  const standing = await listStanding(pool, [lot.id]);
  const delivered = new Set(standing.flatMap(({ file, delivered_at }) => (delivered_at && file) || []));
  for (const printer of [targets.printer, targets.mailHouse]) await printer?.tidy(lot, delivered);
};
