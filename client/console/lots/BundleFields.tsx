import CheckCircle from '@mui/icons-material/CheckCircle';
import WarningAmber from '@mui/icons-material/WarningAmber';
import { Box, TextField } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Bundle } from '../../../server/letters/lots.schema.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import type { Typed } from './counting.ts';
import type { SheetsReading } from './sheets.ts';

type Props = {
  bundle: Bundle;
  typed: Typed;
  read: SheetsReading;
  disabled: boolean;
  onChange: (typed: Typed) => void;
};

/** Good and spoiled sheets of one bundle, and what is missing as it is typed; the server checks it again. */
export const BundleFields = ({ bundle, typed, read, disabled, onChange }: Props) => {
  const translate = useTranslate();
  const isNumber = /^\d{1,5}$/.test(typed.good);
  const range = { from: bundle.fromSheet, to: bundle.toSheet };
  return (
    <>
      <TextField
        fullWidth
        autoFocus
        margin="dense"
        label={translate('counting.good')}
        helperText={translate('counting.goodHelp')}
        value={typed.good}
        error={typed.good !== '' && !isNumber}
        disabled={disabled}
        slotProps={{ htmlInput: { inputMode: 'numeric', maxLength: 5, autoComplete: 'off' } }}
        onChange={(event) => onChange({ ...typed, good: event.target.value.trim() })}
      />
      <TextField
        fullWidth
        margin="dense"
        label={translate('counting.spoiled')}
        helperText={
          read.ok
            ? translate('counting.spoiledHelp')
            : translate('counting.badPart', { part: read.part, ...range })
        }
        error={!read.ok}
        value={typed.spoiled}
        disabled={disabled}
        slotProps={{ htmlInput: { autoComplete: 'off', maxLength: 2_000 } }}
        onChange={(event) => onChange({ ...typed, spoiled: event.target.value })}
      />
      <Sum
        good={isNumber ? Number(typed.good) : 0}
        spoiled={read.ok ? read.sheets.length : 0}
        printed={bundle.sheets}
      />
    </>
  );
};

type SumProps = { good: number; spoiled: number; printed: number };

const Sum = ({ good, spoiled, printed }: SumProps) => {
  const translate = useTranslate();
  const format = useNumbers();
  const difference = printed - good - spoiled;
  const tone = difference === 0 ? 'open' : 'locked';
  const Icon = difference === 0 ? CheckCircle : WarningAmber;
  const words = difference === 0 ? 'sumRight' : difference > 0 ? 'missing' : 'tooMany';
  return (
    <Box
      role="status"
      sx={{
        mt: 1,
        px: 1.5,
        py: 1,
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        borderRadius: 1,
        fontSize: 17,
        color: `var(--${tone}-ink)`,
        backgroundColor: `var(--${tone}-soft)`,
      }}
    >
      <Icon aria-hidden />
      {translate(`counting.${words}`, {
        good: format(good),
        spoiled: format(spoiled),
        sum: format(good + spoiled),
        printed: format(printed),
        difference: format(Math.abs(difference)),
      })}
    </Box>
  );
};
