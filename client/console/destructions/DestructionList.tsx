import CheckCircle from '@mui/icons-material/CheckCircle';
import WarningAmber from '@mui/icons-material/WarningAmber';
import { Box } from '@mui/material';
import { DataTable, SelectInput, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Destruction } from '../../../server/letters/destructions.schema.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { OrganisationFilter, OrganisationName } from '../shared/OrganisationField.tsx';
import { PromiseDate } from '../shared/PromiseDate.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { ToneChip } from '../shared/StatusChip.tsx';
import { RecordOfPeriod } from './RecordOfPeriod.tsx';
import { usePaper } from './usePaper.ts';
import { WitnessButton } from './WitnessButton.tsx';

const filters = [
  <SelectInput
    key="open"
    source="open"
    alwaysOn
    helperText={false}
    choices={[
      { id: true, name: 'destructions.filter.open' },
      { id: false, name: 'destructions.filter.done' },
    ]}
  />,
  <OrganisationFilter key="organisationId" source="organisationId" alwaysOn />,
];

/** Paper that must be destroyed before two people: who declared it, who must attest it, until when. */
export const DestructionList = () => {
  const translate = useTranslate();
  return (
    <ListScreen
      title={translate('destructions.title')}
      lead={
        <Box sx={{ mb: 1.5, display: 'grid', gap: 1.5 }}>
          <Box sx={{ maxWidth: 860, color: 'var(--ink-soft)' }}>{translate('destructions.lead')}</Box>
          <RecordOfPeriod />
        </Box>
      }
      filters={filters}
      filterDefaultValues={{ open: true }}
      sort={{ field: 'dueOn', order: 'ASC' }}
      disableSyncWithLocation
    >
      <DataTable<Destruction>
        bulkActionButtons={false}
        rowClick={false}
        empty={<Box sx={{ p: 2 }}>{translate('destructions.none')}</Box>}
      >
        <DataTable.Col<Destruction>
          source="dueOn"
          label="resources.destructions.fields.dueOn"
          render={(one) => <Due one={one} />}
        />
        <DataTable.Col<Destruction> source="kind" disableSort render={(one) => <What one={one} />} />
        <DataTable.NumberCol source="sheets" disableSort />
        <DataTable.Col<Destruction>
          source="organisationId"
          disableSort
          render={({ organisationId }) => <OrganisationName id={organisationId} />}
        />
        <DataTable.Col<Destruction>
          source="declaredAt"
          render={({ declaredAt, declaredByName }) => <Who at={declaredAt} name={declaredByName} />}
        />
        <DataTable.Col<Destruction>
          source="witnessedAt"
          disableSort
          render={(one) =>
            one.witnessedAt ? (
              <Who at={one.witnessedAt} name={one.witnessedByName} />
            ) : (
              <WitnessButton one={one} />
            )
          }
        />
      </DataTable>
    </ListScreen>
  );
};

const Due = ({ one: { dueOn, isOverdue, witnessedAt } }: { one: Destruction }) => {
  const translate = useTranslate();
  if (witnessedAt) {
    return (
      <ToneChip tone="open">
        <CheckCircle aria-hidden sx={{ fontSize: 17 }} />
        {translate('destructions.done')}
      </ToneChip>
    );
  }
  return (
    <>
      <PromiseDate day={dueOn} short />
      {isOverdue && (
        <Box>
          <ToneChip tone="danger">
            <WarningAmber aria-hidden sx={{ fontSize: 17 }} />
            {translate('destructions.overdue')}
          </ToneChip>
        </Box>
      )}
    </>
  );
};

const What = ({ one }: { one: Destruction }) => {
  const [paper = '', ...more] = usePaper()(one);
  const { kindInWords, lotId } = one;
  return (
    <>
      {lotId ? <Link to={`/lots/${encodeURIComponent(lotId)}/show`}>{paper}</Link> : paper}
      {more.map((text) => (
        <Box key={text}>{text}</Box>
      ))}
      <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{kindInWords}</Box>
    </>
  );
};

const Who = ({ at, name }: { at: string; name: string | null }) => (
  <>
    {name}
    <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
      <ShortMoment at={at} />
    </Box>
  </>
);
