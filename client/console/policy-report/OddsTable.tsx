import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import CheckCircle from '@mui/icons-material/CheckCircle';
import ErrorOutline from '@mui/icons-material/ErrorOutlined';
import { useTranslate } from 'react-admin';
import type { GuessingOdds } from '../../../server/supervision/policy-report.schema.ts';
import { ToneChip } from '../shared/StatusChip.tsx';
import { useNumbers } from '../shared/useNumbers.ts';
import { expected, oneIn } from './figures.ts';
import { roundBits } from './WeakPoints.tsx';

const columns = ['secret', 'bits', 'tries', 'secrets', 'perMember', 'perMillion', 'verdict'] as const;
const figures: readonly string[] = ['bits', 'tries', 'secrets', 'perMember', 'perMillion'];

/** What guessing brings in a year, under the budgets of the limits file: one line for each kind of secret. */
export const OddsTable = ({ odds }: { odds: GuessingOdds[] }) => {
  const translate = useTranslate();
  if (odds.length === 0) return translate('policyReport.odds.none');
  return (
    <Table size="small" aria-label={translate('policyReport.odds.title')} sx={narrowOnPaper}>
      <TableHead>
        <TableRow>
          {columns.map((name) => (
            <TableCell
              key={name}
              align={figures.includes(name) ? 'right' : 'left'}
              sx={{ lineHeight: 1.3, verticalAlign: 'bottom' }}
            >
              {translate(`policyReport.odds.${name}`)}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {odds.map((one) => (
          <OddsRow key={one.secret} odds={one} />
        ))}
      </TableBody>
    </Table>
  );
};

// Seven columns across an A4 page.
const narrowOnPaper = { '@media print': { '& .MuiTableCell-root': { px: 0.5, fontSize: 13 } } };

const OddsRow = ({ odds }: { odds: GuessingOdds }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const chance = oneIn(odds.perMemberYear);
  const accounts = expected(odds.perMillionYear);
  const said = (words: string, { under, value }: { under: boolean; value: number }) =>
    translate(`policyReport.odds.${words}${under ? 'Under' : ''}`, { value: format(value) });
  return (
    <TableRow sx={{ breakInside: 'avoid', '&:last-child > *': { borderBottom: 0 } }}>
      <TableCell component="th" scope="row">
        {odds.secret}
      </TableCell>
      <TableCell align="right">{format(roundBits(odds.bits))}</TableCell>
      <TableCell align="right">{format(odds.triesPerSecret)}</TableCell>
      <TableCell align="right">{format(expected(odds.secretsPerYear).value)}</TableCell>
      <TableCell align="right">
        {chance ? said('oneIn', chance) : translate('policyReport.odds.never')}
      </TableCell>
      <TableCell align="right">{said('accounts', accounts)}</TableCell>
      <TableCell>
        <VerdictChip isAcceptable={odds.acceptable} />
      </TableCell>
    </TableRow>
  );
};

const VerdictChip = ({ isAcceptable }: { isAcceptable: boolean }) => {
  const translate = useTranslate();
  const Icon = isAcceptable ? CheckCircle : ErrorOutline;
  return (
    <ToneChip tone={isAcceptable ? 'open' : 'danger'}>
      <Icon aria-hidden sx={{ fontSize: 17 }} />
      {translate(`policyReport.odds.${isAcceptable ? 'acceptable' : 'tooMuch'}`)}
    </ToneChip>
  );
};
