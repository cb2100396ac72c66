import Campaign from '@mui/icons-material/CampaignOutlined';
import { Box } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useLocale } from 'react-admin';
import type { IncidentBanner } from '../../../server/supervision/incidents.schema.ts';
import { getJson } from '../request.ts';
import { useMe } from '../shared/useMe.ts';

/** What every desk concerned tells callers while an incident lasts, on top of every screen; asked in the background. */
export const IncidentBanners = () => {
  const locale = useLocale();
  const me = useMe();
  const { data } = useQuery({
    queryKey: ['incident-banner', locale],
    queryFn: ({ signal }) => getJson<IncidentBanner[]>('/incident-banner', { signal, background: true }),
    refetchInterval: 30_000,
    enabled: me !== null && me.next === null,
  });
  return (
    <Box role="status">
      {data?.map(({ incidentId, title, text }) => (
        <Box
          key={incidentId}
          sx={{
            display: 'flex',
            alignItems: 'flex-start',
            gap: 1,
            px: 2,
            py: 0.75,
            color: 'var(--danger-ink)',
            backgroundColor: 'var(--danger-soft)',
            borderBottom: '1px solid var(--danger-ink)',
            displayPrint: 'none',
          }}
        >
          <Campaign aria-hidden sx={{ fontSize: 20, mt: '1px' }} />
          <Box>
            <strong>{title}</strong> · {text}
          </Box>
        </Box>
      ))}
    </Box>
  );
};
