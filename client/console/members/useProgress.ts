import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import type { MemberProgress } from '../../../server/desk/progress.schema.ts';
import type { Message } from '../../../server/messages/messages.schema.ts';
import { getJson } from '../request.ts';
import { useCall } from '../shared/useCall.ts';
import { useLive } from './useLive.ts';

const everyMs = 3_000;
/** A quarter of an hour: beyond it the caller has hung up. */
const mostReadings = 300;

/**
 * What moves while the caller is on the line: messages and letters leaving, requests answered, then the member
 * getting in. Read when the server says that something happened; where it cannot be listened to, again and again
 * while something of this call is still to come. All in the background, which keeps no session alive. Undefined
 * until then: the page itself, read at `readAt`, is the newest.
 */
export const useProgress = (member: MemberPage, readAt: number | undefined): MemberProgress | undefined => {
  const call = useCall();
  const since = call?.memberId === member.id ? call.openedAt : null;
  const { isOpen, news } = useLive(member.id, since !== null);
  const { data, refetch } = useQuery({
    queryKey: ['members', member.id, 'progress', readAt],
    queryFn: ({ signal }) =>
      getJson<MemberProgress>(`/members/${encodeURIComponent(member.id)}/progress`, {
        signal,
        background: true,
      }),
    enabled: since !== null && isMoving(member, since, null),
    refetchInterval: ({ state: { data: read, error, dataUpdateCount } }) => {
      if (isOpen || error || since === null || dataUpdateCount > mostReadings) return false;
      return (!read || isMoving(read, since, read)) && everyMs;
    },
    retry: false,
    gcTime: 0,
  });
  useEffect(() => {
    if (news > 0) void refetch();
  }, [news, refetch]);
  return data;
};

/** The member got in since this moment, as far as the desk can see. */
export const gotInSince = (progress: MemberProgress, moment: string): boolean =>
  (progress.lastSignedInAt ?? '') > moment || (progress.passwordSetAt ?? '') > moment;

type Moving = Pick<MemberProgress, 'messages' | 'approvals'>;

const isMoving = ({ messages, approvals }: Moving, since: string, progress: MemberProgress | null): boolean =>
  approvals.some(({ state }) => state === 'waiting') ||
  messages.some((message) => isToCome(message, since, progress));

const isToCome = (message: Message, since: string, progress: MemberProgress | null): boolean => {
  if (message.state === 'waiting' || message.state === 'sending') return true;
  if (message.askedAt < since || message.state === 'failed') return false;
  return !progress || !gotInSince(progress, message.askedAt);
};
