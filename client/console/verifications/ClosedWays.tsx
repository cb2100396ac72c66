import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { CallerVerification } from '../../../server/verifications/verifications.schema.ts';
import { closedWays, hasOpenWay } from './ways.ts';

/** Why the other ways cannot be gone: folded away while there is one that can. */
export const ClosedWays = ({ verification }: { verification: CallerVerification }) => {
  const translate = useTranslate();
  const closed = closedWays(verification);
  if (closed.length === 0) return null;
  const list = (
    <Box component="ul" sx={{ m: 0, pl: 2.5, fontSize: 13, color: 'var(--ink-soft)' }}>
      {closed.map(({ way, why }) => (
        <li key={way}>
          <b>{translate(`verify.way.${way}`)}</b> : {why}
        </li>
      ))}
    </Box>
  );
  if (!hasOpenWay(verification)) return list;
  return (
    <details>
      <Box component="summary" sx={{ fontSize: 13, color: 'var(--ink-soft)', cursor: 'pointer' }}>
        {translate('verify.others')}
      </Box>
      {list}
    </details>
  );
};
