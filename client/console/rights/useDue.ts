import { useQuery } from '@tanstack/react-query';
import { getJson } from '../request.ts';
import { useMay } from '../shared/useMe.ts';

export const dueKey = ['rights-review', 'due'];

/** How many accounts nobody has reviewed for a year, asked now and then in the background. */
export const useDue = (): number =>
  useQuery({
    queryKey: dueKey,
    queryFn: async ({ signal }) =>
      (await getJson<{ due: number }>('/rights-review/due', { signal, background: true })).due,
    refetchInterval: 10 * 60_000,
    enabled: useMay('rights.view'),
  }).data ?? 0;
