import { Box, Button, TextField } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { CallerVerification } from '../../../server/verifications/verifications.schema.ts';
import type { Stepping } from './useVerify.ts';
import { Proved, Way } from './Way.tsx';

type Props = Stepping & { facts: CallerVerification['facts'] };

/** The question that the server chose; the agent types what the caller says and is never shown the answer. */
export const QuestionWay = ({ facts, step, isPending }: Props) => {
  const translate = useTranslate();
  const [typed, setTyped] = useState('');
  const { state, question, right, needed } = facts;
  const soFar = translate('verify.question.right', { smart_count: right, needed });
  if (state === 'done') return <Proved>{soFar}</Proved>;
  if (state !== 'open' || !question) return null;
  return (
    <Box
      component="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isPending || typed.trim() === '') return;
        step({ method: 'fact', fact: question.fact, answer: typed });
        setTyped('');
      }}
    >
      <Way lead={translate('verify.question.lead')}>
        <TextField
          margin="none"
          label={question.label}
          placeholder={question.hint}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          sx={{
            width: 310,
            '& input::placeholder': { color: 'var(--ink-soft)', opacity: 1 },
          }}
          slotProps={{
            inputLabel: { shrink: true },
            htmlInput: { autoComplete: 'off', maxLength: 100, readOnly: isPending },
          }}
        />
        <Button type="submit" size="small" variant="outlined" disabled={isPending || typed.trim() === ''}>
          {translate('verify.question.check')}
        </Button>
        <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{soFar}</Box>
      </Way>
    </Box>
  );
};
