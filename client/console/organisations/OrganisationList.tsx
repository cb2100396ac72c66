import { DataTable, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Organisation } from '../../../server/organisations/organisations.schema.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { Swatch } from './Swatch.tsx';

export const OrganisationList = () => {
  const translate = useTranslate();
  return (
    <ListScreen title={translate('organisations.title')} sort={{ field: 'name', order: 'ASC' }}>
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

// The row opens by mouse; this link is the same for the keyboard.
const Named = ({ id, name, colour }: Organisation) => (
  <>
    <Swatch colour={colour} />
    <Link to={`/organisations/${id}/show`} onClick={(event) => event.stopPropagation()}>
      {name}
    </Link>
  </>
);
