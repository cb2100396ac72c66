import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { OwnFactors } from '../../../server/agents/factors.schema.ts';
import { refreshMe } from '../authProvider.ts';
import { getJson } from '../request.ts';

const queryKey = ['own-account', 'factors'];

export const useFactors = () =>
  useQuery({ queryKey, queryFn: ({ signal }) => getJson<OwnFactors>('/own-account/factors', { signal }) });

/** Reads them again, and what the session may do with them. */
export const useFactorsChanged = (): (() => Promise<void>) => {
  const client = useQueryClient();
  return async () => {
    await client.invalidateQueries({ queryKey });
    await refreshMe();
  };
};
