import { Box, Button, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { PostFile } from '../../../server/imports/post-files.schema.ts';
import { RejectedLines } from '../shared/RejectedLines.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { useNumbers } from '../shared/useNumbers.ts';

/** The count of one file, and each line that was not taken: where, why and what to do, never the value. */
export const FileReport = ({ file }: { file: PostFile }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const { lines, taken, rejected, problems } = file;
  return (
    <Box
      component="section"
      aria-label={translate('returns.files.result')}
      sx={{ mt: 2, px: 1.5, py: 1, borderLeft: '4px solid var(--accent)', backgroundColor: 'var(--raised)' }}
    >
      <Box role="status" sx={{ fontSize: 17, fontWeight: 700 }}>
        {translate('returns.files.sum', {
          smart_count: lines,
          lines: format(lines),
          taken: format(taken),
          rejected: format(rejected),
        })}
      </Box>
      <RejectedLines label={translate('returns.files.problems')} lines={problems} rejected={rejected} />
    </Box>
  );
};

type TableProps = { files: PostFile[]; onShow: (file: PostFile) => void };

/** The last files that came, each with its count. */
export const FileTable = ({ files, onShow }: TableProps) => {
  const translate = useTranslate();
  const format = useNumbers();
  return (
    <Table size="small" aria-label={translate('returns.files.last')} sx={{ mt: 2 }}>
      <TableHead>
        <TableRow>
          <TableCell>{translate('returns.files.receivedAt')}</TableCell>
          <TableCell>{translate('returns.files.what')}</TableCell>
          <TableCell align="right">{translate('returns.files.lines')}</TableCell>
          <TableCell align="right">{translate('returns.files.takenLines')}</TableCell>
          <TableCell align="right">{translate('returns.files.rejectedLines')}</TableCell>
          <TableCell />
        </TableRow>
      </TableHead>
      <TableBody>
        {files.map((file) => (
          <TableRow key={file.id}>
            <TableCell>
              <ShortMoment at={file.receivedAt} />{' '}
              <Box component="span" sx={{ color: 'var(--ink-soft)' }}>
                {file.receivedByName}
              </Box>
            </TableCell>
            <TableCell>{translate(`returns.files.${file.kind}`)}</TableCell>
            <TableCell align="right">{format(file.lines)}</TableCell>
            <TableCell align="right">{format(file.taken)}</TableCell>
            <TableCell align="right" sx={{ fontWeight: file.rejected > 0 ? 700 : 400 }}>
              {format(file.rejected)}
            </TableCell>
            <TableCell align="right">
              {file.problems.length > 0 && (
                <Button size="small" onClick={() => onShow(file)}>
                  {translate('returns.files.show')}
                </Button>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
};
