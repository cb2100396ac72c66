import { DataTable, SelectInput, useTranslate } from 'react-admin';
import type { Message } from '../../../server/messages/messages.schema.ts';
import { fr } from '../i18n/fr.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { MaskedField } from '../shared/MaskedField.tsx';
import { MessageStateChip } from '../shared/MessageStateChip.tsx';
import { OrganisationFilter, OrganisationName } from '../shared/OrganisationField.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';

const choicesOf = (words: 'messageState' | 'messageChannel') =>
  Object.keys(fr[words]).map((id) => ({ id, name: `${words}.${id}` }));

const filters = [
  <SelectInput key="state" source="state" alwaysOn helperText={false} choices={choicesOf('messageState')} />,
  <SelectInput
    key="channel"
    source="channel"
    alwaysOn
    helperText={false}
    choices={choicesOf('messageChannel')}
  />,
  <OrganisationFilter key="organisationId" source="organisationId" alwaysOn />,
];

/** E-mails and SMS, the latest first: how far each one is, and why it is no further. Never its words. */
export const MessageList = () => {
  const translate = useTranslate();
  return (
    <ListScreen
      title={translate('messages.title')}
      filters={filters}
      sort={{ field: 'askedAt', order: 'DESC' }}
      disableSyncWithLocation
    >
      <DataTable<Message> bulkActionButtons={false} rowClick={false}>
        <DataTable.Col<Message> source="askedAt" render={({ askedAt }) => <ShortMoment at={askedAt} />} />
        <DataTable.Col<Message>
          source="organisationId"
          disableSort
          render={({ organisationId }) => <OrganisationName id={organisationId} />}
        />
        <DataTable.Col<Message>
          source="channel"
          disableSort
          render={({ channel }) => translate(`messageChannel.${channel}`)}
        />
        <DataTable.Col source="what" disableSort />
        <DataTable.Col<Message>
          source="masked"
          disableSort
          render={({ masked }) => <MaskedField text={masked} />}
        />
        <DataTable.Col<Message>
          source="state"
          disableSort
          render={({ state }) => <MessageStateChip state={state} />}
        />
        <DataTable.Col<Message>
          source="stateAt"
          disableSort
          render={({ stateAt }) => <ShortMoment at={stateAt} />}
        />
        <DataTable.Col<Message> source="problem" disableSort render={({ problem }) => problem ?? '—'} />
      </DataTable>
    </ListScreen>
  );
};
