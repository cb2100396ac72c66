import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import ErrorOutline from '@mui/icons-material/ErrorOutlineOutlined';
import Pending from '@mui/icons-material/PendingOutlined';
import { useQuery } from '@tanstack/react-query';
import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { TrainingDebrief } from '../../../server/supervision/training.schema.ts';
import { getJson } from '../request.ts';
import { Banner } from '../shared/Banner.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';

/** How the call went since its caller rang, and what it was about. */
export const Debrief = ({ id, since }: { id: string; since: string }) => {
  const translate = useTranslate();
  const { data, error } = useQuery({
    queryKey: ['training-debrief', id, since],
    queryFn: ({ signal }) =>
      getJson<TrainingDebrief>(`/training-calls/${id}/debrief?since=${since}`, { signal }),
    gcTime: 0,
  });
  if (error) return <ErrorText error={error} />;
  if (!data) return null;
  const { tone, icon } = looks[data.verdict];
  return (
    <Banner tone={tone} icon={icon} title={data.outcome}>
      <Box>{data.lesson}</Box>
      <Box sx={{ mt: 0.5, color: 'var(--ink-soft)' }}>
        {data.done.length > 0
          ? translate('training.done', { what: data.done.join(' ') })
          : translate('training.nothing')}
      </Box>
    </Banner>
  );
};

const looks = {
  'as-expected': { tone: 'open', icon: <CheckCircle aria-hidden /> },
  mistaken: { tone: 'danger', icon: <ErrorOutline aria-hidden /> },
  'nothing-done': { tone: 'locked', icon: <Pending aria-hidden /> },
} as const;
