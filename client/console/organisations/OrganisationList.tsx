import Assessment from '@mui/icons-material/AssessmentOutlined';
import { Button } from '@mui/material';
import { DataTable, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Organisation } from '../../../server/organisations/organisations.schema.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { useMay } from '../shared/useMe.ts';
import { Swatch } from './Swatch.tsx';

export const OrganisationList = () => {
  const translate = useTranslate();
  return (
    <ListScreen
      title={translate('organisations.title')}
      actions={<ReportButton />}
      sort={{ field: 'name', order: 'ASC' }}
    >
      <DataTable<Organisation> bulkActionButtons={false} rowClick="show">
        <DataTable.Col<Organisation> source="name" render={Named} />
        <DataTable.Col<Organisation>
          source="sendsLetters"
          disableSort
          render={({ sendsLetters }) =>
            translate(sendsLetters ? 'organisations.letters' : 'organisations.noLetters')
          }
        />
        <DataTable.Col<Organisation>
          source="products"
          disableSort
          render={({ products }) => products.map(({ label }) => label).join(', ') || '—'}
        />
        <DataTable.Col<Organisation> source="cutoff" disableSort render={({ cutoff }) => cutoff ?? '—'} />
        <DataTable.NumberCol source="maxFailures" disableSort />
        <DataTable.Col<Organisation>
          source="help.phone"
          disableSort
          render={({ help }) => help.phone ?? '—'}
        />
      </DataTable>
    </ListScreen>
  );
};

const ReportButton = () => {
  const translate = useTranslate();
  if (!useMay('policy-report.view')) return null;
  return (
    <Button variant="outlined" startIcon={<Assessment />} component={Link} to="/policy-report">
      {translate('organisations.report')}
    </Button>
  );
};

// The row opens by mouse; this link is the same for the keyboard.
const Named = ({ id, name, colour }: Organisation) => (
  <>
    <Swatch colour={colour} />
    <Link to={`/organisations/${id}/show`} onClick={(event) => event.stopPropagation()}>
      {name}
    </Link>
  </>
);
