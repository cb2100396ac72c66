import { Box } from '@mui/material';
import { DataTable, useLocale, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { AuditRow } from '../../../server/audit/audit.schema.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { OrganisationName } from '../shared/OrganisationField.tsx';
import { useMay } from '../shared/useMe.ts';
import { AuditDetails } from './AuditDetails.tsx';
import { useAuditFilters } from './auditFilters.tsx';
import { ResultChip } from './ResultChip.tsx';
import { VerifyChain } from './VerifyChain.tsx';

/** Who did what, to whom, when; each row opens to its details. Reading it is itself recorded. */
export const AuditList = () => {
  const translate = useTranslate();
  return (
    <ListScreen
      title={translate('audit.title')}
      lead={<VerifyChain />}
      filters={useAuditFilters()}
      sort={{ field: 'at', order: 'DESC' }}
      disableSyncWithLocation
    >
      <DataTable<AuditRow> bulkActionButtons={false} rowClick="expand" expand={<AuditDetails />}>
        <DataTable.Col<AuditRow> source="at" render={({ at }) => <Second at={at} />} />
        <DataTable.Col<AuditRow> source="actorName" disableSort render={(row) => <Who row={row} />} />
        <DataTable.Col<AuditRow> source="type" disableSort render={({ type }) => <What type={type} />} />
        <DataTable.Col<AuditRow>
          source="result"
          disableSort
          render={({ result }) => <ResultChip result={result} />}
        />
        <DataTable.Col<AuditRow> source="memberId" disableSort render={(row) => <Whom row={row} />} />
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

/** To the second: the order of two rows matters here. */
const Second = ({ at }: { at: string }) => {
  const locale = useLocale();
  const text = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'fr-FR', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: 'Europe/Paris',
  }).format(new Date(at));
  return (
    <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
      {text}
    </time>
  );
};

const Who = ({ row: { actorKind, actorName, actorRole, actorId } }: { row: AuditRow }) => {
  const translate = useTranslate();
  if (actorKind !== 'agent') return translate(`audit.actor.${actorKind}`, { _: actorKind });
  return (
    <>
      {actorName ?? actorId}
      {actorRole && (
        <Box component="span" sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
          {' '}
          · {translate(`role.${actorRole}`)}
        </Box>
      )}
    </>
  );
};

const What = ({ type }: { type: string }) => {
  const translate = useTranslate();
  return translate(`audit.type.${type}`, { _: type });
};

const Whom = ({ row: { memberId } }: { row: AuditRow }) => {
  const translate = useTranslate();
  const mayView = useMay('member.view');
  if (!memberId) return '—';
  // Enough to tell two members apart; the details hold it whole.
  if (!mayView) return <Box sx={{ whiteSpace: 'nowrap' }}>{memberId.slice(0, 8)}…</Box>;
  return (
    <Link to={`/members/${memberId}/show`} onClick={(event) => event.stopPropagation()}>
      {translate('audit.member')}
    </Link>
  );
};
