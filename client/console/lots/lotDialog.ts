import type { Lot } from '../../../server/letters/lots.schema.ts';

/** What every dialog about a lot is given. */
export type LotDialogProps = {
  lot: Lot;
  onDone: (lot: Lot) => void;
  onClose: () => void;
  onReload: () => void;
};
