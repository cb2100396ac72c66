import Add from '@mui/icons-material/Add';
import DeleteOutline from '@mui/icons-material/DeleteOutlined';
import { Box, Button, IconButton, TextField, ToggleButton, ToggleButtonGroup } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { NewSite } from '../../../server/agents/sites.schema.ts';
import { fr } from '../i18n/fr.ts';
import { toggle } from '../shared/toggle.ts';

type Hours = NewSite['hours'];
type Opening = Hours[number];
const days = Object.keys(fr.sites.day) as Opening['days'];
const usual: Opening = { days: days.slice(0, 5), opens: '08:30', closes: '18:00' };

/** When a site is open: lines of days with a stretch of the day each. */
export const HoursField = ({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => void }) => {
  const translate = useTranslate();
  const put = (at: number, part: Partial<Opening>) =>
    onChange(hours.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <Box component="fieldset" sx={{ m: 0, p: 0, border: 0, display: 'grid', gap: 1 }}>
      <Box component="legend" sx={{ p: 0, mb: 0.5, fontWeight: 700 }}>
        {translate('sites.form.hours')}
      </Box>
      {hours.map((one, at) => (
        <Box key={at} sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 0.75 }}>
          <ToggleButtonGroup
            size="small"
            value={one.days}
            onChange={(_event, chosen: Opening['days']) =>
              put(at, { days: days.filter((day) => chosen.includes(day)) })
            }
          >
            {days.map((day) => (
              <ToggleButton key={day} value={day} sx={{ ...toggle, px: 0.75 }}>
                {translate(`sites.day.${day}`)}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
          {(['opens', 'closes'] as const).map((end) => (
            <TextField
              key={end}
              type="time"
              size="small"
              margin="none"
              label={translate(`sites.form.${end}`)}
              value={one[end]}
              slotProps={{ inputLabel: { shrink: true } }}
              sx={{ width: 126 }}
              onChange={(event) => put(at, { [end]: event.target.value })}
            />
          ))}
          <IconButton
            size="small"
            aria-label={translate('sites.form.removeHours')}
            onClick={() => onChange(hours.filter((_, index) => index !== at))}
          >
            <DeleteOutline />
          </IconButton>
        </Box>
      ))}
      <Box>
        <Button size="small" startIcon={<Add />} onClick={() => onChange([...hours, usual])}>
          {translate('sites.form.addHours')}
        </Button>
      </Box>
    </Box>
  );
};
