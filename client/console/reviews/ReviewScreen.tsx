import ArrowBack from '@mui/icons-material/ArrowBack';
import { Box, Button, Typography } from '@mui/material';
import { useLocale, useRedirect, useTranslate } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import type { ReviewPage } from '../../../server/supervision/reviews.schema.ts';
import { DayLink } from '../audit/DayLink.tsx';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { formatDay } from '../shared/dates.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { OrganisationName } from '../shared/OrganisationField.tsx';
import { Page, Panel } from '../shared/Page.tsx';
import { useMay } from '../shared/useMe.ts';
import { useMoving } from '../shared/useMoving.ts';
import { Happened } from './Happened.tsx';
import { PartsOfCause } from './PartsOfCause.tsx';
import { useReviewTitle } from './Signals.tsx';
import { SignalsOfReview } from './SignalsOfReview.tsx';
import { UndoPanel } from './UndoPanel.tsx';
import { VerdictPanel } from './VerdictPanel.tsx';
import { DoneTo } from './Who.tsx';

/** One item: why it stands here, what happened, the verdict, and what can be undone. */
export const ReviewScreen = () => (useMay('review.list') ? <ReadReview /> : <NoSuchPage />);

const ReadReview = () => {
  const translate = useTranslate();
  const redirect = useRedirect();
  const { id = '' } = useParams();
  const { record, error, reload, put } = useMoving<ReviewPage>(
    `/reviews/${encodeURIComponent(id)}`,
    () => false,
  );
  return (
    <Page
      title={translate('reviews.item')}
      heading={
        <Box
          sx={{ display: 'flex', alignItems: 'flex-start', justifyContent: 'space-between', gap: 2, mb: 1.5 }}
        >
          {record ? (
            <Title review={record} />
          ) : (
            <Typography variant="h1">{translate('reviews.item')}</Typography>
          )}
          <Button
            size="small"
            startIcon={<ArrowBack />}
            onClick={() => redirect('/reviews')}
            sx={{ flexShrink: 0 }}
          >
            {translate('reviews.back')}
          </Button>
        </Box>
      }
    >
      <ErrorText error={error} />
      {record && (
        <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)' }}>
          <Box sx={{ display: 'grid', gap: 1.5, alignContent: 'start' }}>
            <SignalsOfReview review={record} />
            {record.kind === 'cause' ? <PartsOfCause id={record.id} /> : <Happened review={record} />}
          </Box>
          <Box sx={{ display: 'grid', gap: 1.5, alignContent: 'start' }}>
            <VerdictPanel key={record.version} review={record} onChanged={put} onReload={reload} />
            {record.kind !== 'cause' && <UndoPanel review={record} onChanged={put} onReload={reload} />}
            {record.partOf && (
              <Panel title={translate('reviews.partOf')}>
                <Link to={`/reviews/${encodeURIComponent(record.partOf)}/show`}>
                  {translate('reviews.toCause')}
                </Link>
              </Panel>
            )}
          </Box>
        </Box>
      )}
    </Page>
  );
};

const Title = ({ review }: { review: ReviewPage }) => {
  const titleOf = useReviewTitle();
  const locale = useLocale() ?? 'fr';
  return (
    <Box>
      <Typography variant="h1">{titleOf(review)}</Typography>
      <Box sx={{ color: 'var(--ink-soft)' }}>
        {formatDay(review.day, locale)} · <OrganisationName id={review.organisationId} />{' '}
        <DayLink agentId={review.agentId} day={review.day} />
      </Box>
      <DoneTo what={review.what} who={review.who} />
    </Box>
  );
};
