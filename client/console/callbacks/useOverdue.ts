import { useQuery } from '@tanstack/react-query';
import type { OverdueCallbacks } from '../../../server/calls/callbacks.schema.ts';
import { getJson } from '../request.ts';
import { useMay } from '../shared/useMe.ts';

/** Read again under this key once one has been dealt with. */
export const overdueKey = ['callbacks', 'overdue'];

/** How much is overdue of what the agent finds in the list, asked every minute in the background. */
export const useOverdue = (): number =>
  useQuery({
    queryKey: overdueKey,
    queryFn: ({ signal }) => getJson<OverdueCallbacks>('/callbacks/overdue', { signal, background: true }),
    refetchInterval: 60_000,
    enabled: useMay('callback.list'),
  }).data?.overdue ?? 0;
