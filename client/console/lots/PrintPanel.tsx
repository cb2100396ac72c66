import ReportProblem from '@mui/icons-material/ReportProblemOutlined';
import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Lot } from '../../../server/letters/lots.schema.ts';
import { Banner } from '../shared/Banner.tsx';
import { ErrorText, messageOf } from '../shared/ErrorText.tsx';
import type { PrintJob } from './printJob.ts';
import { PrintedDocument } from './PrintedDocument.tsx';
import { PrintRunning } from './PrintRunning.tsx';
import { writeSheets } from './sheets.ts';

type Props = { lot: Lot; job: PrintJob | null; onChanged: (lot: Lot) => void; onReload: () => void };

/** The print as it goes; then the document and whether it is whole, or what broke. */
export const PrintPanel = ({ lot, job, onChanged, onReload }: Props) => {
  const isAlive = lot.state === 'printing' && !lot.can.print.allowed;
  if (job?.state === 'running' || isAlive) {
    return <PrintRunning lot={lot} job={job} onChanged={onChanged} onReload={onReload} />;
  }
  if (lot.state === 'printed' && isAsked(lot)) {
    return <PrintedDocument lot={lot} job={job} onChanged={onChanged} onReload={onReload} />;
  }
  const isBroken = lot.attempt > 0 && (lot.state === 'released' || lot.state === 'printing');
  if (isBroken) return <Broken lot={lot} error={job?.error} />;
  return job?.state === 'refused' ? <ErrorText error={job.error} /> : null;
};

/** What the printer said of a bundle after it had taken it: its sheets may be missing. */
export const BundleProblems = ({ lot: { bundles, state } }: { lot: Lot }) => {
  const translate = useTranslate();
  const bad = bundles.filter(({ problem }) => problem !== null);
  if (bad.length === 0 || state === 'counted' || state === 'deposited') return null;
  return (
    <Banner
      isUrgent
      tone="locked"
      icon={<ReportProblem aria-hidden />}
      title={translate('printing.jobs', { smart_count: bad.length })}
    >
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {bad.map(({ attempt, number, fromSheet, toSheet, problem }) => (
          <li key={`${attempt}.${number}`}>
            {translate('counting.oneBundle', { number, from: fromSheet, to: toSheet })}. {problem}
          </li>
        ))}
      </Box>
    </Banner>
  );
};

/** Of a document nobody has said yet whether it is whole. */
const isAsked = ({ target, confirmedAt, bundles }: Lot): boolean =>
  target === 'browser' && confirmedAt === null && bundles.every(({ countedAt }) => countedAt === null);

const Broken = ({ lot, error }: { lot: Lot; error: unknown }) => {
  const translate = useTranslate();
  const good = lot.bundles.filter(({ deliveredAt }) => deliveredAt !== null);
  // The server names the cause and the sheets; what this browser noticed by itself comes after it.
  const isToldTwice = lot.problem?.startsWith(messageOf(error)) ?? false;
  return (
    <Banner
      isUrgent
      tone="danger"
      icon={<ReportProblem aria-hidden />}
      title={translate('printing.broken.title', { attempt: lot.attempt })}
    >
      {lot.problem ?? translate('printing.broken.all')}
      {good.length > 0 && <Box>{translate('printing.broken.good', { sheets: sheetsOf(good) })}</Box>}
      {!isToldTwice && <ErrorText error={error} />}
    </Banner>
  );
};

const sheetsOf = (bundles: Lot['bundles']): string =>
  writeSheets(
    bundles.flatMap(({ fromSheet, toSheet }) =>
      Array.from({ length: toSheet - fromSheet + 1 }, (_, at) => fromSheet + at),
    ),
  );
