import CheckCircle from '@mui/icons-material/CheckCircle';
import HourglassTop from '@mui/icons-material/HourglassTop';
import WarningAmber from '@mui/icons-material/WarningAmber';
import { Box } from '@mui/material';
import { DataTable, useTranslate } from 'react-admin';
import type { TestLetter } from '../../../server/letters/test-letters.schema.ts';
import { LetterStateChip } from '../shared/LetterChips.tsx';
import { ListScreen } from '../shared/ListScreen.tsx';
import { OrganisationFilter, OrganisationName } from '../shared/OrganisationField.tsx';
import { PromiseDate } from '../shared/PromiseDate.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { ToneChip } from '../shared/StatusChip.tsx';

const filters = [<OrganisationFilter key="organisationId" source="organisationId" alwaysOn />];

/** The letter that each organisation sends itself every week, and whether it came. */
export const TestLetterList = () => {
  const translate = useTranslate();
  return (
    <ListScreen
      title={translate('testLetters.title')}
      lead={
        <Box sx={{ mb: 1.5, maxWidth: 860, color: 'var(--ink-soft)' }}>{translate('testLetters.lead')}</Box>
      }
      filters={filters}
      sort={{ field: 'week', order: 'DESC' }}
      disableSyncWithLocation
    >
      <DataTable<TestLetter>
        bulkActionButtons={false}
        rowClick={false}
        empty={<Box sx={{ p: 2 }}>{translate('testLetters.none')}</Box>}
      >
        <DataTable.Col<TestLetter> source="week" render={({ week }) => <Week week={week} />} />
        <DataTable.Col<TestLetter>
          source="organisationId"
          disableSort
          render={({ organisationId }) => <OrganisationName id={organisationId} />}
        />
        <DataTable.Col source="reference" disableSort />
        <DataTable.Col<TestLetter>
          source="state"
          disableSort
          render={({ state }) => <LetterStateChip state={state} />}
        />
        <DataTable.Col<TestLetter>
          source="depositedAt"
          disableSort
          render={({ depositedAt }) => (depositedAt ? <ShortMoment at={depositedAt} /> : '—')}
        />
        <DataTable.Col<TestLetter>
          source="expectedOn"
          disableSort
          render={({ expectedOn }) => <PromiseDate day={expectedOn} short />}
        />
        <DataTable.Col<TestLetter>
          source="acknowledgedAt"
          disableSort
          render={(letter) => <Came letter={letter} />}
        />
      </DataTable>
    </ListScreen>
  );
};

/** '2026-W48', as one says it. */
const Week = ({ week }: { week: string }) => {
  const translate = useTranslate();
  const [, year, number] = /^(\d{4})-W0?(\d+)$/.exec(week) ?? [];
  return year ? translate('testLetters.week', { year, number }) : week;
};

const Came = ({ letter: { acknowledgedAt, isLate } }: { letter: TestLetter }) => {
  const translate = useTranslate();
  if (acknowledgedAt) {
    return (
      <ToneChip tone="open">
        <CheckCircle aria-hidden sx={{ fontSize: 17 }} />
        <ShortMoment at={acknowledgedAt} />
      </ToneChip>
    );
  }
  const Icon = isLate ? WarningAmber : HourglassTop;
  return (
    <ToneChip tone={isLate ? 'danger' : 'waiting'}>
      <Icon aria-hidden sx={{ fontSize: 17 }} />
      {translate(isLate ? 'testLetters.late' : 'testLetters.awaited')}
    </ToneChip>
  );
};
