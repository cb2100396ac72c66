import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { TouchedCounts as Counts, TouchedPerson } from '../../../server/supervision/incidents.schema.ts';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { OrganisationName } from '../shared/OrganisationField.tsx';
import { useMay, useOrganisations } from '../shared/useMe.ts';
import { useNumbers } from '../shared/useNumbers.ts';

const kinds = ['looked', 'acted', 'sent', 'printed'] as const;

/** How many people, and of what: the categories that the authority asks for. */
export const TouchedCounts = ({ counts }: { counts: Counts }) => {
  const translate = useTranslate();
  const format = useNumbers();
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 3, mb: 1.5 }}>
      <Count
        name={translate('incidents.touched.people')}
        value={format(counts.people)}
        more={translate('incidents.touched.each')}
      />
      {kinds.map((kind) => (
        <Count
          key={kind}
          name={translate(`incidents.touched.${kind}`)}
          value={format(counts[kind].people)}
          more={translate('incidents.touched.times', {
            smart_count: counts[kind].times,
            count: format(counts[kind].times),
          })}
        />
      ))}
    </Box>
  );
};

const Count = ({ name, value, more }: { name: string; value: string; more: string }) => (
  <Box sx={{ minWidth: 120 }}>
    <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{name}</Box>
    <Box sx={{ fontSize: 22, fontWeight: 700, lineHeight: 1.2 }}>{value}</Box>
    <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{more}</Box>
  </Box>
);

/** `isOfLocks`: nobody was touched; the moment is when each was locked. */
export const TouchedTable = ({ rows, isOfLocks = false }: { rows: TouchedPerson[]; isOfLocks?: boolean }) => {
  const translate = useTranslate();
  const mayView = useMay('member.view');
  // Their numbers alone do not tell whose they are.
  const isOfSeveral = useOrganisations().length > 1;
  const columns = isOfLocks ? [] : kinds;
  const nameOf = ({ lastName, firstName }: TouchedPerson): string =>
    `${lastName} ${firstName}`.trim() || translate('incidents.touched.noName');
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table size="small" aria-label={translate('incidents.touched.title')}>
        <TableHead>
          <TableRow>
            <TableCell>{translate('incidents.touched.name')}</TableCell>
            <TableCell>{translate('incidents.touched.number')}</TableCell>
            {isOfSeveral && <TableCell>{translate('incidents.touched.organisation')}</TableCell>}
            {columns.map((kind) => (
              <TableCell key={kind} align="right">
                {translate(`incidents.touched.${kind}`)}
              </TableCell>
            ))}
            <TableCell>
              {translate(isOfLocks ? 'incidents.touched.lockedAt' : 'incidents.touched.last')}
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.memberId}>
              <TableCell>
                {mayView ? (
                  <Link to={`/members/${encodeURIComponent(row.memberId)}/show`}>{nameOf(row)}</Link>
                ) : (
                  nameOf(row)
                )}
              </TableCell>
              <TableCell>{[row.memberNumber, row.rank].filter(Boolean).join(' / ')}</TableCell>
              {isOfSeveral && (
                <TableCell>
                  <OrganisationName id={row.organisationId} />
                </TableCell>
              )}
              {columns.map((kind) => (
                <TableCell key={kind} align="right">
                  {row[kind] || '–'}
                </TableCell>
              ))}
              <TableCell>{row.lastAt ? <ShortMoment at={row.lastAt} /> : '–'}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
};
