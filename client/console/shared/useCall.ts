import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRedirect, useStore } from 'react-admin';
import type { Call, ChangeCall, NewCall, ResumableCall } from '../../../server/calls/calls.schema.ts';
import { getJson, sendJson } from '../request.ts';
import { useAct } from './useAct.ts';
import { useMay } from './useMe.ts';

const currentKey = ['calls', 'current'];
const resumableKey = ['calls', 'resumable'];

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

/** What is said of the caller, or of the channel, changes what the page of the call's member allows. */
const usePageAgain = () => {
  const client = useQueryClient();
  return ({ memberId }: Call) => {
    if (memberId) void client.invalidateQueries({ queryKey: ['members', 'getOne', { id: memberId }] });
  };
};

export const useOpenCall = () => {
  const client = useQueryClient();
  const readPageAgain = usePageAgain();
  return useAct(
    (input: NewCall, key) => sendJson<Call>('POST', '/calls', input, key),
    (call) => {
      client.setQueryData(currentKey, call);
      readPageAgain(call);
    },
  );
};

export const useChangeCall = (call: Call, onDone?: (changed: Call) => void) => {
  const client = useQueryClient();
  const readPageAgain = usePageAgain();
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
      if (changed.endedAt) void client.invalidateQueries({ queryKey: resumableKey });
      else if (changed.caller !== call.caller || changed.channel !== call.channel) readPageAgain(changed);
      onDone?.(changed);
    },
  );
};

/** The call that has just ended: its summary stands on the first screen until the next one begins. */
export const useEndedCall = () => useStore<string | null>('desk.endedCall', null);

/** Ends the call, or says that it was cut, and comes back to the first screen. */
export const useEndCall = (call: Call, onEnded?: () => void) => {
  const redirect = useRedirect();
  const [, setQuery] = useStore('desk.query', '');
  const [, setEnded] = useEndedCall();
  return useChangeCall(call, (changed) => {
    if (!changed.endedAt) return;
    setQuery('');
    setEnded(changed.endedBy === 'dropped' ? null : changed.id);
    onEnded?.();
    redirect('/');
  });
};

/** Calls cut or left idle a short while ago that one may go on with, those of one's site included. */
export const useResumableCalls = (): ResumableCall[] =>
  useQuery({
    queryKey: resumableKey,
    queryFn: async ({ signal }) =>
      (await getJson<{ calls: ResumableCall[] }>('/calls/resumable', { signal, background: true })).calls,
    refetchInterval: 30_000,
    enabled: useMay('call.manage'),
  }).data ?? [];

/** Goes on with a call: opens the one that follows it, and its member's page. */
export const useResumeCall = () => {
  const client = useQueryClient();
  const redirect = useRedirect();
  const [, setEnded] = useEndedCall();
  return useAct(
    (id: string, key) => sendJson<Call>('POST', `/calls/${encodeURIComponent(id)}/resume`, {}, key),
    (call) => {
      client.setQueryData(currentKey, call);
      void client.invalidateQueries({ queryKey: resumableKey });
      setEnded(null);
      if (call.memberId) redirect('show', 'members', call.memberId);
    },
  );
};
