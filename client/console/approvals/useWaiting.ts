import { useQuery } from '@tanstack/react-query';
import type { WaitingApprovals } from '../../../server/approvals/approvals.schema.ts';
import { getJson } from '../request.ts';
import { useMay } from '../shared/useMe.ts';

/** Read again under this key once a request has been answered. */
export const waitingKey = ['approvals', 'waiting'];

/** How many requests wait for an answer of this agent, asked every half minute in the background. */
export const useWaiting = (): number =>
  useQuery({
    queryKey: waitingKey,
    queryFn: async ({ signal }) =>
      (await getJson<WaitingApprovals>('/approvals/waiting', { signal, background: true })).waiting,
    refetchInterval: 30_000,
    enabled: useMay('approval.decide'),
  }).data ?? 0;
