import { useQuery } from '@tanstack/react-query';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import type { MemberProgress } from '../../../server/desk/progress.schema.ts';
import type { Message } from '../../../server/messages/messages.schema.ts';
import { getJson } from '../request.ts';
import { useCall } from '../shared/useCall.ts';

const everyMs = 3_000;
/** A quarter of an hour: beyond it the caller has hung up. */
const mostReadings = 300;

/**
 * What moves while the caller is on the line: messages leaving, then the member getting in. Read again in the
 * background (which keeps no session alive) while something of this call is still to come. Undefined until then:
 * the page itself, read at `readAt`, is the newest.
 */
export const useProgress = (member: MemberPage, readAt: number | undefined): MemberProgress | undefined => {
  const call = useCall();
  const since = call?.memberId === member.id ? call.openedAt : null;
  return useQuery({
    queryKey: ['members', member.id, 'progress', readAt],
    queryFn: ({ signal }) =>
      getJson<MemberProgress>(`/members/${encodeURIComponent(member.id)}/progress`, {
        signal,
        background: true,
      }),
    enabled: since !== null && member.messages.some((message) => isToCome(message, since, null)),
    refetchInterval: ({ state: { data: read, error, dataUpdateCount } }) => {
      if (error || since === null || dataUpdateCount > mostReadings) return false;
      const goesOn = read?.messages.some((message) => isToCome(message, since, read)) ?? true;
      return goesOn && everyMs;
    },
    retry: false,
    gcTime: 0,
  }).data;
};

/** The member got in since this moment, as far as the desk can see. */
export const gotInSince = (progress: MemberProgress, moment: string): boolean =>
  (progress.lastSignedInAt ?? '') > moment || (progress.passwordSetAt ?? '') > moment;

const isToCome = (message: Message, since: string, progress: MemberProgress | null): boolean => {
  if (message.state === 'waiting' || message.state === 'sending') return true;
  if (message.askedAt < since || message.state === 'failed') return false;
  return !progress || !gotInSince(progress, message.askedAt);
};
