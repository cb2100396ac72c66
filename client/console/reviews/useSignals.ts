import { useQuery } from '@tanstack/react-query';
import { useLocale } from 'react-admin';
import type { ReviewSignals } from '../../../server/supervision/reviews.schema.ts';
import { getJson } from '../request.ts';

/** The signals with what each costs, and how many items each day brought. */
export const useSignals = () => {
  const locale = useLocale();
  return useQuery({
    queryKey: ['review-signals', locale],
    queryFn: ({ signal }) => getJson<ReviewSignals>('/review-signals', { signal }),
  });
};
