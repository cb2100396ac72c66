import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Call, ChangeCall, NewCall } from '../../../server/calls/calls.schema.ts';
import { getJson, sendJson } from '../request.ts';
import { useAct } from './useAct.ts';
import { useMay } from './useMe.ts';

const currentKey = ['calls', 'current'];

/** The agent's one open call; `undefined` while it is being read. */
export const useCall = (): Call | null | undefined =>
  useQuery({
    queryKey: currentKey,
    queryFn: async ({ signal }) =>
      (await getJson<{ call: Call | null }>('/calls/current', { signal, background: true })).call,
    refetchInterval: 30_000,
    enabled: useMay('call.manage'),
  }).data;

/** A search or a look may just have opened the call: read it again. */
export const useRefreshCall = (): (() => void) => {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: currentKey });
};

export const useOpenCall = () => {
  const client = useQueryClient();
  return useAct(
    (input: NewCall, key) => sendJson<Call>('POST', '/calls', input, key),
    (call) => client.setQueryData(currentKey, call),
  );
};

export const useChangeCall = (call: Call, onDone?: (changed: Call) => void) => {
  const client = useQueryClient();
  return useAct(
    (input: Omit<ChangeCall, 'version'>, key) =>
      sendJson<Call>(
        'PATCH',
        `/calls/${encodeURIComponent(call.id)}`,
        { ...input, version: call.version },
        key,
      ),
    (changed) => {
      client.setQueryData(currentKey, changed.endedAt ? null : changed);
      onDone?.(changed);
    },
  );
};
