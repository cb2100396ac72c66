import { Box } from '@mui/material';
import { DataTable, SelectInput, TextInput, useRefresh, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Callback } from '../../../server/calls/callbacks.schema.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { OrganisationFilter, OrganisationName } from '../shared/OrganisationField.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { ToneChip } from '../shared/StatusChip.tsx';
import { useMay, useMe } from '../shared/useMe.ts';
import { CallbackActs } from './CallbackActs.tsx';

const filters = [
  <SelectInput
    key="state"
    source="state"
    alwaysOn
    helperText={false}
    choices={[
      { id: 'open', name: 'callbacks.filter.open' },
      { id: 'done', name: 'callbacks.filter.done' },
    ]}
  />,
  <SelectInput
    key="mine"
    source="mine"
    alwaysOn
    helperText={false}
    choices={[
      { id: true, name: 'callbacks.filter.mine' },
      { id: false, name: 'callbacks.filter.others' },
    ]}
  />,
  <OrganisationFilter key="organisationId" source="organisationId" alwaysOn />,
];
// An agent finds their own team's only.
const supervisorFilters = [...filters, <TextInput key="team" source="team" alwaysOn helperText={false} />];

/** What somebody owes members, by when it is due: an agent's team's, a supervisor's organisations'. */
export const CallbackList = () => {
  const translate = useTranslate();
  const isSupervisor = useMe()?.role === 'supervisor';
  return (
    <ListScreen
      title={translate('callbacks.title')}
      filters={isSupervisor ? supervisorFilters : filters}
      filterDefaultValues={{ state: 'open' }}
      sort={{ field: 'dueAt', order: 'ASC' }}
      disableSyncWithLocation
    >
      <DataTable<Callback> bulkActionButtons={false} rowClick={false}>
        <DataTable.Col<Callback> source="dueAt" render={(callback) => <Due callback={callback} />} />
        <DataTable.Col<Callback>
          source="what"
          disableSort
          render={(callback) => <What callback={callback} />}
        />
        <DataTable.Col<Callback>
          source="organisationId"
          disableSort
          render={({ organisationId }) => <OrganisationName id={organisationId} />}
        />
        <DataTable.Col<Callback> source="team" disableSort render={({ team }) => team ?? '—'} />
        <DataTable.Col<Callback>
          source="ownerName"
          disableSort
          render={({ ownerName }) => ownerName ?? translate('callbacks.nobody')}
        />
        <DataTable.Col<Callback>
          source="memberId"
          disableSort
          render={(callback) => <Member callback={callback} />}
        />
        <DataTable.Col<Callback>
          source="doneAt"
          disableSort
          render={(callback) => <End callback={callback} />}
        />
      </DataTable>
    </ListScreen>
  );
};

type Props = { callback: Callback };

const Due = ({ callback: { dueAt, overdue } }: Props) => {
  const translate = useTranslate();
  return (
    <Box sx={{ display: 'grid', gap: 0.25, justifyItems: 'start' }}>
      <ShortMoment at={dueAt} />
      {overdue && <ToneChip tone="danger">{translate('callbacks.overdue')}</ToneChip>}
    </Box>
  );
};

const What = ({ callback: { what, note, outcome, doneAt } }: Props) => {
  const translate = useTranslate();
  return (
    <Box sx={{ minWidth: 220 }}>
      {what}
      {note && <Box sx={{ fontSize: 13, color: 'var(--ink-soft)', overflowWrap: 'anywhere' }}>{note}</Box>}
      {outcome === 'not-reached' && doneAt === null && (
        <Box sx={{ fontSize: 13, color: 'var(--locked-ink)' }}>{translate('callbacks.tried')}</Box>
      )}
    </Box>
  );
};

const Member = ({ callback: { memberId } }: Props) => {
  const translate = useTranslate();
  const mayView = useMay('member.view');
  if (!mayView) return memberId;
  return <Link to={`/members/${encodeURIComponent(memberId)}/show`}>{translate('callbacks.member')}</Link>;
};

const End = ({ callback }: Props) => {
  const translate = useTranslate();
  const refresh = useRefresh();
  const { doneAt, doneByName, outcome } = callback;
  if (!doneAt) return <CallbackActs callback={callback} onDone={refresh} />;
  return (
    <>
      {outcome && translate(`callbacks.outcomes.${outcome}`)}
      <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
        <ShortMoment at={doneAt} />{' '}
        {doneByName ? translate('callbacks.doneBy', { name: doneByName }) : translate('callbacks.system')}
      </Box>
    </>
  );
};
