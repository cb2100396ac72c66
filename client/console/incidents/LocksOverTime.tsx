import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { MassLocks } from '../../../server/supervision/mass-locks.schema.ts';
import { OrganisationName } from '../shared/OrganisationField.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { useNumbers } from '../shared/useNumbers.ts';

/** The newest that are shown; a shorter period shows the others. */
const mostRows = 200;

type Props = { locks: MassLocks; isOfSeveral: boolean };

/** A bar beside each number: the table is the chart. Stretches without a lock have no row. */
export const LocksOverTime = ({ locks: { buckets, causes }, isOfSeveral }: Props) => {
  const translate = useTranslate();
  const format = useNumbers();
  if (buckets.length === 0) return <Box>{translate('incidents.locks.none')}</Box>;
  const most = Math.max(...buckets.map(({ locks }) => locks));
  const nameOf = (via: string) => causes.find((cause) => cause.via === via)?.viaName ?? via;
  const shown = buckets.slice(-mostRows);
  return (
    <>
      {shown.length < buckets.length && (
        <Box sx={{ mb: 1, fontSize: 13, color: 'var(--ink-soft)' }}>
          {translate('incidents.locks.newest', { count: format(mostRows) })}
        </Box>
      )}
      <Table size="small" aria-label={translate('incidents.locks.overTime')}>
        <TableHead>
          <TableRow>
            <TableCell>{translate('incidents.locks.at')}</TableCell>
            {isOfSeveral && <TableCell>{translate('incidents.locks.organisation')}</TableCell>}
            <TableCell>{translate('incidents.locks.via')}</TableCell>
            <TableCell align="right">{translate('incidents.locks.locks')}</TableCell>
            <TableCell sx={{ width: '50%' }} aria-hidden />
          </TableRow>
        </TableHead>
        <TableBody>
          {shown.map(({ organisationId, at, via, secret, locks }) => (
            <TableRow key={`${organisationId} ${at} ${via} ${secret}`}>
              <TableCell>
                <ShortMoment at={at} />
              </TableCell>
              {isOfSeveral && (
                <TableCell>
                  <OrganisationName id={organisationId} />
                </TableCell>
              )}
              <TableCell>
                {nameOf(via)} · {translate(`incidents.locks.secrets.${secret}`)}
              </TableCell>
              <TableCell align="right">{format(locks)}</TableCell>
              <TableCell aria-hidden>
                <Box
                  sx={{
                    height: 12,
                    width: `${(locks / most) * 100}%`,
                    minWidth: 2,
                    backgroundColor: 'var(--accent)',
                  }}
                />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </>
  );
};
