import PhoneInTalk from '@mui/icons-material/PhoneInTalkOutlined';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useMay, useMe } from '../shared/useMe.ts';
import { Debrief } from './Debrief.tsx';
import { TrainingAnswers } from './TrainingAnswers.tsx';
import { useTrainingCalls } from './useTrainingCalls.ts';

/** Visibly another place: stripes that the real desk never has, and the caller who is on the line. */
export const TrainingBar = () => {
  const translate = useTranslate();
  const isTraining = useMe()?.training ?? false;
  const mayTakeCalls = useMay('member.search');
  if (!isTraining) return null;
  return (
    <Box
      component="aside"
      aria-label={translate('training.title')}
      sx={{ color: 'var(--ink)', backgroundColor: 'var(--paper)', borderBottom: '3px solid var(--training)' }}
    >
      <Box
        sx={{
          py: 0.5,
          textAlign: 'center',
          fontWeight: 700,
          color: '#ffffff',
          background: 'repeating-linear-gradient(135deg, #5b2a86 0 18px, #4a2070 18px 36px)',
        }}
      >
        {translate('training.band')}
      </Box>
      {mayTakeCalls && <OnTheLine />}
    </Box>
  );
};

const OnTheLine = () => {
  const translate = useTranslate();
  const calls = useTrainingCalls();
  const [at, setAt] = useState<number | null>(null);
  const [isOver, setOver] = useState(false);
  const call = at === null ? undefined : calls[at % calls.length];
  const next = () => {
    setAt(at === null ? 0 : at + 1);
    setOver(false);
    document.getElementById('main-content')?.focus();
  };
  if (calls.length === 0) return null;
  return (
    <Box sx={{ px: 2, py: 1, display: 'grid', gap: 0.75 }}>
      <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center' }}>
        <PhoneInTalk aria-hidden sx={{ color: 'var(--training-ink)' }} />
        <Box role="status" sx={{ flex: 1, minWidth: 0 }}>
          {call ? (
            <>
              <Box component="span" sx={{ fontWeight: 700 }}>
                {translate('training.rings', { name: call.name, number: call.memberNumber })}
              </Box>{' '}
              {call.opening}
            </>
          ) : (
            translate('training.nobody')
          )}
        </Box>
        {call && !isOver && (
          <Button variant="outlined" size="small" onClick={() => setOver(true)}>
            {translate('training.debrief')}
          </Button>
        )}
        {(!call || isOver) && (
          <Button variant="contained" size="small" onClick={next}>
            {translate(call ? 'training.next' : 'training.first')}
          </Button>
        )}
      </Box>
      {call && !isOver && <TrainingAnswers key={call.id} call={call} />}
      {call && isOver && <Debrief id={call.id} />}
    </Box>
  );
};
