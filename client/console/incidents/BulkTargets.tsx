import { Box, Button, TablePagination } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { BulkRequest, BulkTargets as Targets } from '../../../server/supervision/bulk.schema.ts';
import { sendJson } from '../request.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { useAct } from '../shared/useAct.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import { TouchedTable } from './TouchedTable.tsx';

const perPage = 25;

/** Those that a request is about, as whoever asked saw them; a look, recorded each time, so asked for by hand. */
export const BulkTargets = ({ request: { id, kind, targets } }: { request: BulkRequest }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const [page, setPage] = useState(0);
  const look = useAct((range: [number, number], key) =>
    sendJson<Targets>('POST', `/bulk-requests/${encodeURIComponent(id)}/targets`, { range }, key),
  );
  const show = (at: number) => {
    setPage(at);
    look.mutate([at * perPage, at * perPage + perPage - 1]);
  };
  return (
    <Box>
      <ErrorText error={look.error} />
      {!look.data && (
        <Button size="small" variant="outlined" disabled={look.isPending} onClick={() => show(0)}>
          {translate('incidents.bulk.list', { smart_count: targets, count: format(targets) })}
        </Button>
      )}
      {look.data && (
        <Box role="status">
          <TouchedTable rows={look.data.rows} isOfLocks={kind === 'unblock'} />
          {look.data.total > perPage && (
            <TablePagination
              component="div"
              count={look.data.total}
              page={page}
              rowsPerPage={perPage}
              rowsPerPageOptions={[perPage]}
              labelDisplayedRows={({ from, to, count }) =>
                translate('ra.navigation.page_range_info', { offsetBegin: from, offsetEnd: to, total: count })
              }
              onPageChange={(_event, at) => show(at)}
            />
          )}
        </Box>
      )}
    </Box>
  );
};
