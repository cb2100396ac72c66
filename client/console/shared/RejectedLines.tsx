import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useNumbers } from './useNumbers.ts';

type Rejected = { line: number; column: string; message: string };
type Props = { label: string; lines: Rejected[]; rejected: number };

/** Lines of a file that were not taken: where each is wrong and what to do, never the value. */
export const RejectedLines = ({ label, lines, rejected }: Props) => {
  const translate = useTranslate();
  const format = useNumbers();
  return (
    <>
      {lines.length > 0 && (
        <Table size="small" aria-label={label}>
          <TableHead>
            <TableRow>
              <TableCell align="right" sx={{ width: 90 }}>
                {translate('imports.rejections.line')}
              </TableCell>
              <TableCell sx={{ width: 240 }}>{translate('imports.rejections.column')}</TableCell>
              <TableCell>{translate('imports.rejections.message')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {lines.map(({ line, column, message }) => (
              <TableRow key={`${line}/${column}/${message}`}>
                <TableCell align="right">{format(line)}</TableCell>
                <TableCell sx={{ fontWeight: 700 }}>{column || '—'}</TableCell>
                <TableCell>{message}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {rejected > lines.length && (
        <Box sx={{ mt: 1, fontSize: 13, color: 'var(--ink-soft)' }}>
          {translate('imports.rejections.first', { shown: format(lines.length), lines: format(rejected) })}
        </Box>
      )}
    </>
  );
};
