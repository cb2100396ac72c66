import { Box } from '@mui/material';
import { useLocale, useTranslate } from 'react-admin';
import { formatDay, formatMoment } from '../shared/dates.ts';
import { useSignals } from './useSignals.ts';

const shownDays = 7;

/** How many items the last days brought, and how many of them still wait: a day's list must be workable. */
export const DaysToReview = () => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const { data } = useSignals();
  const days = data?.days.slice(0, shownDays) ?? [];
  const { oldestAt, forgottenAt } = data?.waiting ?? {};
  return (
    <Box sx={{ mb: 1.5 }}>
      <Box sx={{ maxWidth: 860, color: 'var(--ink-soft)' }}>{translate('reviews.lead')}</Box>
      {oldestAt && forgottenAt && (
        <Box sx={{ mt: 0.5, maxWidth: 860 }}>
          {translate('reviews.oldest', {
            since: formatMoment(oldestAt, locale, translate),
            until: formatDay(forgottenAt, locale, 'short'),
          })}
        </Box>
      )}
      {data && data.neverDecided > 0 && (
        <Box sx={{ mt: 0.5, maxWidth: 860 }}>
          {translate('reviews.forgottenCount', { smart_count: data.neverDecided })}
        </Box>
      )}
      {days.length > 0 && (
        <Box
          component="ul"
          aria-label={translate('reviews.days')}
          sx={{ listStyle: 'none', m: 0, mt: 1, p: 0, display: 'flex', flexWrap: 'wrap', gap: 1 }}
        >
          {days.map(({ day, raised, open }) => (
            <Box
              component="li"
              key={day}
              sx={{ px: 1, py: 0.5, border: '1px solid var(--line)', borderRadius: 1, fontSize: 13 }}
            >
              {formatDay(day, locale, 'short')}{' '}
              <b>{translate('reviews.dayCount', { smart_count: raised, open })}</b>
            </Box>
          ))}
        </Box>
      )}
    </Box>
  );
};
