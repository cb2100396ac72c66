import CheckCircle from '@mui/icons-material/CheckCircle';
import WarningAmber from '@mui/icons-material/WarningAmber';
import { Box } from '@mui/material';
import { DataTable, SelectInput, useTranslate } from 'react-admin';
import type { Alarm } from '../../../server/supervision/alarms.schema.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { OrganisationFilter, OrganisationName } from '../shared/OrganisationField.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { ToneChip } from '../shared/StatusChip.tsx';
import { AlarmLink } from './AlarmLink.tsx';

const filters = [
  <SelectInput
    key="open"
    source="open"
    alwaysOn
    helperText={false}
    choices={[
      { id: true, name: 'alarms.filter.standing' },
      { id: false, name: 'alarms.filter.cleared' },
    ]}
  />,
  <OrganisationFilter key="organisationId" source="organisationId" alwaysOn />,
];

/** What was promised and stands late; cleared ones stay as history. */
export const AlarmList = () => {
  const translate = useTranslate();
  return (
    <ListScreen
      title={translate('alarms.title')}
      lead={<Box sx={{ mb: 1.5, maxWidth: 860, color: 'var(--ink-soft)' }}>{translate('alarms.lead')}</Box>}
      filters={filters}
      filterDefaultValues={{ open: true }}
      sort={{ field: 'raisedAt', order: 'DESC' }}
      disableSyncWithLocation
    >
      <DataTable<Alarm>
        bulkActionButtons={false}
        rowClick={false}
        empty={<Box sx={{ p: 2 }}>{translate('alarms.none')}</Box>}
      >
        <DataTable.Col<Alarm> source="message" disableSort render={(alarm) => <What alarm={alarm} />} />
        <DataTable.Col<Alarm>
          source="organisationId"
          disableSort
          render={({ organisationId }) => <OrganisationName id={organisationId} />}
        />
        <DataTable.NumberCol source="count" disableSort />
        <DataTable.Col<Alarm> source="raisedAt" render={({ raisedAt }) => <ShortMoment at={raisedAt} />} />
        <DataTable.Col<Alarm>
          source="toldAt"
          disableSort
          render={({ toldAt }) => (toldAt ? <ShortMoment at={toldAt} /> : '—')}
        />
        <DataTable.Col<Alarm> source="clearedAt" disableSort render={(alarm) => <State alarm={alarm} />} />
      </DataTable>
    </ListScreen>
  );
};

const What = ({ alarm }: { alarm: Alarm }) => (
  <Box sx={{ minWidth: 300 }}>
    {alarm.message} <AlarmLink alarm={alarm} />
  </Box>
);

const State = ({ alarm: { clearedAt } }: { alarm: Alarm }) => {
  const translate = useTranslate();
  return clearedAt ? (
    <ToneChip tone="open">
      <CheckCircle aria-hidden sx={{ fontSize: 17 }} />
      <ShortMoment at={clearedAt} />
    </ToneChip>
  ) : (
    <ToneChip tone="danger">
      <WarningAmber aria-hidden sx={{ fontSize: 17 }} />
      {translate('alarms.stands')}
    </ToneChip>
  );
};
