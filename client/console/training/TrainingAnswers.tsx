import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { TrainingCall } from '../../../server/supervision/training.schema.ts';

/** What the caller answers, once they are asked: one question at a time, as on the telephone. */
export const TrainingAnswers = ({ call }: { call: TrainingCall }) => {
  const translate = useTranslate();
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const ask = (question: string) => setAsked(new Set([...asked, question]));
  const code = translate('training.askCode');
  const lines = [...call.answers, { question: code, answer: call.code }];
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
      <Box component="span" sx={{ color: 'var(--ink-soft)' }}>
        {translate('training.ask')}
      </Box>
      {lines.map(({ question, answer }) =>
        asked.has(question) ? (
          <Box key={question} sx={{ px: 1, py: 0.25, borderRadius: 1, backgroundColor: 'var(--raised)' }}>
            {question} <strong>{answer}</strong>
          </Box>
        ) : (
          <Button key={question} size="small" variant="outlined" onClick={() => ask(question)}>
            {question}
          </Button>
        ),
      )}
    </Box>
  );
};
