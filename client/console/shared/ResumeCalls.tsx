import { Box, Button } from '@mui/material';
import { useLocale, useTranslate } from 'react-admin';
import type { ResumableCall } from '../../../server/calls/calls.schema.ts';
import { formatMoment, formatTime } from './dates.ts';
import { ErrorText } from './ErrorText.tsx';
import { Panel } from './Page.tsx';
import { useCall, useResumableCalls, useResumeCall } from './useCall.ts';
import { useCallReasons } from './useCallReasons.ts';
import { useOrganisationName } from './useMe.ts';

type Props = { memberId?: string; onResumed?: () => void };

/** Calls that were cut or left, on the first screen; on a member's page those about that member. */
export const ResumeCalls = ({ memberId, onResumed }: Props) => {
  const translate = useTranslate();
  const current = useCall();
  const calls = useResumableCalls().filter((call) => memberId === undefined || call.memberId === memberId);
  const resume = useResumeCall();
  // Once somebody is said to speak about this member, that is the call.
  const isUnderWay = memberId !== undefined && current?.memberId === memberId && current.caller !== 'unsaid';
  if (calls.length === 0 || isUnderWay) return null;
  return (
    <Panel title={translate('calls.resume.title')}>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.5 }}>
        {calls.map((call) => (
          <Line
            key={call.id}
            call={call}
            disabled={resume.isPending}
            onResume={() => resume.mutate(call.id, { onSuccess: onResumed })}
          />
        ))}
      </Box>
      <ErrorText error={resume.error} />
    </Panel>
  );
};

type LineProps = { call: ResumableCall; disabled: boolean; onResume: () => void };

const Line = ({ call, disabled, onResume }: LineProps) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const nameOf = useOrganisationName();
  const reasons = useCallReasons(call.organisationId);
  const parts = [
    translate(`callChannel.${call.channel}`),
    ...(call.organisationId ? [nameOf(call.organisationId)] : []),
    reasons.find(({ id }) => id === call.reason)?.label ?? call.reason,
    call.reference,
    call.agentName,
  ].filter((part) => part !== null);
  return (
    <Box component="li" sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <b>
          {translate(`calls.resume.${call.endedBy === 'dropped' ? 'dropped' : 'left'}`, {
            time: formatTime(call.endedAt ?? call.lastActivityAt, locale),
          })}
        </b>{' '}
        · {parts.join(' · ')}
        <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
          {translate('calls.resume.until', { moment: formatMoment(call.resumableUntil, locale, translate) })}
        </Box>
      </Box>
      <Button size="small" variant="outlined" disabled={disabled} onClick={onResume}>
        {translate('calls.resume.button')}
      </Button>
    </Box>
  );
};
