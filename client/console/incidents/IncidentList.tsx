import Add from '@mui/icons-material/Add';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { DataTable, SelectInput, useTranslate } from 'react-admin';
import type { Incident } from '../../../server/supervision/incidents.schema.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { OrganisationFilter, OrganisationName } from '../shared/OrganisationField.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { useMay } from '../shared/useMe.ts';
import { BulkRequests } from './BulkRequests.tsx';
import { Deadline } from './Deadline.tsx';
import { IncidentStateChip } from './IncidentStateChip.tsx';
import { OpenIncidentDialog } from './OpenIncidentDialog.tsx';

const filters = [
  <SelectInput
    key="state"
    source="state"
    alwaysOn
    helperText={false}
    choices={[
      { id: 'open', name: 'incidents.state.open' },
      { id: 'closed', name: 'incidents.state.closed' },
    ]}
  />,
  <OrganisationFilter key="organisationId" source="organisationId" alwaysOn />,
];

/** What went wrong, with the hours left to tell the authority; above, what waits for a second person. */
export const IncidentList = () => {
  const translate = useTranslate();
  return (
    <ListScreen
      title={translate('incidents.title')}
      actions={useMay('incident.manage') && <OpenButton />}
      lead={
        <Box sx={{ mb: 1.5, display: 'grid', gap: 1.5 }}>
          <Box sx={{ maxWidth: 860, color: 'var(--ink-soft)' }}>{translate('incidents.lead')}</Box>
          <BulkRequests filter={{ state: 'waiting' }} hideEmpty />
        </Box>
      }
      filters={filters}
      sort={{ field: 'openedAt', order: 'DESC' }}
      disableSyncWithLocation
    >
      <DataTable<Incident>
        bulkActionButtons={false}
        rowClick="show"
        empty={<Box sx={{ p: 2 }}>{translate('incidents.none')}</Box>}
      >
        <DataTable.Col<Incident> source="title" disableSort />
        <DataTable.Col<Incident>
          source="organisationIds"
          disableSort
          render={({ organisationIds }) =>
            organisationIds.map((id) => (
              <Box key={id}>
                <OrganisationName id={id} />
              </Box>
            ))
          }
        />
        <DataTable.Col<Incident> source="knownAt" render={({ knownAt }) => <ShortMoment at={knownAt} />} />
        <DataTable.Col<Incident>
          source="deadlineAt"
          disableSort
          render={(incident) => <Deadline incident={incident} />}
        />
        <DataTable.Col<Incident>
          source="state"
          render={(incident) => <IncidentStateChip incident={incident} />}
        />
      </DataTable>
    </ListScreen>
  );
};

const OpenButton = () => {
  const translate = useTranslate();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="contained" startIcon={<Add />} onClick={() => setOpen(true)}>
        {translate('incidents.open.button')}
      </Button>
      {isOpen && <OpenIncidentDialog onClose={() => setOpen(false)} />}
    </>
  );
};
