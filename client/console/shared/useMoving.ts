import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson } from '../request.ts';

/**
 * One record that changes by itself: read when the screen opens, then again in the background (which keeps no
 * session alive) every two seconds while `isMoving` says so. `put` shows what an act answered at once.
 */
export const useMoving = <R>(path: string, isMoving: (record: R) => boolean) => {
  const client = useQueryClient();
  const queryKey = ['moving', path];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      getJson<R>(path, { signal, background: client.getQueryData(queryKey) !== undefined }),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? 2_000 : false),
    staleTime: 0,
    gcTime: 0,
  });
  const put = (record: R) => client.setQueryData(queryKey, record);
  return { record: query.data, error: query.error, reload: () => void query.refetch(), put };
};
