import { useEffect } from 'react';
import { useGetOne } from 'react-admin';
import { useParams } from 'react-router-dom';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import { useRefreshCall } from '../shared/useCall.ts';

/** Reads the page anew at each visit: a look is audited, so none may come from a memory. */
export const useMember = () => {
  const { id = '' } = useParams();
  const refreshCall = useRefreshCall();
  const query = useGetOne<MemberPage>('members', { id }, { gcTime: 0, staleTime: 0 });
  const { dataUpdatedAt } = query as { dataUpdatedAt?: number };
  useEffect(() => {
    if (dataUpdatedAt) refreshCall();
    // Only a new answer may have changed the call.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [dataUpdatedAt]);
  const { data: member, error, isFetching, refetch } = query;
  return { member, error, isFetching, readAt: dataUpdatedAt, refetch };
};
