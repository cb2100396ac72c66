import { useQuery } from '@tanstack/react-query';
import type { ListedSite } from '../../../server/agents/sites.schema.ts';
import { getJson } from '../request.ts';
import { useMay } from './useMe.ts';

/** Every site of the desk, by name; none for who may not list them. */
export const useSites = (): ListedSite[] =>
  useQuery({
    queryKey: ['sites', 'all'],
    queryFn: ({ signal }) => getJson<ListedSite[]>('/sites?range=[0,99]', { signal }),
    staleTime: 60_000,
    enabled: useMay('site.list'),
  }).data ?? [];
