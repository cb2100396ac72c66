import { FormControl, FormControlLabel, FormHelperText, FormLabel, Radio, RadioGroup } from '@mui/material';
import { useTranslate } from 'react-admin';

type Choice = { id: string; label: string };
type Props = { reasons: Choice[]; value: string; onChange: (id: string) => void; disabled?: boolean };

/** The closed list of reasons of the organisation's file; all of them in sight, one key away. */
export const ReasonChoice = ({ reasons, value, onChange, disabled }: Props) => {
  const translate = useTranslate();
  return (
    <FormControl disabled={disabled} margin="none" sx={{ width: '100%' }}>
      <FormLabel id="reason" sx={{ fontWeight: 700, fontSize: 15 }}>
        {translate('act.reason')}
      </FormLabel>
      <RadioGroup aria-labelledby="reason" value={value} onChange={(event) => onChange(event.target.value)}>
        {reasons.map(({ id, label }) => (
          <FormControlLabel
            key={id}
            value={id}
            label={label}
            control={<Radio size="small" sx={{ py: 0.5 }} />}
          />
        ))}
      </RadioGroup>
      {reasons.length === 0 && <FormHelperText>{translate('act.noReason')}</FormHelperText>}
    </FormControl>
  );
};
