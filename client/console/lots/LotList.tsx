import { Box } from '@mui/material';
import { DataTable, SelectInput, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Lot, LotState } from '../../../server/letters/lots.schema.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { OrganisationFilter, OrganisationName, useProductName } from '../shared/OrganisationField.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { LotStateChip } from './LotStateChip.tsx';
import { WaitingLetters } from './WaitingLetters.tsx';

const states: LotState[] = ['made', 'released', 'printing', 'printed', 'counted', 'deposited'];

const filters = [
  <SelectInput
    key="open"
    source="open"
    alwaysOn
    helperText={false}
    choices={[
      { id: true, name: 'lots.filter.open' },
      { id: false, name: 'lots.filter.closed' },
    ]}
  />,
  <SelectInput
    key="state"
    source="state"
    alwaysOn
    helperText={false}
    choices={states.map((id) => ({ id, name: `lots.state.${id}` }))}
  />,
  <OrganisationFilter key="organisationId" source="organisationId" alwaysOn />,
];

/** The print room: what waits, then the lots. */
export const LotList = () => {
  const translate = useTranslate();
  return (
    <ListScreen
      title={translate('lots.title')}
      lead={
        <>
          <WaitingLetters />
          <Box component="h2" sx={{ m: 0, mt: 2.5, mb: 1, fontSize: 17 }}>
            {translate('lots.lots')}
          </Box>
        </>
      }
      filters={filters}
      sort={{ field: 'number', order: 'DESC' }}
    >
      <DataTable<Lot> bulkActionButtons={false} rowClick="show">
        <DataTable.Col<Lot> source="number" render={LotLink} />
        <DataTable.Col<Lot> source="state" render={({ state }) => <LotStateChip state={state} />} />
        <DataTable.Col<Lot>
          source="organisationId"
          disableSort
          render={({ organisationId }) => <OrganisationName id={organisationId} />}
        />
        <DataTable.Col<Lot> source="product" disableSort render={(lot) => <ProductName lot={lot} />} />
        <DataTable.NumberCol source="letters" />
        <DataTable.Col<Lot>
          source="latestPostingAt"
          render={({ latestPostingAt }) => (latestPostingAt ? <ShortMoment at={latestPostingAt} /> : '—')}
        />
        <DataTable.Col<Lot>
          source="madeAt"
          render={({ madeAt, madeByName }) => <Done at={madeAt} who={madeByName} />}
        />
        <DataTable.Col<Lot>
          source="releasedAt"
          disableSort
          render={({ releasedAt, releasedByName }) => <Done at={releasedAt} who={releasedByName} />}
        />
        <DataTable.Col<Lot>
          source="depositedAt"
          disableSort
          render={({ depositedAt }) => <Done at={depositedAt} who={null} />}
        />
      </DataTable>
    </ListScreen>
  );
};

// The row opens by mouse; this link is the same for the keyboard.
const LotLink = ({ id, number }: Lot) => (
  <Link to={`/lots/${id}/show`} onClick={(event) => event.stopPropagation()}>
    {number}
  </Link>
);

const ProductName = ({ lot }: { lot: Lot }) => useProductName()(lot.organisationId, lot.product);

const Done = ({ at, who }: { at: string | null; who: string | null }) => {
  if (!at) return '—';
  return (
    <>
      <ShortMoment at={at} />
      {who && <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{who}</Box>}
    </>
  );
};
