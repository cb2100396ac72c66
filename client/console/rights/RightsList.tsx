import Print from '@mui/icons-material/PrintOutlined';
import { Box, Button } from '@mui/material';
import { DataTable, SelectInput, useLocale, useTranslate } from 'react-admin';
import type { RightsLine } from '../../../server/agents/rights-review.schema.ts';
import { fr } from '../i18n/fr.ts';
import { formatDay } from '../shared/dates.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { ToneChip } from '../shared/StatusChip.tsx';
import { SiteFilter } from '../shared/SiteFilter.tsx';
import { useMay, useOrganisationName } from '../shared/useMe.ts';
import { ConfirmMany } from './ConfirmMany.tsx';
import { ConfirmRights } from './ConfirmRights.tsx';
import { ExportRights } from './ExportRights.tsx';

const filters = [
  <SelectInput
    key="due"
    source="due"
    alwaysOn
    helperText={false}
    choices={[
      { id: true, name: 'rights.filter.due' },
      { id: false, name: 'rights.filter.done' },
    ]}
  />,
  <SelectInput
    key="role"
    source="role"
    alwaysOn
    helperText={false}
    choices={Object.keys(fr.role).map((id) => ({ id, name: `role.${id}` }))}
  />,
  <SiteFilter key="site" source="site" alwaysOn />,
];

/** Who may do what, for whom; read again every year, one account after the other. */
export const RightsList = () => {
  const translate = useTranslate();
  const nameOf = useOrganisationName();
  const mayConfirm = useMay('rights.confirm');
  return (
    <ListScreen
      title={translate('rights.title')}
      lead={<Box sx={{ mb: 1.5, maxWidth: 860, color: 'var(--ink-soft)' }}>{translate('rights.lead')}</Box>}
      actions={
        <Box sx={{ display: 'flex', gap: 1, displayPrint: 'none' }}>
          <Button variant="outlined" startIcon={<Print />} onClick={() => window.print()}>
            {translate('rights.print')}
          </Button>
          <ExportRights />
        </Box>
      }
      filters={filters}
      sort={{ field: 'reviewedAt', order: 'ASC' }}
      disableSyncWithLocation
    >
      <DataTable<RightsLine>
        bulkActionButtons={mayConfirm}
        bulkActionsToolbar={mayConfirm ? <ConfirmMany /> : undefined}
        isRowSelectable={(line) => line.can.confirm.allowed}
        rowClick={false}
        empty={<Box sx={{ p: 2 }}>{translate('rights.none')}</Box>}
      >
        <DataTable.Col<RightsLine>
          source="name"
          render={({ name, username }) => (
            <>
              {name}
              <Small>{username}</Small>
            </>
          )}
        />
        <DataTable.Col<RightsLine>
          source="role"
          render={({ roleInWords, experience, experienceInWords }) => (
            <>
              {roleInWords}
              {experience !== 'usual' && <Small>{experienceInWords}</Small>}
            </>
          )}
        />
        <DataTable.Col<RightsLine>
          source="organisations"
          disableSort
          render={({ organisations }) => organisations.map(nameOf).join(', ')}
        />
        <DataTable.Col<RightsLine>
          source="site"
          disableSort
          render={({ site, team }) => [site, team].filter(Boolean).join(' · ') || '—'}
        />
        <DataTable.Col<RightsLine> source="permissions" disableSort render={(line) => <May line={line} />} />
        <DataTable.Col<RightsLine>
          source="lastSignedInAt"
          disableSort
          render={({ lastSignedInAt }) =>
            lastSignedInAt ? <ShortMoment at={lastSignedInAt} /> : translate('agents.never')
          }
        />
        <DataTable.Col<RightsLine>
          source="reviewedAt"
          sx={{ minWidth: 150 }}
          render={(line) => <Reviewed line={line} />}
        />
        <DataTable.Col<RightsLine> label="" render={(line) => <ConfirmRights line={line} />} />
      </DataTable>
    </ListScreen>
  );
};

const Small = ({ children }: { children: React.ReactNode }) => (
  <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{children}</Box>
);

const May = ({ line: { permissions } }: { line: RightsLine }) => {
  const translate = useTranslate();
  return (
    <Box component="details" sx={{ maxWidth: 300 }}>
      <Box component="summary" sx={{ cursor: 'pointer', whiteSpace: 'nowrap' }}>
        {translate('rights.permissions', { smart_count: permissions.length })}
      </Box>
      <Box component="ul" sx={{ m: 0, pl: 2, fontSize: 13 }}>
        {permissions.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </Box>
    </Box>
  );
};

const Reviewed = ({ line: { reviewedAt, reviewedByName, dueOn, isDue } }: { line: RightsLine }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  return (
    <>
      {reviewedByName ? (
        <>
          <ShortMoment at={reviewedAt} />
          <Small>{translate('rights.reviewedBy', { name: reviewedByName })}</Small>
        </>
      ) : (
        <Small>{translate('rights.never')}</Small>
      )}
      {isDue ? (
        <ToneChip tone="danger">{translate('rights.due')}</ToneChip>
      ) : (
        <Small>{translate('rights.dueOn', { day: formatDay(dueOn, locale, 'short') })}</Small>
      )}
    </>
  );
};
