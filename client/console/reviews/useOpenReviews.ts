import { useQuery } from '@tanstack/react-query';
import { request } from '../request.ts';
import { useMay } from '../shared/useMe.ts';

const open = new URLSearchParams({
  filter: JSON.stringify({ open: true }),
  range: '[0,0]',
  sort: '["score","DESC"]',
});

/** Read again under this key once a verdict was given. */
export const openReviewsKey = ['reviews', 'open'];

/** How many items wait for a verdict, asked every minute in the background. */
export const useOpenReviews = (): number =>
  useQuery({
    queryKey: openReviewsKey,
    queryFn: async ({ signal }) => {
      const { headers } = await request(`/api/reviews?${open}`, { signal, background: true });
      return Number(headers.get('Content-Range')?.split('/').pop() ?? 0);
    },
    refetchInterval: 60_000,
    enabled: useMay('review.list'),
  }).data ?? 0;
