import { callChannels, type CallChannel, type CallEnd } from '../core/vocabulary.ts';
import type { Call } from './calls.schema.ts';

type Kind = { channels: readonly CallChannel[]; minutes: number; after: readonly CallEnd[] };

const written: readonly CallChannel[] = ['email', 'post'];

/** How long a call may be taken up again, and after which ends: a case that came in writing waits for its agent. */
export const kinds: readonly Kind[] = [
  {
    channels: callChannels.filter((channel) => !written.includes(channel)),
    minutes: 10,
    after: ['dropped', 'idle'],
  },
  { channels: written, minutes: 2 * 24 * 60, after: ['dropped', 'idle', 'next-call'] },
];

/** Until when a call that has ended may be taken up again; null when it never may. */
export const resumableUntil = ({
  channel,
  endedAt,
  endedBy,
}: Pick<Call, 'channel' | 'endedAt' | 'endedBy'>): string | null => {
  const kind = kinds.find(({ channels }) => channels.includes(channel));
  if (!kind || endedAt === null || endedBy === null || !kind.after.includes(endedBy)) return null;
  return new Date(Date.parse(endedAt) + kind.minutes * 60_000).toISOString();
};
