import Call from '@mui/icons-material/CallOutlined';
import ExpandMore from '@mui/icons-material/ExpandMore';
import { Box, Button, Popover } from '@mui/material';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import type { Call as OpenCall } from '../../../server/calls/calls.schema.ts';
import { formatTime } from '../shared/dates.ts';
import { useCall } from '../shared/useCall.ts';
import { useCallReasons } from '../shared/useCallReasons.ts';
import { CallEnd } from './CallEnd.tsx';
import { CallPanel } from './CallPanel.tsx';
import { NewCallPanel } from './NewCallPanel.tsx';

/** The open call in one line: since when, by which channel, who speaks, why; what is still unsaid stands out. */
export const CallBar = () => {
  const translate = useTranslate();
  const call = useCall();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  if (call === undefined) return null;
  const close = () => setAnchor(null);
  return (
    <Box sx={{ display: 'flex', gap: 1, minWidth: 0 }}>
      <Button
        color="inherit"
        onClick={(event) => setAnchor(event.currentTarget)}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        sx={{
          gap: 1,
          minWidth: 0,
          border: '1px solid',
          borderColor: 'var(--bar-soft)',
          fontWeight: 400,
        }}
      >
        <Call aria-hidden sx={{ fontSize: 20 }} />
        {call ? <CallSummary call={call} /> : <NoCall />}
        <ExpandMore aria-hidden sx={{ fontSize: 20 }} />
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{
          paper: { role: 'dialog', 'aria-label': translate('shell.call.title'), sx: { mt: 1, width: 440 } },
        }}
      >
        {call ? <CallPanel call={call} onEnded={close} /> : <NewCallPanel onOpened={close} />}
      </Popover>
      {call && <CallEnd key={call.id} call={call} />}
    </Box>
  );
};

const NoCall = () => {
  const translate = useTranslate();
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
      <b>{translate('shell.call.none')}</b> · {translate('shell.call.noneHint')}
    </Box>
  );
};

const CallSummary = ({ call }: { call: OpenCall }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const reasons = useCallReasons(call.organisationId);
  const reason = reasons.find(({ id }) => id === call.reason)?.label ?? call.reason;
  // Nobody rang: a supervisor reads what others did, or an act was done before anybody was said to speak.
  const isNobodys = call.channel === 'back-office' && call.caller === 'unsaid' && !reason;
  const parts = [
    translate(`callChannel.${call.channel}`),
    ...(isNobodys ? [translate('shell.call.nobody')] : saidOf(call, reason, translate)),
    ...(call.reference ? [call.reference] : []),
  ];
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis' }}>
      <b>{translate('shell.call.since', { time: formatTime(call.openedAt, locale) })}</b>
      {parts.map((part, index) => (
        <span key={index}> · {part}</span>
      ))}
    </Box>
  );
};

const saidOf = (call: OpenCall, reason: string | null, translate: ReturnType<typeof useTranslate>) => [
  call.caller === 'unsaid' ? (
    <Missing key="who">{translate('shell.call.callerMissing')}</Missing>
  ) : (
    translate(`caller.${call.caller}`)
  ),
  reason ?? <Missing key="why">{translate('shell.call.reasonMissing')}</Missing>,
];

const Missing = ({ children }: { children: React.ReactNode }) => (
  <Box component="span" sx={{ color: '#ffcf8f', fontWeight: 700 }}>
    {children}
  </Box>
);
