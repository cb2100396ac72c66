import { DataTable, SelectInput, TextInput, useTranslate } from 'react-admin';
import type { Agent } from '../../../server/agents/agents.schema.ts';
import { fr } from '../i18n/fr.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { ToneChip } from '../shared/StatusChip.tsx';
import { useOrganisationName } from '../shared/useMe.ts';

const filters = [
  <TextInput key="q" source="q" alwaysOn resettable helperText={false} />,
  <SelectInput
    key="role"
    source="role"
    alwaysOn
    helperText={false}
    choices={Object.keys(fr.role).map((id) => ({ id, name: `role.${id}` }))}
  />,
];

/** The desk's accounts, to read: they are made on the server's command line. */
export const AgentList = () => {
  const translate = useTranslate();
  const nameOf = useOrganisationName();
  return (
    <ListScreen
      title={translate('agents.title')}
      filters={filters}
      sort={{ field: 'name', order: 'ASC' }}
      disableSyncWithLocation
    >
      <DataTable<Agent> bulkActionButtons={false} rowClick={false}>
        <DataTable.Col source="name" />
        <DataTable.Col source="username" />
        <DataTable.Col<Agent> source="role" render={({ role }) => translate(`role.${role}`)} />
        <DataTable.Col<Agent>
          source="organisations"
          disableSort
          render={({ organisations }) => organisations.map(nameOf).join(', ')}
        />
        <DataTable.Col source="site" disableSort />
        <DataTable.Col source="team" disableSort />
        <DataTable.Col<Agent> source="createdAt" render={({ createdAt }) => <ShortMoment at={createdAt} />} />
        <DataTable.Col<Agent>
          source="closedAt"
          disableSort
          render={({ closedAt }) =>
            closedAt ? (
              <>
                <ToneChip tone="disabled">{translate('agents.closed')}</ToneChip>{' '}
                <ShortMoment at={closedAt} />
              </>
            ) : (
              translate('agents.open')
            )
          }
        />
      </DataTable>
    </ListScreen>
  );
};
