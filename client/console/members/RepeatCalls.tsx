import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { RepeatCalls as Repeat } from '../../../server/calls/repeat-calls.schema.ts';

/** Somebody has called several times about this member: how often, and how many agents heard them. */
export const RepeatCalls = ({ repeatCalls: { day, week } }: { repeatCalls: Repeat }) => {
  const translate = useTranslate();
  if (week.calls < 2) return null;
  const inWords = (span: 'day' | 'week', { calls, agents }: Repeat['day']) =>
    `${translate(`callbacks.repeat.${span}`, { smart_count: calls })} (${translate('callbacks.repeat.agents', { smart_count: agents })})`;
  return (
    <Box
      role="note"
      aria-label={translate('callbacks.repeat.title')}
      sx={{
        px: 2,
        py: 1,
        borderRadius: 1.5,
        color: 'var(--locked-ink)',
        backgroundColor: 'var(--locked-soft)',
      }}
    >
      <b>{translate('callbacks.repeat.title')}</b>{' '}
      {[...(day.calls > 0 ? [inWords('day', day)] : []), inWords('week', week)].join(' · ')}
    </Box>
  );
};
