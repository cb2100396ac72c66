import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import OpenInNew from '@mui/icons-material/OpenInNew';
import Print from '@mui/icons-material/Print';
import ReportProblem from '@mui/icons-material/ReportProblemOutlined';
import SaveAlt from '@mui/icons-material/SaveAlt';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useTranslate } from 'react-admin';
import type { Lot, LotVersion } from '../../../server/letters/lots.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { Banner } from '../shared/Banner.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import { useAct } from '../shared/useAct.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import { forgetPrint, takePrint, type PrintJob } from './printJob.ts';
import { RedoDialog } from './RedoDialog.tsx';

type Props = { lot: Lot; job: PrintJob | null; onChanged: (lot: Lot) => void; onReload: () => void };

/** The one document of an attempt: to print, then to say whether it came whole. */
export const PrintedDocument = ({ lot, job, ...after }: Props) => {
  const translate = useTranslate();
  const format = useNumbers();
  const isCut = job?.state === 'waste';
  const words = isCut ? 'cut' : job?.state === 'ready' ? 'ready' : 'elsewhere';
  return (
    <Banner
      isUrgent={isCut}
      tone={isCut ? 'danger' : 'open'}
      icon={isCut ? <ReportProblem aria-hidden /> : <Print aria-hidden />}
      title={translate(`printing.document.${words}`, {
        smart_count: lot.printed,
        count: format(lot.printed),
      })}
    >
      {job?.url && <OpenAndSave lot={lot} url={job.url} />}
      {isCut && <ErrorText error={job.error} />}
      {(lot.can.confirm.allowed || lot.can.redo.allowed) && <IsItWhole lot={lot} isCut={isCut} {...after} />}
    </Banner>
  );
};

const OpenAndSave = ({ lot, url }: { lot: Lot; url: string }) => {
  const translate = useTranslate();
  const take = () => takePrint(lot.id);
  return (
    <>
      <Box sx={{ my: 1, display: 'flex', gap: 1 }}>
        <Button
          variant="contained"
          startIcon={<OpenInNew />}
          component="a"
          href={url}
          target="_blank"
          rel="noopener"
          onClick={take}
        >
          {translate('printing.document.open')}
        </Button>
        <Button
          variant="outlined"
          startIcon={<SaveAlt />}
          component="a"
          href={url}
          download={`lot-${lot.number}.pdf`}
          onClick={take}
        >
          {translate('printing.document.save')}
        </Button>
      </Box>
      {translate('printing.document.once')}
    </>
  );
};

const IsItWhole = ({ lot, isCut, onChanged, onReload }: Omit<Props, 'job'> & { isCut: boolean }) => {
  const translate = useTranslate();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const [isRedoing, setRedoing] = useState(false);
  // Whole and printed, or given up: nothing of it stays in this tab.
  const done = (changed: Lot) => {
    forgetPrint(lot.id);
    setRedoing(false);
    onChanged(changed);
  };
  const confirm = useAct(
    (input: LotVersion, key) => dataProvider.act<Lot>('lots', lot.id, 'confirm', input, key),
    done,
  );
  return (
    <Box sx={{ mt: 1.5, pt: 1.5, borderTop: '1px solid var(--line)' }}>
      <Box id="is-it-whole" sx={{ fontWeight: 700 }}>
        {translate('printing.document.question')}
      </Box>
      <Box role="group" aria-labelledby="is-it-whole" sx={{ my: 1, display: 'flex', gap: 1 }}>
        {!isCut && (
          <Button
            variant="outlined"
            startIcon={<CheckCircle />}
            disabled={confirm.isPending || !lot.can.confirm.allowed}
            onClick={() => confirm.mutate({ version: lot.version })}
          >
            {translate('printing.document.yes')}
          </Button>
        )}
        <Button
          variant={isCut ? 'contained' : 'outlined'}
          startIcon={<ReportProblem />}
          disabled={confirm.isPending || !lot.can.redo.allowed}
          onClick={() => setRedoing(true)}
        >
          {translate('printing.document.no')}
        </Button>
      </Box>
      <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{translate('printing.document.noPaper')}</Box>
      <ErrorText error={confirm.error} />
      {isRedoing && (
        <RedoDialog lot={lot} onDone={done} onClose={() => setRedoing(false)} onReload={onReload} />
      )}
    </Box>
  );
};
