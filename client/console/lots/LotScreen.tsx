import ArrowBack from '@mui/icons-material/ArrowBack';
import { Box, Button, Typography } from '@mui/material';
import { useRedirect, useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import type { Lot } from '../../../server/letters/lots.schema.ts';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import { OrganisationName, useProductName } from '../shared/OrganisationField.tsx';
import { Page } from '../shared/Page.tsx';
import { useMay, useMe } from '../shared/useMe.ts';
import { useMoving } from '../shared/useMoving.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import { LotActs } from './LotActs.tsx';
import { LotLetters } from './LotLetters.tsx';
import { LotPath } from './LotPath.tsx';
import { LotStateChip } from './LotStateChip.tsx';
import { usePrintJob } from './printJob.ts';
import { PrintPanel } from './PrintPanel.tsx';

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
          <PrintPanel lot={record} job={job} />
          <LotActs lot={record} isBusy={isRunning} onChanged={put} onReload={reload} />
          <LotLetters key={record.version} lot={record} />
        </Box>
      )}
    </Page>
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
