import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useDataProvider } from 'react-admin';
import type { FoundMember } from '../../../server/members/members.schema.ts';
import type { ConsoleDataProvider, SearchMeta } from '../dataProvider.ts';
import { useRefreshCall } from '../shared/useCall.ts';

const perPage = 25;
const debounceMs = 200;

/** Searches while typing: waits for a pause, drops stale answers, keeps the former list in sight meanwhile. */
export const useMemberSearch = (query: string, organisation: string) => {
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const refreshCall = useRefreshCall();
  const q = useDebounced(query.trim());
  const search = useInfiniteQuery({
    queryKey: ['members', 'search', q, organisation],
    enabled: q.length > 0,
    initialPageParam: 1,
    queryFn: async ({ pageParam, signal }) => {
      const filter = organisation ? { q, organisation } : { q };
      const pagination = { page: pageParam, perPage };
      const found = await dataProvider.getList('members', {
        filter,
        pagination,
        signal,
      });
      refreshCall();
      return { members: found.data as FoundMember[], total: found.total ?? 0, ...(found.meta as SearchMeta) };
    },
    getNextPageParam: (last, all) => (all.length * perPage < last.total ? all.length + 1 : undefined),
    placeholderData: (former) => (q ? former : undefined),
    // What was typed stays in memory only as long as one may come back to it.
    gcTime: 60_000,
    staleTime: 30_000,
  });
  const pages = q ? (search.data?.pages ?? []) : [];
  return {
    isSettled: q === query.trim(),
    isFetching: search.isFetching,
    error: q ? search.error : null,
    members: pages.flatMap((page) => page.members),
    answer: pages[0],
    hasMore: search.hasNextPage,
    showMore: () => void search.fetchNextPage(),
  };
};

const useDebounced = (value: string): string => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), value ? debounceMs : 0);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
};
