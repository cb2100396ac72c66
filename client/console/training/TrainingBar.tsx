import PhoneInTalk from '@mui/icons-material/PhoneInTalkOutlined';
import { Box, Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { TrainingRing } from '../../../server/supervision/training.schema.ts';
import { getJson } from '../request.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { useMay, useMe, useOrganisationName } from '../shared/useMe.ts';
import { Debrief } from './Debrief.tsx';
import { HangUp } from './HangUp.tsx';
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
  const nameOf = useOrganisationName();
  const calls = useTrainingCalls();
  const [at, setAt] = useState<number | null>(null);
  const [isOver, setOver] = useState(false);
  const call = at === null ? undefined : calls[at % calls.length];
  const ring = useMutation({
    mutationFn: (next: number) =>
      getJson<TrainingRing>(`/training-calls/${calls[next % calls.length]?.id ?? ''}/ring`),
    onSuccess: (_rang, next) => {
      setAt(next);
      setOver(false);
      // What the caller says stands above: it must not be scrolled away.
      document.getElementById('main-content')?.focus({ preventScroll: true });
      window.scrollTo({ top: 0 });
    },
  });
  const next = () => ring.mutate(at === null ? 0 : at + 1);
  if (calls.length === 0) return null;
  return (
    <Box sx={{ px: 2, py: 1, display: 'grid', gap: 0.75 }}>
      <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center' }}>
        <PhoneInTalk aria-hidden sx={{ color: 'var(--training-ink)' }} />
        <Box role="status" sx={{ flex: 1, minWidth: 0 }}>
          {call ? (
            <>
              <Box component="span" sx={{ fontWeight: 700 }}>
                {translate('training.rings', {
                  name: call.name,
                  organisation: nameOf(call.organisationId),
                  number: call.memberNumber,
                })}
              </Box>{' '}
              {call.opening}
            </>
          ) : (
            translate('training.nobody')
          )}
        </Box>
        {call && !isOver && <HangUp onOver={() => setOver(true)} />}
        {(!call || isOver) && (
          <Button variant="contained" size="small" disabled={ring.isPending} onClick={next}>
            {translate(call ? 'training.next' : 'training.first')}
          </Button>
        )}
      </Box>
      {call && !isOver && <TrainingAnswers key={call.id} call={call} />}
      {call && isOver && ring.data && <Debrief id={call.id} since={ring.data.rangAt} />}
      <ErrorText error={ring.error} />
    </Box>
  );
};
