import type { MessageChannel } from '../core/vocabulary.ts';
import type { ChannelKind } from '../organisations/policy-parts.schema.ts';
import type { Policy } from '../organisations/policy.schema.ts';

/** What the desk sends by a channel. A code is none: it is typed where the member asked for it. */
export type DeskMessage = 'reset-link' | 'temporary-password';

const carriers: Record<MessageChannel, [ChannelKind, DeskMessage][]> = {
  email: [
    ['email-link', 'reset-link'],
    ['email-temporary', 'temporary-password'],
  ],
  sms: [['sms-temporary', 'temporary-password']],
};

/** What this organisation's desk sends by a channel; null where its file has no such channel. */
export const deskMessageOf = ({ channels }: Policy, channel: MessageChannel): DeskMessage | null =>
  carriers[channel].find(([kind]) => channels.some((one) => one.kind === kind))?.[1] ?? null;
