import { Box } from '@mui/material';
import { DataTable, SelectInput, useRefresh, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Approval } from '../../../server/approvals/approvals.schema.ts';
import { ListScreen } from '../shared/ListScreen.tsx';
import { OrganisationFilter, OrganisationName } from '../shared/OrganisationField.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { useMay } from '../shared/useMe.ts';
import { ApprovalActs } from './ApprovalActs.tsx';
import { ApprovalStateChip } from './ApprovalStateChip.tsx';

const states = ['waiting', 'done', 'refused', 'expired', 'overtaken', 'withdrawn'] as const;

const filters = [
  <SelectInput
    key="state"
    source="state"
    alwaysOn
    helperText={false}
    choices={states.map((id) => ({ id, name: `approvals.state.${id}` }))}
  />,
  <SelectInput
    key="mine"
    source="mine"
    alwaysOn
    helperText={false}
    choices={[
      { id: true, name: 'approvals.filter.mine' },
      { id: false, name: 'approvals.filter.others' },
    ]}
  />,
  <OrganisationFilter key="organisationId" source="organisationId" alwaysOn />,
];

/** Requests to a second person, the oldest first: one's own, and those one may answer. */
export const ApprovalList = () => (
  <ListScreen
    title={useTranslate()('approvals.title')}
    filters={filters}
    filterDefaultValues={{ state: 'waiting' }}
    sort={{ field: 'askedAt', order: 'ASC' }}
    disableSyncWithLocation
  >
    <DataTable<Approval> bulkActionButtons={false} rowClick={false}>
      <DataTable.Col<Approval> source="askedAt" render={(approval) => <Asked approval={approval} />} />
      <DataTable.Col<Approval> source="act" render={(approval) => <What approval={approval} />} />
      <DataTable.Col<Approval>
        source="reasons"
        disableSort
        render={(approval) => <Why approval={approval} />}
      />
      <DataTable.Col<Approval>
        source="organisationId"
        disableSort
        render={({ organisationId }) => <OrganisationName id={organisationId} />}
      />
      <DataTable.Col<Approval>
        source="expiresAt"
        render={({ expiresAt }) => <ShortMoment at={expiresAt} />}
      />
      <DataTable.Col<Approval> source="state" render={(approval) => <State approval={approval} />} />
    </DataTable>
  </ListScreen>
);

type Props = { approval: Approval };

const Asked = ({ approval: { askedAt, askedByName } }: Props) => (
  <>
    <ShortMoment at={askedAt} />
    <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{askedByName}</Box>
  </>
);

const What = ({ approval: { what, detail, memberId } }: Props) => {
  const translate = useTranslate();
  const mayView = useMay('member.view');
  return (
    <Box sx={{ minWidth: 170 }}>
      {what}
      {detail && <Box sx={{ fontSize: 13, overflowWrap: 'anywhere' }}>{detail}</Box>}
      {mayView && (
        <Box>
          <Link to={`/members/${encodeURIComponent(memberId)}/show`}>{translate('approvals.member')}</Link>
        </Box>
      )}
    </Box>
  );
};

const Why = ({ approval: { reasons, levelInWords, note } }: Props) => {
  const translate = useTranslate();
  return (
    <Box sx={{ minWidth: 170 }}>
      {reasons.join(', ')}
      <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
        {translate('approvals.facts.level')} : {levelInWords}
      </Box>
      {note && <Box sx={{ fontSize: 13, overflowWrap: 'anywhere' }}>« {note} »</Box>}
    </Box>
  );
};

const State = ({ approval }: Props) => {
  const refresh = useRefresh();
  return (
    <Box sx={{ display: 'grid', gap: 0.5, justifyItems: 'start', minWidth: 150 }}>
      <ApprovalStateChip state={approval.state} />
      <Answer approval={approval} />
      <ApprovalActs approval={approval} onDone={refresh} />
    </Box>
  );
};

/** What came of it where its state does not say it all, and a second person's word. */
export const Answer = ({ approval: { state, outcome, word, decidedByName } }: Props) => (
  <>
    {outcome && (state === 'overtaken' || state === 'expired') && <Box sx={{ fontSize: 13 }}>{outcome}</Box>}
    {word && (
      <Box sx={{ fontSize: 13, overflowWrap: 'anywhere' }}>
        {decidedByName} : « {word} »
      </Box>
    )}
  </>
);
