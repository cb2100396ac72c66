import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Figures } from '../../../server/supervision/figures.schema.ts';
import { Panel } from '../shared/Page.tsx';
import { useFigureFormat } from './useFigures.ts';

/** Letters that have not left, by how long ago they were asked for, with a bar beside each number. */
export const WaitingLetters = ({ waiting }: { waiting: NonNullable<Figures['waiting']> }) => {
  const translate = useTranslate();
  const format = useFigureFormat();
  const most = Math.max(1, ...waiting.ages.map(({ letters }) => letters));
  return (
    <Panel title={translate('figures.waiting')}>
      <Table size="small" aria-label={translate('figures.waiting')} sx={{ maxWidth: 720 }}>
        <TableHead>
          <TableRow>
            <TableCell>{translate('figures.waitingAge')}</TableCell>
            <TableCell align="right">{translate('figures.waitingLetters')}</TableCell>
            <TableCell aria-hidden />
          </TableRow>
        </TableHead>
        <TableBody>
          {waiting.ages.map(({ id, label, letters }) => (
            <TableRow key={id}>
              <TableCell component="th" scope="row">
                {label}
              </TableCell>
              <TableCell align="right">{format('count', letters)}</TableCell>
              <TableCell aria-hidden sx={{ width: '55%' }}>
                <Box
                  sx={{ height: 12, width: `${(letters / most) * 100}%`, backgroundColor: 'var(--accent)' }}
                />
              </TableCell>
            </TableRow>
          ))}
          <TableRow sx={{ '& > th, & > td': { fontWeight: 700, borderBottom: 0 } }}>
            <TableCell component="th" scope="row">
              {translate('figures.waitingTotal')}
            </TableCell>
            <TableCell align="right">{format('count', waiting.total)}</TableCell>
            <TableCell aria-hidden />
          </TableRow>
        </TableBody>
      </Table>
      {waiting.overdue > 0 && (
        <Box sx={{ mt: 1 }}>{translate('figures.waitingOverdue', { smart_count: waiting.overdue })}</Box>
      )}
    </Panel>
  );
};
