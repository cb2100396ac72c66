import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { DataTable, useLocale, useTranslate } from 'react-admin';
import type { OwnReview } from '../../../server/supervision/reviews.schema.ts';
import { formatDay } from '../shared/dates.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { OrganisationName } from '../shared/OrganisationField.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { AnswerDialog } from './AnswerDialog.tsx';
import { VerdictChip } from './VerdictChip.tsx';
import { DoneTo, MemberLink } from './Who.tsx';

/** What supervisors said of one's own acts, with their word; nobody else's, and nothing undecided. */
export const OwnReviewList = () => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  return (
    <ListScreen
      title={translate('reviews.own.title')}
      lead={
        <Box sx={{ mb: 1.5, maxWidth: 860, color: 'var(--ink-soft)' }}>{translate('reviews.own.lead')}</Box>
      }
      sort={{ field: 'decidedAt', order: 'DESC' }}
      disableSyncWithLocation
    >
      <DataTable<OwnReview>
        bulkActionButtons={false}
        rowClick={false}
        empty={<Box sx={{ p: 2 }}>{translate('reviews.own.none')}</Box>}
      >
        <DataTable.Col<OwnReview>
          source="day"
          disableSort
          render={({ day }) => formatDay(day, locale, 'short')}
        />
        <DataTable.Col<OwnReview>
          source="signals"
          disableSort
          render={({ signals, what }) => (
            <>
              <DoneTo what={what} who={null} />
              <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
                {signals.map((one) => translate(`reviews.signals.${one}`)).join(', ')}
              </Box>
            </>
          )}
        />
        <DataTable.Col<OwnReview> source="who" disableSort render={({ who }) => <MemberLink who={who} />} />
        <DataTable.Col<OwnReview>
          source="organisationId"
          disableSort
          render={({ organisationId }) => <OrganisationName id={organisationId} />}
        />
        <DataTable.Col<OwnReview>
          source="verdict"
          disableSort
          render={(review) => <Given review={review} />}
        />
        <DataTable.Col<OwnReview>
          source="decidedAt"
          render={({ decidedAt }) => <ShortMoment at={decidedAt} />}
        />
      </DataTable>
    </ListScreen>
  );
};

const Given = ({ review }: { review: OwnReview }) => {
  const translate = useTranslate();
  const [isAnswering, setAnswering] = useState(false);
  const { verdict, word, answer, can } = review;
  return (
    <Box sx={{ maxWidth: 380 }}>
      <VerdictChip verdict={verdict} />
      {word && <Box sx={{ mt: 0.5 }}>{word}</Box>}
      {answer && (
        <Box sx={{ mt: 0.5, color: 'var(--ink-soft)' }}>
          {translate('reviews.own.yours')} : {answer}
        </Box>
      )}
      {can.answer && (
        <Button size="small" variant="outlined" sx={{ mt: 0.5 }} onClick={() => setAnswering(true)}>
          {translate('reviews.own.answer')}
        </Button>
      )}
      {isAnswering && <AnswerDialog review={review} onClose={() => setAnswering(false)} />}
    </Box>
  );
};
