import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { MassLocks } from '../../../server/supervision/mass-locks.schema.ts';
import { OrganisationName } from '../shared/OrganisationField.tsx';
import { useNumbers } from '../shared/useNumbers.ts';

type Props = { causes: MassLocks['causes']; isOfSeveral: boolean };

/** Which way they came and with which secret, how many, from how many networks, how many still stand. */
export const LockCauses = ({ causes, isOfSeveral }: Props) => {
  const translate = useTranslate();
  const format = useNumbers();
  if (causes.length === 0) return <Box>{translate('incidents.locks.none')}</Box>;
  return (
    <Table size="small" aria-label={translate('incidents.locks.causes')}>
      <TableHead>
        <TableRow>
          {isOfSeveral && <TableCell>{translate('incidents.locks.organisation')}</TableCell>}
          <TableCell>{translate('incidents.locks.via')}</TableCell>
          <TableCell>{translate('incidents.locks.secret')}</TableCell>
          <TableCell align="right">{translate('incidents.locks.locks')}</TableCell>
          <TableCell align="right">{translate('incidents.locks.still')}</TableCell>
          <TableCell align="right">{translate('incidents.locks.blocks')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {causes.map(({ organisationId, via, viaName, secret, locks, still, blocks }) => (
          <TableRow key={`${organisationId} ${via} ${secret}`}>
            {isOfSeveral && (
              <TableCell>
                <OrganisationName id={organisationId} />
              </TableCell>
            )}
            <TableCell>{viaName}</TableCell>
            <TableCell>{translate(`incidents.locks.secrets.${secret}`)}</TableCell>
            <TableCell align="right">{format(locks)}</TableCell>
            <TableCell align="right">{format(still)}</TableCell>
            <TableCell align="right">{format(blocks)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
};
