import type { Ctx } from '../core/ctx.ts';
import type { Channel } from '../core/vocabulary.ts';
import { waitingContactsOf } from '../members/contact-trust.service.ts';
import type { MemberFile } from '../members/members.service.ts';
import { isReachedBySms } from '../members/sms-reach.ts';
import type { Way } from './recovery-ways.ts';

export type Reached = { as: 'usable'; value: string } | { as: 'no-contact' | 'out-of-reach' | 'waiting' };

/** Which of these ways reach the member now, and why the others do not. */
export const reachOf = async (
  ctx: Pick<Ctx, 'db' | 'now' | 'house'>,
  member: MemberFile,
  ways: Way[],
): Promise<Map<Channel, Reached>> => {
  const waiting = await waitingContactsOf(ctx, member);
  const one = ({ channel, scope }: Way): Reached => {
    const kind = channel === 'sms' ? 'mobile' : 'email';
    const contact = member.contacts.find((known) => known.kind === kind);
    if (!contact) return { as: 'no-contact' };
    if (channel === 'sms' && !isReachedBySms(scope, contact.value)) return { as: 'out-of-reach' };
    return waiting.has(kind) ? { as: 'waiting' } : { as: 'usable', value: contact.value };
  };
  return new Map(ways.map((way) => [way.channel, one(way)]));
};

/** The channels that are in this state. */
export const channelsThat = (reach: ReadonlyMap<Channel, Reached>, as: Reached['as']): Set<Channel> =>
  new Set([...reach].filter(([, reached]) => reached.as === as).map(([channel]) => channel));
