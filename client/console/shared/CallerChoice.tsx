import { ToggleButton, ToggleButtonGroup } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Call } from '../../../server/calls/calls.schema.ts';
import { toggle } from './toggle.ts';

const callers = ['member', 'dependant', 'legal-representative', 'third-party'] as const;

type Props = {
  value: Call['caller'];
  onChange: (caller: Call['caller']) => void;
  disabled?: boolean;
  label: string;
};

/** Who is speaking: one press, always in sight. */
export const CallerChoice = ({ value, onChange, disabled, label }: Props) => {
  const translate = useTranslate();
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      disabled={disabled}
      value={value === 'unsaid' ? null : value}
      aria-label={label}
      onChange={(_event, caller: Call['caller'] | null) => caller && onChange(caller)}
      sx={{ flexWrap: 'wrap' }}
    >
      {callers.map((caller) => (
        <ToggleButton key={caller} value={caller} sx={toggle}>
          {translate(`caller.${caller}`)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
};
