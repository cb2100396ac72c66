import { Box, Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import type { Lot } from '../../../server/letters/lots.schema.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import { nextActOf, whyNotNext } from './nextAct.ts';

/** What to do next with a lot, as one button that opens it there; else whom it waits for. */
export const NextStep = ({ lot }: { lot: Lot }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const navigate = useNavigate();
  const act = nextActOf(lot);
  const isPrinting = lot.state === 'printing' && act === undefined;
  if (!act && !isPrinting) {
    return <Box sx={{ maxWidth: 260, fontSize: 13, color: 'var(--ink-soft)' }}>{whyNotNext(lot)}</Box>;
  }
  const label = translate(act ? `lots.${act}.button` : 'lots.next.follow');
  return (
    <>
      <Button
        size="small"
        variant={act ? 'contained' : 'outlined'}
        aria-label={translate('lots.next.of', { act: label, number: lot.number })}
        onClick={(event) => {
          // The row would open the lot without its dialog.
          event.stopPropagation();
          void navigate(`/lots/${lot.id}/show`, { state: act ? { act } : null });
        }}
      >
        {label}
      </Button>
      {isPrinting && (
        <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
          {translate('printing.progress', { done: format(lot.printed), all: format(lot.letters) })}
        </Box>
      )}
    </>
  );
};
