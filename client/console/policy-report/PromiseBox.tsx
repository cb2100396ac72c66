import { Box } from '@mui/material';
import { useLocale, useTranslate } from 'react-admin';
import type { PolicyReport } from '../../../server/supervision/policy-report.schema.ts';
import { Fact, Facts } from '../shared/Facts.tsx';

type Promised = PolicyReport['promise'];

/** Whether the letter's promise can be kept with the product chosen, over the hours of a whole year. */
export const PromiseBox = ({ promise }: { promise: Promised }) => {
  const translate = useTranslate();
  const locale = useLocale();
  if (!promise) return translate('policyReport.promise.none');
  const isKept = promise.keptShare >= 1;
  const share = new Intl.NumberFormat(locale === 'en' ? 'en-GB' : 'fr-FR', {
    style: 'percent',
    maximumFractionDigits: 1,
    // « 100 % » is a promise always kept, never one that nearly is.
    roundingMode: 'floor',
  } as Intl.NumberFormatOptions).format(promise.keptShare);
  return (
    <Box sx={{ breakInside: 'avoid' }}>
      <Facts>
        <Fact name={translate('policyReport.promise.promised')}>{promise.promised}</Fact>
        <Fact name={translate('policyReport.promise.product')}>{promise.product}</Fact>
        <Fact name={translate('policyReport.promise.kept')}>
          <Box component="b" sx={{ color: isKept ? 'var(--open-ink)' : 'var(--danger-ink)' }}>
            {translate(isKept ? 'policyReport.promise.always' : 'policyReport.promise.share', { share })}
          </Box>
        </Fact>
        {!isKept && <Fact name={translate('policyReport.promise.worst')}>{promise.worst}</Fact>}
        {!isKept && (
          <Fact name={translate('policyReport.promise.better')}>
            {promise.better ?? translate('policyReport.promise.noBetter')}
          </Fact>
        )}
      </Facts>
    </Box>
  );
};
