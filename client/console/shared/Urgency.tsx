import Schedule from '@mui/icons-material/Schedule';
import WarningAmber from '@mui/icons-material/WarningAmber';
import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { ToneChip } from './StatusChip.tsx';

/** How many letters are late, and how many soon will be: icon, words and colour; quiet when none is. */
export const Urgency = ({ late, atRisk }: { late: number; atRisk: number }) => {
  const translate = useTranslate();
  if (late === 0 && atRisk === 0) return <span>{translate('lots.waiting.onTime')}</span>;
  return (
    <Box sx={{ display: 'inline-flex', flexWrap: 'wrap', gap: 0.5 }}>
      {late > 0 && (
        <ToneChip tone="danger">
          <WarningAmber aria-hidden sx={{ fontSize: 17 }} />
          {translate('lots.waiting.late', { smart_count: late })}
        </ToneChip>
      )}
      {atRisk > 0 && (
        <ToneChip tone="locked">
          <Schedule aria-hidden sx={{ fontSize: 17 }} />
          {translate('lots.waiting.atRisk', { smart_count: atRisk })}
        </ToneChip>
      )}
    </Box>
  );
};
