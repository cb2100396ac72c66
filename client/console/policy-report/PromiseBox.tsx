import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { PolicyReport } from '../../../server/supervision/policy-report.schema.ts';
import { Fact, Facts } from '../shared/Facts.tsx';
import { useShares } from '../shared/useNumbers.ts';

type Promised = PolicyReport['promise'];

/** Whether the letter's promise can be kept with the product chosen, over the hours of a whole year. */
export const PromiseBox = ({ promise }: { promise: Promised }) => {
  const translate = useTranslate();
  const shareOf = useShares();
  if (!promise) return translate('policyReport.promise.none');
  const isKept = promise.keptShare >= 1;
  const share = shareOf(promise.keptShare);
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
