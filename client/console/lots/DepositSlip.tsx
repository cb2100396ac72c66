import { useTranslate } from 'react-admin';
import type { Lot } from '../../../server/letters/lots.schema.ts';
import { FileButton } from '../shared/FileButton.tsx';

/** La Poste's slip of a counted lot, to hand over with its letters. */
export const DepositSlip = ({ lot: { id, number } }: { lot: Lot }) => {
  const translate = useTranslate();
  return (
    <FileButton
      size="small"
      path={`/lots/${encodeURIComponent(id)}/deposit-slip`}
      saveAs={`${translate('lots.deposit.slipFile')}-${number}.pdf`}
    >
      {translate('lots.deposit.slip')}
    </FileButton>
  );
};
