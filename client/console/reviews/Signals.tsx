import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Review } from '../../../server/supervision/reviews.schema.ts';
import { ToneChip } from '../shared/StatusChip.tsx';

/** The signals of an item, one chip each; what its cause took away stands apart in words. */
export const SignalChips = ({ signals }: { signals: Review['signals'] }) => {
  const translate = useTranslate();
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
      {signals.map(({ signal, cause, measure, isFolded }) => (
        <ToneChip key={`${signal} ${cause ?? ''}`} tone={isFolded ? 'disabled' : 'fresh'}>
          {translate(`reviews.signals.${signal}`)}
          {measure > 1 && ` · ${measure}`}
          {isFolded && ` (${translate('reviews.folded')})`}
        </ToneChip>
      ))}
    </Box>
  );
};

/** Whose item it is: an agent’s case or day, a lot, or the cause that several agents share. */
export const useReviewTitle = (): ((review: Pick<Review, 'kind' | 'agentName'>) => string) => {
  const translate = useTranslate();
  return ({ kind, agentName }) =>
    kind === 'cause'
      ? translate('reviews.kinds.cause')
      : `${agentName ?? translate('reviews.nobody')} · ${translate(`reviews.kinds.${kind}`)}`;
};
