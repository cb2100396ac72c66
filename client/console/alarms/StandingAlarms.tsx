import WarningAmber from '@mui/icons-material/WarningAmber';
import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Alarm } from '../../../server/supervision/alarms.schema.ts';
import { useOrganisationName } from '../shared/useMe.ts';
import { AlarmLink } from './AlarmLink.tsx';
import { mostShown, useStandingAlarms } from './useStandingAlarms.ts';

/** What stands late, one line each, above everything else of the print room; nothing when nothing does. */
export const StandingAlarms = () => {
  const translate = useTranslate();
  const { alarms, total } = useStandingAlarms();
  if (alarms.length === 0) return null;
  return (
    <Box
      component="section"
      aria-label={translate('alarms.title')}
      sx={{
        px: 2,
        py: 1,
        borderRadius: 1.5,
        border: '1px solid var(--danger-ink)',
        borderLeftWidth: 5,
        backgroundColor: 'var(--paper)',
      }}
    >
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {alarms.map((alarm) => (
          <AlarmLine key={alarm.id} alarm={alarm} />
        ))}
      </Box>
      {total > mostShown && (
        <Link to="/alarms">{translate('alarms.more', { smart_count: total - mostShown })}</Link>
      )}
    </Box>
  );
};

const AlarmLine = ({ alarm }: { alarm: Alarm }) => {
  const nameOf = useOrganisationName();
  return (
    <Box component="li" sx={{ display: 'flex', alignItems: 'baseline', gap: 1, py: 0.25 }}>
      <WarningAmber
        aria-hidden
        sx={{ fontSize: 17, alignSelf: 'center', flexShrink: 0, color: 'var(--danger-ink)' }}
      />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        {alarm.message}{' '}
        <Box component="span" sx={{ color: 'var(--ink-soft)' }}>
          {nameOf(alarm.organisationId)}
        </Box>
      </Box>
      <AlarmLink alarm={alarm} />
    </Box>
  );
};
