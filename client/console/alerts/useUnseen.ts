import { useQuery } from '@tanstack/react-query';
import { request } from '../request.ts';
import { useMay } from '../shared/useMe.ts';

const unseen = new URLSearchParams({
  filter: JSON.stringify({ seen: false }),
  range: '[0,0]',
  sort: '["lastAt","DESC"]',
});

/** Read again under this key once an alert has been seen. */
export const unseenKey = ['alerts', 'unseen'];

/** How many alerts nobody has seen yet, asked every minute in the background; 0 for who may not read them. */
export const useUnseen = (): number =>
  useQuery({
    queryKey: unseenKey,
    queryFn: async ({ signal }) => {
      const { headers } = await request(`/api/alerts?${unseen}`, { signal, background: true });
      return Number(headers.get('Content-Range')?.split('/').pop() ?? 0);
    },
    refetchInterval: 60_000,
    enabled: useMay('alert.list'),
  }).data ?? 0;
