import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import { Panel } from '../shared/Page.tsx';
import { PromiseDate } from '../shared/PromiseDate.tsx';
import { ToneChip } from '../shared/StatusChip.tsx';

/** Who else stands under the same number; namesakes stand out, being the easiest to mistake. */
export const HouseholdPanel = ({ household }: { household: MemberPage['household'] }) => {
  const translate = useTranslate();
  return (
    <Panel title={translate('members.household.title')}>
      {household.length === 0 && translate('members.household.none')}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.75 }}>
        {household.map((person) => (
          <li key={person.id}>
            <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1 }}>
              <Link to={`/members/${encodeURIComponent(person.id)}/show`} style={{ paddingBlock: 2 }}>
                {person.firstName} {person.lastName}
              </Link>
              <PromiseDate day={person.birthDate} short />
              {person.namesake && (
                <ToneChip tone="locked">{translate('members.household.namesake')}</ToneChip>
              )}
            </Box>
            <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
              {translate(`members.household.${person.kind}`)}
              {!person.hasAccount && ` · ${translate('members.household.noAccount')}`}
            </Box>
          </li>
        ))}
      </Box>
    </Panel>
  );
};
