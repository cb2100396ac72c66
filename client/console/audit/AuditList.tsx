import { Box } from '@mui/material';
import { DataTable, FilterButton, useTranslate } from 'react-admin';
import type { AuditRow } from '../../../server/audit/audit.schema.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { OrganisationName } from '../shared/OrganisationField.tsx';
import { Second, What, Who, Whom } from './AuditCells.tsx';
import { AuditDetails } from './AuditDetails.tsx';
import { useAuditFilters } from './auditFilters.tsx';
import { ExportButton } from './ExportButton.tsx';
import { FindMember } from './FindMember.tsx';
import { ResultChip } from './ResultChip.tsx';
import { VerifyChain } from './VerifyChain.tsx';

/** Who did what, to whom, when; each row opens to its details. Reading it is itself recorded. */
export const AuditList = () => {
  const translate = useTranslate();
  const filters = useAuditFilters();
  return (
    <ListScreen
      title={translate('audit.title')}
      actions={<FindMember />}
      filters={filters}
      sort={{ field: 'at', order: 'DESC' }}
      disableSyncWithLocation
    >
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1, px: 1.25, py: 0.75 }}>
        <Box sx={{ flex: 1 }}>
          <VerifyChain />
        </Box>
        <FilterButton filters={filters} disableSaveQuery variant="outlined" />
        <ExportButton />
      </Box>
      <DataTable<AuditRow> bulkActionButtons={false} rowClick="expand" expand={<AuditDetails />} sx={dense}>
        <DataTable.Col<AuditRow> source="at" render={({ at }) => <Second at={at} />} />
        <DataTable.Col<AuditRow>
          source="actorName"
          disableSort
          render={(row) => (
            <Box sx={{ whiteSpace: 'nowrap' }}>
              <Who row={row} />
            </Box>
          )}
        />
        <DataTable.Col<AuditRow> source="type" disableSort render={({ type }) => <What type={type} />} />
        <DataTable.Col<AuditRow>
          source="result"
          disableSort
          render={({ result }) => <ResultChip result={result} />}
        />
        <DataTable.Col<AuditRow>
          source="memberId"
          disableSort
          render={({ memberId }) => <Whom memberId={memberId} />}
        />
        <DataTable.Col<AuditRow>
          source="organisationId"
          disableSort
          render={({ organisationId }) => <OrganisationName id={organisationId} />}
        />
        <DataTable.NumberCol source="seq" disableSort />
      </DataTable>
    </ListScreen>
  );
};

/** Many rows are read here: one line each, where it fits. */
const dense = { '& .MuiTableCell-root': { px: 1 }, '& .MuiTableCell-body': { fontSize: 14, py: 0.25 } };
