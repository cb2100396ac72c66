import OpenInNew from '@mui/icons-material/OpenInNew';
import Print from '@mui/icons-material/Print';
import ReportProblem from '@mui/icons-material/ReportProblemOutlined';
import SaveAlt from '@mui/icons-material/SaveAlt';
import { Box, Button, LinearProgress } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import type { Lot } from '../../../server/letters/lots.schema.ts';
import type { Tone } from '../palette.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { useNumbers } from '../shared/useNumbers.ts';
import { takePrint, type PrintJob } from './printJob.ts';

type Props = { lot: Lot; job: PrintJob | null };

/** The print as it goes: its sheets and bytes, then the document, or what to destroy. */
export const PrintPanel = ({ lot, job }: Props) => {
  const translate = useTranslate();
  if (job?.state === 'running') return <Running lot={lot} bytes={job.bytes} />;
  if (job?.state === 'ready' && lot.state === 'printed') return <Ready lot={lot} job={job} />;
  if (job?.state === 'waste') {
    return (
      <Waste>
        <ErrorText error={job.error} />
      </Waste>
    );
  }
  if (job?.state === 'refused') return <ErrorText error={job.error} />;
  if (lot.state === 'printing' && !lot.can.print.allowed) {
    return <Running lot={lot} bytes={null} />;
  }
  // Printed elsewhere or before a reload, and interrupted: its sheets may lie in the tray.
  const isInterrupted = lot.attempt > 0 && (lot.state === 'released' || lot.state === 'printing');
  return isInterrupted ? (
    <Waste>{translate('lots.print.interrupted', { attempt: lot.attempt })}</Waste>
  ) : null;
};

const Running = ({ lot, bytes }: { lot: Lot; bytes: number | null }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const sheets = translate('lots.print.progress', { done: format(lot.printed), all: format(lot.letters) });
  const percent = lot.letters > 0 ? Math.min(100, (lot.printed / lot.letters) * 100) : 0;
  return (
    <Banner tone="waiting" icon={<Print aria-hidden sx={{ mt: 0.25 }} />}>
      <Box role="status" sx={{ fontSize: 17, fontWeight: 700 }}>
        {translate(bytes === null ? 'lots.print.elsewhere' : 'lots.print.running')}
      </Box>
      <LinearProgress
        variant={lot.printed > 0 ? 'determinate' : 'indeterminate'}
        value={percent}
        aria-label={translate('lots.print.running')}
        aria-valuetext={sheets}
        sx={{ my: 1, height: 8, borderRadius: 1 }}
      />
      {sheets}
      {bytes !== null && ` · ${translate('lots.print.bytes', { size: format(Math.round(bytes / 1024)) })}`}
      <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
        {translate(bytes === null ? 'lots.print.elsewhereHelp' : 'lots.print.stay')}
      </Box>
    </Banner>
  );
};

const Ready = ({ lot, job }: { lot: Lot; job: PrintJob }) => {
  const translate = useTranslate();
  const format = useNumbers();
  return (
    <Banner tone="open" icon={<Print aria-hidden sx={{ mt: 0.25 }} />}>
      <Box role="status" sx={{ fontSize: 17, fontWeight: 700 }}>
        {translate('lots.print.ready', { smart_count: lot.printed, count: format(lot.printed) })}
      </Box>
      <Box sx={{ my: 1, display: 'flex', gap: 1 }}>
        <Button
          variant="contained"
          startIcon={<OpenInNew />}
          component="a"
          href={job.url ?? ''}
          target="_blank"
          rel="noopener"
          onClick={() => takePrint(lot.id)}
        >
          {translate('lots.print.open')}
        </Button>
        <Button
          variant="outlined"
          startIcon={<SaveAlt />}
          component="a"
          href={job.url ?? ''}
          download={`lot-${lot.number}.pdf`}
          onClick={() => takePrint(lot.id)}
        >
          {translate('lots.print.save')}
        </Button>
      </Box>
      {translate('lots.print.once')}
    </Banner>
  );
};

const Waste = ({ children }: { children: ReactNode }) => {
  const translate = useTranslate();
  return (
    <Banner tone="danger" icon={<ReportProblem aria-hidden sx={{ mt: 0.25 }} />}>
      <Box role="alert" sx={{ fontSize: 17, fontWeight: 700 }}>
        {translate('lots.print.wasteTitle')}
      </Box>
      {translate('lots.print.waste')}
      <Box>{children}</Box>
    </Banner>
  );
};

const Banner = ({ tone, icon, children }: { tone: Tone; icon: ReactNode; children: ReactNode }) => (
  <Box
    sx={{
      display: 'flex',
      gap: 1.5,
      px: 2,
      py: 1.5,
      borderRadius: 1.5,
      color: 'var(--ink)',
      backgroundColor: `var(--${tone}-soft)`,
      border: `1px solid var(--${tone}-ink)`,
      '& > svg': { color: `var(--${tone}-ink)` },
    }}
  >
    {icon}
    <Box sx={{ flex: 1 }}>{children}</Box>
  </Box>
);
