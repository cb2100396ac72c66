import { Box } from '@mui/material';
import { DataTable, DateInput, SelectInput, useLocale, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Review } from '../../../server/supervision/reviews.schema.ts';
import { fr } from '../i18n/fr.ts';
import { formatDay } from '../shared/dates.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { OrganisationFilter, OrganisationName } from '../shared/OrganisationField.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { DaysToReview } from './DaysToReview.tsx';
import { SignalChips, useReviewTitle } from './Signals.tsx';
import { VerdictChip } from './VerdictChip.tsx';
import { DoneTo } from './Who.tsx';

const choices = (ids: readonly (string | boolean)[], words: string) =>
  ids.map((id) => ({ id, name: `${words}.${id}` }));

const filters = [
  <SelectInput
    key="open"
    source="open"
    alwaysOn
    helperText={false}
    choices={choices([true, false], 'reviews.filter')}
  />,
  <SelectInput
    key="signal"
    source="signal"
    alwaysOn
    helperText={false}
    choices={choices(Object.keys(fr.reviews.signals), 'reviews.signals')}
    sx={{ minWidth: 240 }}
  />,
  <SelectInput
    key="sampled"
    source="sampled"
    alwaysOn
    helperText={false}
    choices={choices([true, false], 'reviews.sampled')}
  />,
  <SelectInput
    key="verdict"
    source="verdict"
    alwaysOn
    helperText={false}
    choices={choices(Object.keys(fr.reviews.verdicts), 'reviews.verdicts')}
  />,
  <DateInput key="day" source="day" alwaysOn helperText={false} />,
  <OrganisationFilter key="organisationId" source="organisationId" alwaysOn />,
];

/** What agents did that is looked at again, the gravest first; what nobody has decided stays. */
export const ReviewList = () => {
  const translate = useTranslate();
  return (
    <ListScreen
      title={translate('reviews.title')}
      lead={<DaysToReview />}
      filters={filters}
      filterDefaultValues={{ open: true }}
      sort={{ field: 'score', order: 'DESC' }}
      disableSyncWithLocation
    >
      <DataTable<Review>
        bulkActionButtons={false}
        rowClick={false}
        empty={<Box sx={{ p: 2 }}>{translate('reviews.none')}</Box>}
      >
        <DataTable.NumberCol source="score" />
        <DataTable.Col<Review> source="agentName" disableSort render={(review) => <What review={review} />} />
        <DataTable.Col<Review>
          source="organisationId"
          disableSort
          render={({ organisationId }) => <OrganisationName id={organisationId} />}
        />
        <DataTable.NumberCol source="acts" />
        <DataTable.Col<Review> source="lastAt" render={({ lastAt }) => <ShortMoment at={lastAt} />} />
        <DataTable.Col<Review> source="verdict" disableSort render={(review) => <Given review={review} />} />
      </DataTable>
    </ListScreen>
  );
};

const What = ({ review }: { review: Review }) => {
  const titleOf = useReviewTitle();
  const locale = useLocale() ?? 'fr';
  return (
    <Box sx={{ display: 'grid', gap: 0.5 }}>
      <Box>
        <Link to={`/reviews/${encodeURIComponent(review.id)}/show`}>{titleOf(review)}</Link>
        <Box component="span" sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
          {' '}
          · {formatDay(review.day, locale, 'short')}
        </Box>
      </Box>
      <DoneTo what={review.what} who={review.who} />
      <SignalChips signals={review.signals} />
    </Box>
  );
};

const Given = ({ review: { verdict, decidedByName, answeredAt, forgottenAt } }: { review: Review }) => {
  const translate = useTranslate();
  const aside = { fontSize: 13, color: 'var(--ink-soft)' };
  if (!verdict) return forgottenAt && <Box sx={aside}>{translate('reviews.neverDecided')}</Box>;
  return (
    <>
      <VerdictChip verdict={verdict} />
      <Box sx={aside}>
        {verdict === 'to-explain' && answeredAt && !forgottenAt
          ? translate('reviews.hasAnswered')
          : decidedByName}
      </Box>
    </>
  );
};
