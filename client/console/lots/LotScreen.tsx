import ArrowBack from '@mui/icons-material/ArrowBack';
import MarkunreadMailbox from '@mui/icons-material/MarkunreadMailboxOutlined';
import { Box, Button, Typography } from '@mui/material';
import { useLocale, useRedirect, useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import type { Lot } from '../../../server/letters/lots.schema.ts';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { Banner } from '../shared/Banner.tsx';
import { formatMoment } from '../shared/dates.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { OrganisationName, useProductName } from '../shared/OrganisationField.tsx';
import { Page } from '../shared/Page.tsx';
import { useMay, useMe } from '../shared/useMe.ts';
import { useMoving } from '../shared/useMoving.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import { DepositSlip } from './DepositSlip.tsx';
import { LotActs } from './LotActs.tsx';
import { LotLetters } from './LotLetters.tsx';
import { LotPath } from './LotPath.tsx';
import { LotStateChip } from './LotStateChip.tsx';
import { usePrintJob } from './printJob.ts';
import { BundleProblems, PrintPanel } from './PrintPanel.tsx';
import { WasteOfLot } from './WasteOfLot.tsx';

/** One lot on its way from the waiting letters to the post. */
export const LotScreen = () => (useMay('lot.list') ? <ReadLot /> : <NoSuchPage />);

const ReadLot = () => {
  const translate = useTranslate();
  const redirect = useRedirect();
  const { id = '' } = useParams();
  const job = usePrintJob(id, useMe()?.id ?? '');
  const isRunning = job?.state === 'running';
  const { record, error, reload, put } = useMoving<Lot>(
    `/lots/${encodeURIComponent(id)}`,
    ({ state }) => isRunning || state === 'printing',
  );
  return (
    <Page
      title={translate('lots.lot')}
      heading={
        <Box
          sx={{ display: 'flex', alignItems: 'flex-start', justifyContent: 'space-between', gap: 2, mb: 1.5 }}
        >
          {record ? <LotName lot={record} /> : <Typography variant="h1">{translate('lots.lot')}</Typography>}
          <Button
            size="small"
            startIcon={<ArrowBack />}
            onClick={() => redirect('/lots')}
            sx={{ flexShrink: 0 }}
          >
            {translate('lots.back')}
          </Button>
        </Box>
      }
    >
      <ErrorText error={error} />
      {record && (
        <Box sx={{ display: 'grid', gap: 1.5 }}>
          <LotPath lot={record} />
          <Left lot={record} />
          <PrintPanel lot={record} job={job} onChanged={put} onReload={reload} />
          <BundleProblems lot={record} />
          <LotActs lot={record} isBusy={isRunning || isPrinting(record)} onChanged={put} onReload={reload} />
          <WasteOfLot lot={record} />
          <LotLetters key={record.version} lot={record} onReload={reload} />
        </Box>
      )}
    </Page>
  );
};

/** The panel above shows it and stops it; there is nothing else to do. */
const isPrinting = ({ state, can }: Lot): boolean => state === 'printing' && !can.print.allowed;

/** Once deposited: what that changed, and the papers that prove it. */
const Left = ({ lot }: { lot: Lot }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const format = useNumbers();
  if (lot.state !== 'deposited' || !lot.depositedAt) return null;
  const good = lot.printed - lot.spoiled;
  return (
    <Banner
      tone="open"
      icon={<MarkunreadMailbox aria-hidden />}
      title={translate('lots.deposit.done', { smart_count: good, count: format(good) })}
    >
      <Box sx={{ mb: 1 }}>
        {translate('lots.deposit.doneAt', { moment: formatMoment(lot.depositedAt, locale, translate) })}
      </Box>
      <DepositSlip lot={lot} />
    </Banner>
  );
};

const LotName = ({ lot }: { lot: Lot }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const product = useProductName()(lot.organisationId, lot.product);
  return (
    <Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
        <Typography variant="h1">{translate('lots.number', { number: lot.number })}</Typography>
        <LotStateChip state={lot.state} />
      </Box>
      <Box sx={{ color: 'var(--ink-soft)' }}>
        <OrganisationName id={lot.organisationId} /> · {product} ·{' '}
        {translate('lots.letters', { smart_count: lot.letters, count: format(lot.letters) })}
      </Box>
    </Box>
  );
};
