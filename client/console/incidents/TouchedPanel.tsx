import { Box, Button, TablePagination } from '@mui/material';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import type { Criteria, Incident, Touched } from '../../../server/supervision/incidents.schema.ts';
import { sendJson } from '../request.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { Panel } from '../shared/Page.tsx';
import { useAct } from '../shared/useAct.ts';
import { useMay } from '../shared/useMe.ts';
import { criteriaOf, draftOf } from './criteria.ts';
import { CriteriaFields } from './CriteriaFields.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { useChange } from './IncidentActs.tsx';
import { KillDialog } from './KillDialog.tsx';
import { TouchedCounts, TouchedTable } from './TouchedTable.tsx';

type Props = { incident: Incident; onChanged: (incident: Incident) => void };
const perPage = 25;

/** Everyone touched: from what, how many, who; and what may be done about their secrets. */
export const TouchedPanel = ({ incident, onChanged }: Props) => {
  const translate = useTranslate();
  const notify = useNotify();
  const [draft, setDraft] = useState(() => draftOf(incident));
  const [page, setPage] = useState(0);
  const [dialog, setDialog] = useState<'kill' | 'export' | null>(null);
  const path = `/incidents/${encodeURIComponent(incident.id)}/touched`;
  const criteria = criteriaOf(draft);
  // A look, recorded each time: asked for by hand, never by the screen itself.
  const look = useAct((input: Criteria & { range: [number, number] }, key) =>
    sendJson<Touched>('POST', path, input, key),
  );
  const keep = useChange({ incident, onChanged }, () => notify('incidents.touched.kept'));
  const mayAct = useMay('incident.manage') && incident.can.manage.allowed;
  const show = (at: number) => {
    setPage(at);
    if (criteria) look.mutate({ ...criteria, range: [at * perPage, at * perPage + perPage - 1] });
  };
  const { data } = look;
  return (
    <Panel title={translate('incidents.touched.title')}>
      <Box sx={{ mb: 1.5, maxWidth: 860, color: 'var(--ink-soft)' }}>
        {translate('incidents.touched.lead')}
      </Box>
      <CriteriaFields
        draft={draft}
        error={look.error}
        onChange={(next) => {
          setDraft(next);
          look.reset();
        }}
      />
      <Box sx={{ mt: 1.5, display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <Button
          variant="contained"
          size="small"
          disabled={!criteria || look.isPending}
          onClick={() => show(0)}
        >
          {translate('incidents.touched.count')}
        </Button>
        {mayAct && (
          <Button
            variant="outlined"
            size="small"
            disabled={!criteria || keep.isPending}
            onClick={() => criteria && keep.mutate({ criteria })}
          >
            {translate('incidents.touched.keep')}
          </Button>
        )}
        {mayAct && data && data.total > 0 && (
          <>
            <Button variant="outlined" size="small" onClick={() => setDialog('export')}>
              {translate('incidents.export.button')}
            </Button>
            <Button variant="outlined" size="small" color="error" onClick={() => setDialog('kill')}>
              {translate('incidents.kill.button')}
            </Button>
          </>
        )}
      </Box>
      <ErrorText error={look.error ?? keep.error} />
      {data && (
        <Box role="status" sx={{ mt: 2 }}>
          <TouchedCounts counts={data.counts} />
          {data.total > 0 && <TouchedTable rows={data.rows} />}
          {data.total > perPage && (
            <TablePagination
              component="div"
              count={data.total}
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
      {dialog === 'kill' && criteria && data && (
        <KillDialog incident={incident} criteria={criteria} onClose={() => setDialog(null)} />
      )}
      {dialog === 'export' && criteria && (
        <ExportDialog path={`${path}/export`} criteria={criteria} onClose={() => setDialog(null)} />
      )}
    </Panel>
  );
};
