import PersonAdd from '@mui/icons-material/PersonAddAlt1Outlined';
import UploadFile from '@mui/icons-material/UploadFileOutlined';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { DataTable, SelectInput, TextInput, useRedirect, useTranslate } from 'react-admin';
import type { ListedAgent } from '../../../server/agents/roster.schema.ts';
import { DayLink } from '../audit/DayLink.tsx';
import { fr } from '../i18n/fr.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { SiteFilter } from '../shared/SiteFilter.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { useMay, useOrganisationName } from '../shared/useMe.ts';
import { AgentState } from './AgentState.tsx';
import { EndSessions } from './EndSessions.tsx';
import { MakeAgentDialog } from './MakeAgentDialog.tsx';

const filters = [
  <TextInput key="q" source="q" alwaysOn resettable helperText={false} />,
  <SelectInput
    key="role"
    source="role"
    alwaysOn
    helperText={false}
    choices={Object.keys(fr.role).map((id) => ({ id, name: `role.${id}` }))}
  />,
  <SelectInput
    key="open"
    source="open"
    alwaysOn
    helperText={false}
    choices={[
      { id: true, name: 'agents.filter.open' },
      { id: false, name: 'agents.filter.closed' },
    ]}
  />,
  <SiteFilter key="site" source="site" alwaysOn />,
  <SelectInput
    key="view"
    source="view"
    alwaysOn
    helperText={false}
    choices={['invited', 'dormant'].map((id) => ({ id, name: `agents.filter.${id}` }))}
  />,
];

/** The desk's accounts; who manages them opens one to change it. */
export const AgentList = () => {
  const translate = useTranslate();
  const nameOf = useOrganisationName();
  const mayManage = useMay('agent.manage');
  const mayEnd = useMay('agent.end-sessions');
  const mayRead = useMay('audit.list');
  return (
    <ListScreen
      title={translate('agents.title')}
      actions={mayManage && <ListActs />}
      filters={filters}
      filterDefaultValues={{ open: true }}
      sort={{ field: 'name', order: 'ASC' }}
      disableSyncWithLocation
    >
      <DataTable<ListedAgent>
        bulkActionButtons={false}
        rowClick={mayManage ? 'show' : false}
        empty={<Box sx={{ p: 2 }}>{translate('agents.listEmpty')}</Box>}
      >
        <DataTable.Col source="name" />
        <DataTable.Col source="username" />
        <DataTable.Col<ListedAgent>
          source="role"
          render={({ role, experience }) => (
            <>
              {translate(`role.${role}`)}
              {experience !== 'usual' && (
                <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
                  {translate(`agents.experience.${experience}`)}
                </Box>
              )}
            </>
          )}
        />
        <DataTable.Col<ListedAgent>
          source="organisations"
          disableSort
          render={({ organisations }) => organisations.map(nameOf).join(', ')}
        />
        <DataTable.Col<ListedAgent>
          source="site"
          disableSort
          render={({ site, team }) => [site, team].filter(Boolean).join(' · ')}
        />
        <DataTable.Col<ListedAgent>
          source="lastSignedInAt"
          render={({ lastSignedInAt }) =>
            lastSignedInAt ? <ShortMoment at={lastSignedInAt} /> : translate('agents.never')
          }
        />
        <DataTable.Col<ListedAgent>
          source="closedAt"
          disableSort
          render={(agent) => <AgentState agent={agent} />}
        />
        {mayRead && <DataTable.Col<ListedAgent> label="" render={({ id }) => <DayLink agentId={id} />} />}
        {mayEnd && !mayManage && (
          <DataTable.Col<ListedAgent> label="" render={(agent) => <EndSessions agent={agent} />} />
        )}
      </DataTable>
    </ListScreen>
  );
};

const ListActs = () => {
  const translate = useTranslate();
  const redirect = useRedirect();
  const [isMaking, setMaking] = useState(false);
  return (
    <Box sx={{ display: 'flex', gap: 1 }}>
      <Button variant="outlined" startIcon={<UploadFile />} onClick={() => redirect('/agents/file')}>
        {translate('agents.file.button')}
      </Button>
      <Button variant="contained" startIcon={<PersonAdd />} onClick={() => setMaking(true)}>
        {translate('agents.make.button')}
      </Button>
      {isMaking && <MakeAgentDialog onClose={() => setMaking(false)} />}
    </Box>
  );
};
