import { Box, Typography } from '@mui/material';
import { useLocale, useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import { ageOn, formatDay } from '../shared/dates.ts';

/** The h1: who this is, with what tells homonyms apart. */
export const MemberName = ({ member }: { member: MemberPage | undefined }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  if (!member) return <Typography variant="h1">{translate('members.title')}</Typography>;

  const { civility, lastName, birthName, firstName, birthDate, kind } = member.identity;
  const years = ageOn(birthDate);
  const age = years === undefined ? '?' : translate('date.years', { smart_count: years });
  return (
    <Box>
      <Typography variant="h1">
        {[civility, firstName].filter(Boolean).join(' ')} {lastName}
        {birthName && birthName !== lastName && (
          <Box component="span" sx={{ fontWeight: 400, fontSize: 17 }}>
            {' '}
            {translate('members.born', { name: birthName })}
          </Box>
        )}
      </Typography>
      <Box sx={{ color: 'var(--ink-soft)' }}>
        {[
          translate(`members.bornOn.${bornAs(civility)}`, {
            day: formatDay(birthDate, locale, 'short'),
            age,
          }),
          translate('members.number', { number: member.identity.memberNumber }),
          member.organisationName,
          ...(kind === 'dependant' ? [translate('members.dependant')] : []),
        ].join(' · ')}
      </Box>
    </Box>
  );
};

const bornAs = (civility: string | null): 'M' | 'Mme' | 'unknown' => {
  if (civility === 'Mme') return 'Mme';
  return civility === 'M.' ? 'M' : 'unknown';
};
