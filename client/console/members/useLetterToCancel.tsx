import { Box, Checkbox, FormControlLabel } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';

/** A letter that may still be called back, to take it back in the same act because nothing came. */
export const useLetterToCancel = ({ letters }: Pick<MemberPage, 'letters'>) => {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const letter = letters.find(({ state }) => state === 'requested' || state === 'in-lot');
  const isCancelled = (reason: string) => chosen ?? isNothingCame(reason);
  return {
    chosen,
    idFor: (reason: string) => (letter && isCancelled(reason) ? { cancelLetterId: letter.id } : {}),
    field: (reason: string, disabled: boolean): ReactNode =>
      letter && (
        <CancelLetterField
          reference={letter.reference}
          isCancelled={isCancelled(reason)}
          disabled={disabled}
          onChange={setChosen}
        />
      ),
  };
};

// The organisations name that reason alike; where one does not, the agent ticks the box.
const isNothingCame = (reason: string): boolean => reason.endsWith('-not-received');

type Props = {
  reference: string;
  isCancelled: boolean;
  disabled: boolean;
  onChange: (isCancelled: boolean) => void;
};

const CancelLetterField = ({ reference, isCancelled, disabled, onChange }: Props) => {
  const translate = useTranslate();
  return (
    <Box>
      <FormControlLabel
        label={translate('members.message.cancelLetter', { reference })}
        control={
          <Checkbox
            size="small"
            checked={isCancelled}
            disabled={disabled}
            onChange={(event) => onChange(event.target.checked)}
          />
        }
      />
      <Box sx={{ ml: 4, mt: -0.5, fontSize: 13, color: 'var(--ink-soft)' }}>
        {translate('members.message.cancelLetterHelp')}
      </Box>
    </Box>
  );
};
