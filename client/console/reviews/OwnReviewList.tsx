import { Box } from '@mui/material';
import { DataTable, useLocale, useTranslate } from 'react-admin';
import type { OwnReview } from '../../../server/supervision/reviews.schema.ts';
import { formatDay } from '../shared/dates.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { OrganisationName } from '../shared/OrganisationField.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { MemberLink } from './Happened.tsx';
import { VerdictChip } from './VerdictChip.tsx';

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
          render={({ signals }) => signals.map((one) => translate(`reviews.signals.${one}`)).join(', ')}
        />
        <DataTable.Col<OwnReview>
          source="memberId"
          disableSort
          render={({ memberId }) => <MemberLink id={memberId} />}
        />
        <DataTable.Col<OwnReview>
          source="organisationId"
          disableSort
          render={({ organisationId }) => <OrganisationName id={organisationId} />}
        />
        <DataTable.Col<OwnReview>
          source="verdict"
          disableSort
          render={({ verdict, word }) => (
            <>
              <VerdictChip verdict={verdict} />
              {word && <Box sx={{ mt: 0.5 }}>{word}</Box>}
            </>
          )}
        />
        <DataTable.Col<OwnReview>
          source="decidedAt"
          render={({ decidedAt }) => <ShortMoment at={decidedAt} />}
        />
      </DataTable>
    </ListScreen>
  );
};
