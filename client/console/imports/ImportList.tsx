import UploadFile from '@mui/icons-material/UploadFileOutlined';
import { Box, Button } from '@mui/material';
import { DataTable, SelectInput, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Import } from '../../../server/imports/imports.schema.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { OrganisationFilter, OrganisationName } from '../shared/OrganisationField.tsx';
import { Moment } from '../shared/PromiseDate.tsx';
import { useMay } from '../shared/useMe.ts';
import { ImportStateChip } from './ImportStateChip.tsx';

const states: Import['state'][] = ['reading', 'held', 'applying', 'done', 'refused'];

const filters = [
  <SelectInput
    key="state"
    source="state"
    alwaysOn
    helperText={false}
    choices={states.map((id) => ({ id, name: `imports.state.${id}` }))}
  />,
  <OrganisationFilter key="organisationId" source="organisationId" alwaysOn />,
];

/** Files that were sent, the latest first, each with its whole count. */
export const ImportList = () => (
  <ListScreen
    title={useTranslate()('imports.title')}
    actions={<SendButton />}
    filters={filters}
    sort={{ field: 'startedAt', order: 'DESC' }}
  >
    <DataTable<Import> bulkActionButtons={false} rowClick="show">
      <DataTable.Col<Import> source="startedAt" render={(one) => <Started one={one} />} />
      <DataTable.Col<Import>
        source="organisationId"
        render={({ organisationId }) => <OrganisationName id={organisationId} />}
      />
      <DataTable.Col<Import> source="content" disableSort render={(one) => <What one={one} />} />
      <DataTable.Col<Import> source="state" render={({ state }) => <ImportStateChip state={state} />} />
      <DataTable.NumberCol source="linesRead" disableSort />
      <DataTable.NumberCol source="accepted" disableSort />
      <DataTable.NumberCol source="updated" disableSort />
      <DataTable.NumberCol source="unchanged" disableSort />
      <DataTable.NumberCol source="rejected" disableSort />
      <DataTable.NumberCol source="duplicate" disableSort />
    </DataTable>
  </ListScreen>
);

const SendButton = () => {
  const translate = useTranslate();
  if (!useMay('import.run')) return null;
  return (
    <Button variant="contained" startIcon={<UploadFile />} component={Link} to="/imports/create">
      {translate('imports.send')}
    </Button>
  );
};

// The row opens by mouse; this link is the same for the keyboard.
const Started = ({ one: { id, startedAt, startedByName } }: { one: Import }) => (
  <>
    <Link to={`/imports/${id}/show`} onClick={(event) => event.stopPropagation()}>
      <Moment at={startedAt} />
    </Link>
    <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{startedByName}</Box>
  </>
);

const What = ({ one: { content, extent } }: { one: Import }) => {
  const translate = useTranslate();
  return (
    <>
      {translate(`imports.content.${content}`)}
      <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{translate(`imports.extent.${extent}`)}</Box>
    </>
  );
};
