import { Box } from '@mui/material';
import { useLocale, useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import { formatDay } from '../shared/dates.ts';
import { looks } from '../shared/StatusChip.tsx';

/** "May they get in?": icon, words and colour, then why and since when. */
export const HeadlineBand = ({ headline }: { headline: MemberPage['headline'] }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const { tone, Icon } = looks[headline.state];
  return (
    <Box
      component="section"
      aria-label={translate('members.answer')}
      data-state={headline.state}
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 2,
        px: 2.5,
        py: 1.75,
        borderRadius: 1.5,
        border: `1px solid var(--${tone}-ink)`,
        borderLeftWidth: 8,
        backgroundColor: `var(--${tone}-soft)`,
      }}
    >
      <Icon aria-hidden sx={{ fontSize: 48, color: `var(--${tone}-ink)` }} />
      <Box sx={{ minWidth: 0 }}>
        <Box sx={{ fontSize: 30, fontWeight: 700, lineHeight: 1.2, color: `var(--${tone}-ink)` }}>
          {headline.title}
        </Box>
        <Box sx={{ fontSize: 17 }}>
          {headline.detail}
          {headline.since &&
            isSinceUntold(headline.state) &&
            ` ${translate('members.sinceDay', { day: formatDay(headline.since, locale, 'short') })}.`}
        </Box>
      </Box>
    </Box>
  );
};

// The server's sentence says since when, but for a reason of closure, which comes from the organisation's file.
const isSinceUntold = (state: MemberPage['headline']['state']): boolean => state === 'disabled';
