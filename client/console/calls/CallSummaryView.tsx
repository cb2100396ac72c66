import ContentCopy from '@mui/icons-material/ContentCopy';
import { Box, Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import type { CallSummary } from '../../../server/desk/call-summary.schema.ts';
import { getJson } from '../request.ts';
import { formatTime } from '../shared/dates.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { OutcomeChip } from '../shared/OutcomeChip.tsx';

/** What happened in a call, ready for the ticket. Read once: each reading is recorded. */
export const CallSummaryView = ({ callId }: { callId: string }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const { data: summary, error } = useQuery({
    queryKey: ['calls', callId, 'summary', locale],
    queryFn: ({ signal }) => getJson<CallSummary>(`/calls/${encodeURIComponent(callId)}/summary`, { signal }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  });
  if (error) return <ErrorText error={error} />;
  if (!summary) return <Box role="status">{translate('calls.summary.loading')}</Box>;
  return (
    <Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, mb: 1 }}>
        <OutcomeChip outcome={summary.outcome} />
        <CopyButton text={summary.text} />
      </Box>
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fit, minmax(300px, 1fr))',
          gap: 2,
          fontSize: 13,
        }}
      >
        <Steps steps={summary.steps} />
        <Text text={summary.text} />
      </Box>
    </Box>
  );
};

const Steps = ({ steps }: Pick<CallSummary, 'steps'>) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  if (steps.length === 0) return <Box>{translate('calls.summary.nothing')}</Box>;
  return (
    <Box component="ol" aria-label={translate('calls.summary.steps')} sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {steps.map(({ id, at, text, times }) => (
        <Box component="li" key={id} sx={{ display: 'flex', gap: 1.5, py: 0.25 }}>
          <Box component="time" dateTime={at} sx={{ color: 'var(--ink-soft)' }}>
            {formatTime(at, locale)}
          </Box>
          <span>
            {text}
            {times > 1 && ` (× ${times})`}
          </span>
        </Box>
      ))}
    </Box>
  );
};

const Text = ({ text }: Pick<CallSummary, 'text'>) => {
  const translate = useTranslate();
  return (
    <Box
      component="pre"
      tabIndex={0}
      aria-label={translate('calls.summary.text')}
      sx={{
        m: 0,
        px: 1.5,
        py: 1,
        maxHeight: 320,
        overflow: 'auto',
        whiteSpace: 'pre-wrap',
        font: 'inherit',
        borderRadius: 1,
        backgroundColor: 'var(--raised)',
      }}
    >
      {text}
    </Box>
  );
};

/** Says that it was copied, where a screen reader hears it; the text stays selectable where the browser refuses. */
const CopyButton = ({ text }: { text: string }) => {
  const translate = useTranslate();
  const [said, setSaid] = useState<'copied' | 'copyFailed' | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('copied');
    } catch {
      setSaid('copyFailed');
    }
  };
  return (
    <>
      <Button size="small" variant="outlined" startIcon={<ContentCopy />} onClick={() => void copy()}>
        {translate('calls.summary.copy')}
      </Button>
      <Box role="status" sx={{ fontSize: 13 }}>
        {said && translate(`calls.summary.${said}`)}
      </Box>
    </>
  );
};
