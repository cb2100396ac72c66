import { Box } from '@mui/material';
import { DataTable, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Lot } from '../../../server/letters/lots.schema.ts';
import { OrganisationName, useProductName } from '../shared/OrganisationField.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { Urgency } from '../shared/Urgency.tsx';
import { LotStateChip } from './LotStateChip.tsx';
import { NextStep } from './NextStep.tsx';

/** Lots under way with the next step of each; of those done, when they left. */
export const LotTable = ({ isDone }: { isDone: boolean }) => {
  const translate = useTranslate();
  return (
    <DataTable<Lot>
      bulkActionButtons={false}
      rowClick="show"
      empty={<Box sx={{ p: 2 }}>{translate(isDone ? 'lots.noneDone' : 'lots.noneOpen')}</Box>}
    >
      <DataTable.Col<Lot> source="number" render={LotLink} />
      <DataTable.Col<Lot> source="state" render={({ state }) => <LotStateChip state={state} />} />
      <DataTable.Col<Lot> source="product" disableSort render={(lot) => <Product lot={lot} />} />
      <DataTable.NumberCol source="letters" />
      {isDone ? (
        <DataTable.Col<Lot>
          source="depositedAt"
          disableSort
          render={({ depositedAt }) => <Done at={depositedAt} who={null} />}
        />
      ) : (
        <DataTable.Col<Lot> source="latestPostingAt" render={(lot) => <Before lot={lot} />} />
      )}
      <DataTable.Col<Lot>
        source="madeAt"
        render={({ madeAt, madeByName }) => <Done at={madeAt} who={madeByName} />}
      />
      <DataTable.Col<Lot>
        source="releasedAt"
        disableSort
        render={({ releasedAt, releasedByName }) => <Done at={releasedAt} who={releasedByName} />}
      />
      {!isDone && (
        <DataTable.Col<Lot>
          source="next"
          label="resources.lots.fields.next"
          disableSort
          render={(lot) => <NextStep lot={lot} />}
        />
      )}
    </DataTable>
  );
};

// The row opens by mouse; this link is the same for the keyboard.
const LotLink = ({ id, number }: Lot) => (
  <Link to={`/lots/${id}/show`} onClick={(event) => event.stopPropagation()}>
    {number}
  </Link>
);

const Product = ({ lot }: { lot: Lot }) => (
  <>
    <OrganisationName id={lot.organisationId} />
    <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
      {useProductName()(lot.organisationId, lot.product)}
    </Box>
  </>
);

const Before = ({ lot: { latestPostingAt, late, atRisk } }: { lot: Lot }) => (
  <>
    {latestPostingAt ? <ShortMoment at={latestPostingAt} /> : '—'}
    {late + atRisk > 0 && (
      <Box>
        <Urgency late={late} atRisk={atRisk} />
      </Box>
    )}
  </>
);

const Done = ({ at, who }: { at: string | null; who: string | null }) => {
  if (!at) return '—';
  return (
    <>
      <ShortMoment at={at} />
      {who && <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{who}</Box>}
    </>
  );
};
