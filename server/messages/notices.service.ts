import { parisDay } from '../core/calendar.ts';
import { digest } from '../core/crypto.ts';
import type { Ctx } from '../core/ctx.ts';
import { numericDay, timeOfDay } from '../core/days.ts';
import type { MessageChannel } from '../core/vocabulary.ts';
import { spend, type Want } from '../credentials/budgets.service.ts';
import { languageOf, type MemberFile } from '../members/members.service.ts';
import { isReachedBySms } from '../members/sms-reach.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { NoticeTemplate } from './messages.schema.ts';
import { askMessage } from './messages.service.ts';

export type Notice = {
  template: NoticeTemplate;
  accountId: string;
  callId?: string | null;
  askedBy: string;
  /** What its words need besides day and time; see templates/messages. */
  params?: Record<string, string>;
  /** The channel that carried the thing itself: the member is told on the others. */
  except?: 'email' | 'sms' | null;
  /** Contacts no longer on file that must hear of it too: the former address after a change. */
  former?: { kind: 'email' | 'mobile'; value: string }[];
};

/** A notice that comes three days late still says what happened. */
const tooLateAfterMinutes = 72 * 60;

/**
 * Tells the member, on the other known contacts, what happened; without any secret (NIST 800-63B-4 4.6). A contact
 * that changed a short while ago hears of it like any other: only secrets wait. A contact that has had its day's
 * share is left out: what happened stands, and a supervisor is told.
 */
export const tellMember = async (ctx: Ctx, member: MemberFile, notice: Notice): Promise<void> => {
  const policy = policyOf(ctx.house, member.organisationId);
  const language = languageOf(member);
  for (const { channel, destination } of destinationsOf(policy, member, notice)) {
    if (!(await mayTell(ctx, member, notice, destination))) continue;
    await askMessage(ctx, {
      organisationId: member.organisationId,
      memberId: member.id,
      accountId: notice.accountId,
      callId: notice.callId ?? null,
      askedBy: notice.askedBy,
      channel,
      template: notice.template,
      purpose: null,
      language,
      destination,
      params: {
        day: numericDay(language, parisDay(ctx.now)),
        time: timeOfDay(language, ctx.now),
        ...notice.params,
      },
      tooLateAfterMinutes,
    });
  }
};

/** Whoever is told of what an agent did is told however busy the public is. */
const mayTell = (
  ctx: Ctx,
  member: MemberFile,
  { askedBy }: Notice,
  destination: string,
): Promise<boolean> => {
  const key = digest(ctx.house.keys, 'message', 'recipient', destination);
  const fromOutside: Want[] = [
    { budget: 'messages-per-organisation', key: member.organisationId },
    { budget: 'messages-everywhere', key: 'everywhere' },
  ];
  return spend(
    ctx,
    member.organisationId,
    [{ budget: 'notices-per-recipient', key }, ...(askedBy === 'member' ? fromOutside : [])],
    member.id,
  );
};

type Destination = { channel: MessageChannel; destination: string };

const destinationsOf = (policy: Policy, { contacts }: MemberFile, notice: Notice): Destination[] => {
  const known = contacts
    .map(({ kind, value }) => ({ kind, value }))
    .filter(({ kind }) => notice.except !== channelOf(kind));
  const all = [...known, ...(notice.former ?? [])].flatMap(({ kind, value }): Destination[] => {
    const channel = channelOf(kind);
    if (!channel || (channel === 'sms' && !isReachedBySms(smsScopeOf(policy), value))) return [];
    return [{ channel, destination: value }];
  });
  return [...new Map(all.map((one) => [`${one.channel}:${one.destination}`, one])).values()];
};

const channelOf = (kind: string): MessageChannel | null => {
  if (kind === 'email') return 'email';
  return kind === 'mobile' ? 'sms' : null;
};

/** An organisation whose procedure has no SMS tells its members by SMS all the same, in all of France. */
export const smsScopeOf = ({ channels }: Policy) =>
  channels.flatMap((channel) => ('scope' in channel ? [channel.scope] : []))[0] ?? 'france';
