import { Box } from '@mui/material';
import { DataTable, SelectInput, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Call } from '../../../server/calls/calls.schema.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { OrganisationFilter, OrganisationName } from '../shared/OrganisationField.tsx';
import { OutcomeChip } from '../shared/OutcomeChip.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { ToneChip } from '../shared/StatusChip.tsx';
import { useCallReasons } from '../shared/useCallReasons.ts';
import { useMay } from '../shared/useMe.ts';
import { SummaryButton } from './SummaryDialog.tsx';

const filters = [
  <SelectInput
    key="open"
    source="open"
    alwaysOn
    helperText={false}
    choices={[
      { id: true, name: 'calls.filter.open' },
      { id: false, name: 'calls.filter.ended' },
    ]}
  />,
  <OrganisationFilter key="organisationId" source="organisationId" alwaysOn />,
];

/** Calls, the latest first: an agent's own, a supervisor's organisations'. */
export const CallList = () => {
  const translate = useTranslate();
  return (
    <ListScreen
      title={translate('calls.title')}
      filters={filters}
      sort={{ field: 'openedAt', order: 'DESC' }}
      disableSyncWithLocation
    >
      <DataTable<Call> bulkActionButtons={false} rowClick={false}>
        <DataTable.Col<Call> source="openedAt" render={({ openedAt }) => <ShortMoment at={openedAt} />} />
        <DataTable.Col<Call> source="agentName" disableSort render={({ agentName }) => agentName ?? '—'} />
        <DataTable.Col<Call>
          source="channel"
          disableSort
          render={({ channel }) => translate(`callChannel.${channel}`)}
        />
        <DataTable.Col<Call>
          source="caller"
          disableSort
          render={({ caller }) =>
            caller === 'unsaid' ? (
              <ToneChip tone="locked">{translate('caller.unsaid')}</ToneChip>
            ) : (
              translate(`caller.${caller}`)
            )
          }
        />
        <DataTable.Col<Call> source="reason" disableSort render={(call) => <Reason call={call} />} />
        <DataTable.Col<Call> source="reference" disableSort render={({ reference }) => reference ?? '—'} />
        <DataTable.Col<Call>
          source="organisationId"
          disableSort
          render={({ organisationId }) => <OrganisationName id={organisationId} />}
        />
        <DataTable.Col<Call> source="memberId" disableSort render={(call) => <MemberLink call={call} />} />
        <DataTable.Col<Call> source="endedAt" disableSort render={(call) => <Ended call={call} />} />
        <DataTable.Col<Call>
          source="outcome"
          disableSort
          render={({ outcome }) => (outcome ? <OutcomeChip outcome={outcome} /> : '—')}
        />
        <DataTable.Col<Call>
          label="calls.summary.column"
          disableSort
          render={({ id }) => <SummaryButton callId={id} />}
        />
      </DataTable>
    </ListScreen>
  );
};

const Reason = ({ call }: { call: Call }) => {
  const reasons = useCallReasons(call.organisationId);
  return reasons.find(({ id }) => id === call.reason)?.label ?? call.reason ?? '—';
};

const MemberLink = ({ call }: { call: Call }) => {
  const translate = useTranslate();
  const mayView = useMay('member.view');
  if (!call.memberId) return '—';
  return mayView ? (
    <Link to={`/members/${call.memberId}/show`}>{translate('calls.member')}</Link>
  ) : (
    call.memberId
  );
};

const Ended = ({ call: { endedAt, endedBy } }: { call: Call }) => {
  const translate = useTranslate();
  if (!endedAt) return <ToneChip tone="waiting">{translate('calls.running')}</ToneChip>;
  return (
    <>
      <ShortMoment at={endedAt} />
      {endedBy && (
        <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{translate(`calls.endedBy.${endedBy}`)}</Box>
      )}
    </>
  );
};
