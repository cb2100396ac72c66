import { Box } from '@mui/material';
import { DataTable, SelectInput, useListContext, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Alert } from '../../../server/audit/alerts.schema.ts';
import { storyPath } from '../audit/paths.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { OrganisationFilter, OrganisationName } from '../shared/OrganisationField.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { useMay } from '../shared/useMe.ts';
import { SeenButton } from './SeenButton.tsx';

const filters = [
  <SelectInput
    key="seen"
    source="seen"
    alwaysOn
    helperText={false}
    choices={[
      { id: false, name: 'alerts.filter.unseen' },
      { id: true, name: 'alerts.filter.seen' },
    ]}
  />,
  <OrganisationFilter key="organisationId" source="organisationId" alwaysOn />,
];

/** What a supervisor must hear of, those nobody has seen first: what happened, how often, what to do. */
export const AlertList = () => (
  <ListScreen
    title={useTranslate()('alerts.title')}
    filters={filters}
    filterDefaultValues={{ seen: false }}
    sort={{ field: 'lastAt', order: 'DESC' }}
    disableSyncWithLocation
  >
    <DataTable<Alert> bulkActionButtons={false} rowClick={false} empty={<NoAlert />}>
      <DataTable.Col<Alert> source="message" disableSort render={(alert) => <What alert={alert} />} />
      <DataTable.Col<Alert>
        source="organisationId"
        disableSort
        render={({ organisationId }) => <OrganisationName id={organisationId} />}
      />
      <DataTable.NumberCol source="times" disableSort />
      <DataTable.Col<Alert>
        source="firstAt"
        disableSort
        render={({ firstAt }) => <ShortMoment at={firstAt} />}
      />
      <DataTable.Col<Alert> source="lastAt" render={({ lastAt }) => <ShortMoment at={lastAt} />} />
      <DataTable.Col<Alert> source="seenAt" disableSort render={(alert) => <Seen alert={alert} />} />
    </DataTable>
  </ListScreen>
);

const NoAlert = () => {
  const translate = useTranslate();
  const { filterValues } = useListContext();
  const which = filterValues.seen === false ? 'none' : 'noneLikeIt';
  return <Box sx={{ py: 3, px: 1, color: 'var(--ink-soft)' }}>{translate(`alerts.${which}`)}</Box>;
};

/** Where what it asks for is done. */
const places: Partial<Record<Alert['kind'], string>> = {
  'bulk-asked': '/incidents',
  'unblock-asked': '/mass-locks',
  'locks-rising': '/mass-locks',
  'reviews-waiting': '/reviews',
};

/** What is asked for about a canary is read in its story: its page would alarm once more. */
const pathOf = ({ kind, memberId }: Alert): string =>
  kind === 'canary-seen' ? storyPath(memberId ?? '') : `/members/${encodeURIComponent(memberId ?? '')}/show`;

const What = ({ alert }: { alert: Alert }) => {
  const translate = useTranslate();
  const { kind, message, memberId } = alert;
  const mayView = useMay(kind === 'canary-seen' ? 'audit.list' : 'member.view');
  const place = places[kind];
  return (
    <Box sx={{ minWidth: 260 }}>
      {message}
      {place && (
        <Box>
          <Link to={place}>{translate(`alerts.see.${kind}`)}</Link>
        </Box>
      )}
      {memberId && mayView && (
        <Box>
          <Link to={pathOf(alert)}>
            {translate(kind === 'canary-seen' ? 'alerts.story' : 'alerts.member')}
          </Link>
        </Box>
      )}
    </Box>
  );
};

const Seen = ({ alert }: { alert: Alert }) => {
  const translate = useTranslate();
  if (!alert.seenAt) return <SeenButton alert={alert} />;
  return (
    <>
      <ShortMoment at={alert.seenAt} />
      <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
        {alert.seenByName ?? (alert.endedAt && translate('alerts.ended'))}
      </Box>
    </>
  );
};
