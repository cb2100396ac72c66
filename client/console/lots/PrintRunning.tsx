import Print from '@mui/icons-material/Print';
import Stop from '@mui/icons-material/StopCircleOutlined';
import { Box, Button, LinearProgress } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { Lot } from '../../../server/letters/lots.schema.ts';
import { Banner } from '../shared/Banner.tsx';
import { useNow } from '../shared/useNow.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import type { PrintJob } from './printJob.ts';
import { StopDialog } from './StopDialog.tsx';
import { minutesLeft } from './timeLeft.ts';

type Props = { lot: Lot; job: PrintJob | null; onChanged: (lot: Lot) => void; onReload: () => void };

/** Sheets done, time left, and the way to stop. */
export const PrintRunning = ({ lot, job, onChanged, onReload }: Props) => {
  const translate = useTranslate();
  const [isStopping, setStopping] = useState(false);
  const target = lot.target ?? 'browser';
  const isHere = job?.state === 'running';
  const isOwn = isHere || target !== 'browser';
  const title = translate(`printing.running.${isOwn ? target : 'elsewhere'}`);
  const close = () => setStopping(false);
  return (
    <Banner tone="waiting" icon={<Print aria-hidden />} title={title}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
        <Progress lot={lot} bytes={isHere ? job.bytes : null} label={title} />
        {lot.can.stop.allowed && (
          <Button variant="outlined" startIcon={<Stop />} onClick={() => setStopping(true)}>
            {translate('printing.stop.button')}
          </Button>
        )}
      </Box>
      <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
        {translate(lot.isStopping ? 'printing.stopping' : adviceOf(isHere, target))}
      </Box>
      {isStopping && (
        <StopDialog
          lot={lot}
          onClose={close}
          onReload={() => {
            close();
            onReload();
          }}
          onDone={(changed) => {
            close();
            onChanged(changed);
          }}
        />
      )}
    </Banner>
  );
};

const adviceOf = (isHere: boolean, target: Lot['target']): string => {
  if (isHere) return 'printing.stay';
  return target === 'browser' ? 'printing.elsewhereHelp' : 'printing.alone';
};

type ProgressProps = { lot: Lot; bytes: number | null; label: string };

const Progress = ({ lot, bytes, label }: ProgressProps) => {
  const translate = useTranslate();
  const format = useNumbers();
  const left = minutesLeft(lot, useNow(2_000));
  const delivered = lot.bundles.filter(({ deliveredAt }) => deliveredAt !== null).length;
  const sheets = translate('printing.progress', { done: format(lot.printed), all: format(lot.letters) });
  const parts = [
    sheets,
    ...(left === null
      ? []
      : [translate(`printing.left.${left === 0 ? 'seconds' : 'minutes'}`, { smart_count: left })]),
    ...(delivered > 0
      ? [translate('printing.bundles', { smart_count: delivered, count: format(delivered) })]
      : []),
    ...(bytes === null ? [] : [translate('printing.bytes', { size: format(Math.round(bytes / 1024)) })]),
  ];
  return (
    <Box sx={{ flex: 1 }}>
      <LinearProgress
        variant={lot.printed > 0 ? 'determinate' : 'indeterminate'}
        value={lot.letters > 0 ? Math.min(100, (lot.printed / lot.letters) * 100) : 0}
        aria-label={label}
        aria-valuetext={sheets}
        sx={{ my: 1, height: 8, borderRadius: 1 }}
      />
      {parts.join(' · ')}
    </Box>
  );
};
