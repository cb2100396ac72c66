import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Import } from '../../../server/imports/imports.schema.ts';
import { Panel } from '../shared/Page.tsx';
import { useNumbers } from '../shared/useNumbers.ts';

/** Where each refused line is wrong and what to do; never the value. */
export const Rejections = ({ one: { rejections, rejected, state } }: { one: Import }) => {
  const translate = useTranslate();
  const format = useNumbers();
  if (rejections.length === 0 && (rejected > 0 || state !== 'done')) return null;
  return (
    <Panel title={translate('imports.rejections.title')}>
      {rejections.length === 0 ? (
        translate('imports.rejections.none')
      ) : (
        <Table size="small" aria-label={translate('imports.rejections.title')}>
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
            {rejections.map(({ line, column, message }) => (
              <TableRow key={`${line}/${column}/${message}`}>
                <TableCell align="right">{format(line)}</TableCell>
                <TableCell sx={{ fontWeight: 700 }}>{column || '—'}</TableCell>
                <TableCell>{message}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {rejected > rejections.length && (
        <Box sx={{ mt: 1, fontSize: 13, color: 'var(--ink-soft)' }}>
          {translate('imports.rejections.first', {
            shown: format(rejections.length),
            lines: format(rejected),
          })}
        </Box>
      )}
    </Panel>
  );
};
