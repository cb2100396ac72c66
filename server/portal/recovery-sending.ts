import { openHolderOf } from '../accounts/claim.service.ts';
import { obstacleTo } from '../accounts/decision.ts';
import { situationOf } from '../accounts/facts.service.ts';
import { tellOfLetter } from '../accounts/letter-notice.service.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { digest } from '../core/crypto.ts';
import type { Channel } from '../core/vocabulary.ts';
import { spend, type Want } from '../credentials/budgets.service.ts';
import { callBackLetter } from '../letters/call-back.service.ts';
import { requestLetter } from '../letters/letters.service.ts';
import { findMemberFile, languageOf, type MemberFile } from '../members/members.service.ts';
import { tooLateAfterMinutes } from '../messages/message-lives.ts';
import type { SecretTemplate } from '../messages/messages.schema.ts';
import { askMessage } from '../messages/messages.service.ts';
import { tellMember } from '../messages/notices.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import * as store from './recoveries.store.ts';
import type { RecoveryRow, ToSend } from './recoveries.store.ts';
import { reachOf } from './recovery-contacts.ts';
import { messageWays, waysOf, type Form, type Way } from './recovery-ways.ts';

/** What came of it, for the audit: the channel, and what was sent or why nothing was. */
type Outcome = { channel: Channel | 'none'; outcome: string };
type Whom = { policy: Policy; row: RecoveryRow; member: MemberFile; accountId: string };

const none = (outcome: string): Outcome => ({ channel: 'none', outcome });

/**
 * Looks at the member only now, when the answer has long gone, and asks for the message or the letter if one may
 * be sent: an identifier that nobody has, an account that is closed or frozen, a contact that is missing, too new
 * or out of reach all end here, in silence.
 */
export const resolveRecovery = async (ctx: Ctx, policy: Policy, row: RecoveryRow): Promise<void> => {
  const { channel, outcome } = await send(ctx, policy, row);
  record(ctx, {
    type: 'recovery.resolved',
    organisationId: policy.id,
    memberId: row.member_id,
    result: outcome === 'sent' ? 'done' : 'refused',
    data: { channel, outcome },
  });
};

const send = async (ctx: Ctx, policy: Policy, row: RecoveryRow): Promise<Outcome> => {
  const { account_id: accountId, to_send: form } = row;
  if (!accountId || !form) return none('nobody');
  // Held: of two recoveries of one account the second sees what the first one asked for.
  const account = await ctx.house.accountForMessage(ctx, accountId);
  const memberId = account && (await openHolderOf(ctx, account.id, account.memberId));
  if (!account || !memberId) return none('not-open');
  // A suspicion at the desk stops recoveries, in silence (DOMAIN, "Headline of an account").
  if (account.isSuspected) return none('suspected');

  const whom = { policy, row, member: await findMemberFile(ctx, memberId), accountId };
  if (form === 'letter') return sendLetter(ctx, whom);
  if (form === 'automatic') return sendAutomatic(ctx, whom);
  const chosen = waysOf(policy).find(({ channel }) => channel === row.channel);
  const outcome = chosen ? await sendByWay(ctx, whom, chosen, form) : none('no-channel');
  // Only what really goes instead takes the letter's place: else the member would be left with neither.
  if (row.cancel_letter && row.letter_id && outcome.outcome === 'sent') {
    const letter = { id: row.letter_id, organisationId: policy.id, memberId, accountId, callId: null };
    await callBackLetter(ctx, letter);
  }
  return outcome;
};

/** The only kind of message there is if it reaches the member, else the letter. */
const sendAutomatic = async (ctx: Ctx, whom: Whom): Promise<Outcome> => {
  const [way] = messageWays(waysOf(whom.policy));
  const reach = way && (await reachOf(ctx, whom.member, [way])).get(way.channel);
  if (way && reach?.as === 'usable') return sendMessage(ctx, whom, way, way.first, reach.value);
  return whom.policy.letter ? sendLetter(ctx, whom) : none(reach?.as ?? 'no-channel');
};

/** By the channel chosen; where the file says so, by the only one known in its place. */
const sendByWay = async (ctx: Ctx, whom: Whom, chosen: Way, form: Exclude<ToSend, 'automatic'>) => {
  const { policy, row, member } = whom;
  const ways = messageWays(waysOf(policy));
  const reach = await reachOf(ctx, member, ways);
  const reached = reach.get(chosen.channel);
  if (reached?.as === 'usable') return sendMessage(ctx, whom, chosen, form, reached.value);

  const other = ways.find(({ channel }) => reach.get(channel)?.as === 'usable');
  const value = other && reach.get(other.channel);
  if (policy.recovery.singleChannelIsAutomatic && !row.proved && other && value?.as === 'usable') {
    return sendMessage(ctx, whom, other, other.first, value.value);
  }
  return { channel: chosen.channel, outcome: reached?.as ?? 'no-channel' };
};

const templates: Record<Exclude<Form, 'letter'>, SecretTemplate> = {
  link: 'reset-link',
  temporary: 'temporary-password',
  code: 'code',
};

const sendMessage = async (
  ctx: Ctx,
  { policy, row, member, accountId }: Whom,
  way: Way,
  form: Form,
  destination: string,
): Promise<Outcome> => {
  const channel = way.channel as 'email' | 'sms';
  if (form === 'letter') return { channel, outcome: 'no-channel' };
  const template = templates[form];
  const minutes = tooLateAfterMinutes(policy, template, channel) - minutesSince(ctx, row);
  if (minutes <= 0) return { channel, outcome: 'too-late' };
  if (!(await maySend(ctx, policy, row, destination))) return { channel, outcome: 'over-budget' };

  await askMessage(ctx, {
    organisationId: policy.id,
    memberId: member.id,
    accountId,
    recoveryId: row.id,
    askedBy: 'member',
    channel,
    template,
    purpose: form === 'temporary' ? null : 'recovery',
    language: languageOf(member),
    destination,
    tooLateAfterMinutes: minutes,
  });
  // A code that is only a step on the way opens nothing: its temporary password is told of, when it goes.
  if (form === way.brings) {
    const told = { template: 'notice-recovery', accountId, askedBy: 'member', except: channel } as const;
    await tellMember(ctx, member, told);
  }
  return { channel, outcome: 'sent' };
};

const sendLetter = async (ctx: Ctx, { policy, row, member }: Whom): Promise<Outcome> => {
  const situation = await situationOf(ctx, policy, member);
  const { outlook, addressee } = situation;
  const rule = obstacleTo('letter', policy, situation.facts);
  if (rule || !outlook.ok) return { channel: 'letter', outcome: rule ?? 'letter-address' };

  const wants: Want[] = [
    { budget: 'letters-per-organisation', key: policy.id },
    { budget: 'letters-everywhere', key: 'everywhere' },
  ];
  if (!(await spend(ctx, policy.id, wants, member.id))) return { channel: 'letter', outcome: 'over-budget' };
  const asked = { by: 'member', reason: 'forgotten-password', callId: null };
  const letter = await requestLetter(ctx, addressee, outlook, asked);
  await store.changeRecovery(ctx.db, row.id, { letter_id: letter.id });
  await tellOfLetter(ctx, member, letter);
  return { channel: 'letter', outcome: 'sent' };
};

/**
 * Whether one more message that the public asked for may go. Whoever has just typed the code that went to a contact
 * is no bomber of it: what that code leads to is not counted on the recipient.
 */
const maySend = (ctx: Ctx, policy: Policy, row: RecoveryRow, destination: string): Promise<boolean> => {
  const afterCode = row.path === 'forgotten' && row.proved === 1 && row.to_send === 'temporary';
  const key = digest(ctx.house.keys, 'message', 'recipient', destination);
  return spend(
    ctx,
    policy.id,
    [
      ...(afterCode ? [] : [{ budget: 'secrets-per-recipient' as const, key }]),
      { budget: 'messages-per-organisation', key: policy.id },
      { budget: 'messages-everywhere', key: 'everywhere' },
    ],
    row.member_id,
  );
};

const minutesSince = (ctx: Ctx, row: RecoveryRow): number =>
  (ctx.now.getTime() - Date.parse(row.to_send_at ?? row.opened_at)) / 60_000;
