import { Box } from '@mui/material';
import { useLocale, useTranslate } from 'react-admin';
import type { StoryCall } from '../../../server/supervision/stories.schema.ts';
import { formatMoment, formatTime } from '../shared/dates.ts';
import { OutcomeChip } from '../shared/OutcomeChip.tsx';
import { useCallReasons } from '../shared/useCallReasons.ts';

/** What a call was: how it came, who spoke, why, from when to when, and what it came to. */
export const CallHeading = ({ call, withAgent }: { call: StoryCall; withAgent: boolean }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const reasons = useCallReasons(call.organisationId);
  const said = [
    translate(`callChannel.${call.channel}`),
    translate(`caller.${call.caller}`),
    reasons.find(({ id }) => id === call.reason)?.label,
    withAgent ? call.agentName : null,
  ].filter(Boolean);
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 1.5 }}>
      <span>
        {formatMoment(call.openedAt, locale, translate)}
        {call.endedAt && ` – ${formatTime(call.endedAt, locale)}`} · {said.join(' · ')}
      </span>
      {call.outcome && <OutcomeChip outcome={call.outcome} />}
    </Box>
  );
};
