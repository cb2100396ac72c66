import { Box } from '@mui/material';
import { DataTable, useTranslate } from 'react-admin';
import type { ChangeFile } from '../../../server/members/change-files.schema.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { OrganisationFilter, OrganisationName } from '../shared/OrganisationField.tsx';
import { PromiseDate } from '../shared/PromiseDate.tsx';
import { DownloadButton } from './DownloadButton.tsx';

const filters = [<OrganisationFilter key="organisationId" source="organisationId" alwaysOn />];

/** What left each day for the management systems, the latest first; one file for each organisation and day. */
export const ChangeFileList = () => {
  const translate = useTranslate();
  return (
    <ListScreen
      title={translate('changeFiles.title')}
      lead={<Box sx={{ mb: 1.5, color: 'var(--ink-soft)' }}>{translate('changeFiles.lead')}</Box>}
      filters={filters}
      sort={{ field: 'day', order: 'DESC' }}
    >
      <DataTable<ChangeFile> bulkActionButtons={false} rowClick={false}>
        <DataTable.Col<ChangeFile> source="day" render={({ day }) => <PromiseDate day={day} />} />
        <DataTable.Col<ChangeFile>
          source="organisationId"
          render={({ organisationId }) => <OrganisationName id={organisationId} />}
        />
        <DataTable.NumberCol source="lines" disableSort />
        <DataTable.NumberCol source="members" disableSort />
        <DataTable.Col<ChangeFile>
          source="id"
          disableSort
          render={(file) => <DownloadButton file={file} />}
        />
      </DataTable>
    </ListScreen>
  );
};
