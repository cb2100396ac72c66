import { countWayIn } from '../agents/agents.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { dayInWords, lifeInWords } from '../core/days.ts';
import { AppError } from '../core/errors.ts';
import { spend, tellIfSpent } from '../credentials/budgets.service.ts';
import { callBackLetter } from '../letters/call-back.service.ts';
import { requestLetter } from '../letters/letters.service.ts';
import { outlookBy, type Outlook } from '../letters/outlook.service.ts';
import { languageOf } from '../members/members.service.ts';
import { tooLateAfterMinutes } from '../messages/message-lives.ts';
import { askMessage } from '../messages/messages.service.ts';
import { tellMember } from '../messages/notices.service.ts';
import type { IssueTemporaryPassword, Outcome } from './accounts.schema.ts';
import { decidedOn, assertAllowed, prepare, reasonFrom, type Prepared } from './acting.service.ts';
import { zeroFailures } from './acts.service.ts';
import { letterWants } from './desk-facts.service.ts';
import { deskMessageOf } from './desk-messages.ts';
import { tellOfLetter } from './letter-notice.service.ts';
import { contactOf, messagePreviewOf } from './message-preview.ts';

/** What is sent, and what is done with it in the same act. */
export type ToIssue = Omit<IssueTemporaryPassword, 'version' | 'callId'>;
type MessageChannel = Exclude<IssueTemporaryPassword['channel'], 'letter'>;

/**
 * Asks for a way back in by the channel chosen: a letter, an SMS with a temporary password, an e-mail with a link (or
 * a temporary password). No secret exists yet: it is made when it leaves. The member is told on the other contacts.
 * With `unblock` the failures are zeroed in the same act; with `cancelLetterId` a letter not yet released is called
 * back, because nothing came.
 *
 * @throws AppError `policy-refused` with the rule; `conflict` when someone else acted first.
 */
export const issueTemporaryPassword = async (
  ctx: Ctx,
  memberId: string,
  input: IssueTemporaryPassword,
): Promise<Outcome> => {
  const prepared = await prepare(ctx, memberId, input.channel, input);
  if (input.unblock) assertAllowed(ctx, 'unblock', prepared);
  const outcome = await issue(ctx, prepared, input);
  return { ...outcome, version: input.version + 1 };
};

/** The act itself, asked for directly or by way of a second person. */
export const issue = async (
  ctx: Ctx,
  prepared: Prepared,
  input: ToIssue,
): Promise<Omit<Outcome, 'version'>> => {
  const { channel } = input;
  const { reasons } = prepared.policy;
  // A second person's word is not the asker's volume.
  if (!prepared.isApproved) await countWayIn(ctx);
  const list = channel === 'letter' ? reasons.letter : reasons.message;
  const reason = reasonFrom(list, input.reason, prepared.callReason);
  const outlook = letterBy(channel, input.product, prepared.situation.outlook);
  if (input.unblock) {
    await zeroFailures(
      ctx,
      prepared,
      reasons.unblock.some(({ id }) => id === reason) ? reason : 'with-way-in',
    );
  }
  if (input.cancelLetterId) await callBack(ctx, prepared, input.cancelLetterId);
  return channel === 'letter'
    ? sendLetter(ctx, prepared, { reason, outlook })
    : sendMessage(ctx, prepared, { channel, reason });
};

/**
 * The letter by the product that was chosen. Which one is no matter of verification: all go to the same address.
 *
 * @throws AppError `invalid-input` where the organisation has none of that name that goes there, or it is no letter.
 */
export const letterBy = (act: string, product: string | undefined, outlook: Outlook): Outlook => {
  const chosen = act === 'letter' || product === undefined ? outlookBy(outlook, product) : null;
  if (chosen) return chosen;
  const problem = act === 'letter' ? 'letters.unknownProduct' : 'letters.productWithoutLetter';
  throw new AppError('invalid-input', problem, { fields: { product: problem } });
};

const callBack = async (
  ctx: Ctx,
  { policy, member, account, callId }: Prepared,
  id: string,
): Promise<void> => {
  const letter = { id, organisationId: policy.id, memberId: member.id, accountId: account.id, callId };
  if (await callBackLetter(ctx, letter)) return;
  throw new AppError('policy-refused', 'letters.tooLateToCancel', { rule: 'letter.released' });
};

const sendLetter = async (
  ctx: Ctx,
  prepared: Prepared,
  { reason, outlook }: { reason: string; outlook: Outlook },
): Promise<Omit<Outcome, 'version'>> => {
  const { member, policy, situation, by, callId, isApproved } = prepared;
  const { addressee, desk } = situation;
  if (!outlook.ok) throw new Error('A letter was allowed that cannot be drawn.');
  // Counted here; that some were left was part of the decision, and the account is held since.
  if (desk.level === 'none') {
    const wants = letterWants(policy, member);
    const within = await spend(ctx, policy.id, wants, member.id);
    if (!within && !isApproved) throw new AppError('conflict', 'common.conflict');
    for (const want of wants.filter(({ key }) => key === policy.id)) {
      await tellIfSpent(ctx, policy.id, want, null);
    }
  }
  const letter = await requestLetter(ctx, addressee, outlook, {
    by,
    reason,
    callId,
    decidedOn: decidedOn(prepared),
  });
  await tellOfLetter(ctx, member, letter);

  const say = (key: string) =>
    ctx.house.words.say(ctx.language, key, {
      posting: dayInWords(ctx.language, letter.planned_posting_on),
      earliest: dayInWords(ctx.language, letter.earliest_arrival_on),
      announced: dayInWords(ctx.language, letter.announced_on),
      limit: dayInWords(ctx.language, letter.limit_on),
    });
  return {
    message: say('accounts.letterAsked'),
    // Dates are spoken only once the caller is verified (DOMAIN, "Calls").
    toSay: say(desk.level === 'none' ? 'accounts.letterSayUnverified' : 'accounts.letterSay'),
    letter: {
      id: letter.id,
      reference: letter.reference,
      to: outlook.lines,
      product: letter.product,
      plannedPostingOn: letter.planned_posting_on,
      announcedOn: letter.announced_on,
      earliestArrivalOn: letter.earliest_arrival_on,
      limitOn: letter.limit_on,
    },
    sending: null,
  };
};

const sendMessage = async (
  ctx: Ctx,
  prepared: Prepared,
  { channel, reason }: { channel: MessageChannel; reason: string },
): Promise<Omit<Outcome, 'version'>> => {
  const { member, policy, account, by, callId } = prepared;
  const template = deskMessageOf(policy, channel);
  const destination = member.contacts.find(({ kind }) => kind === contactOf[channel])?.value;
  const preview = messagePreviewOf(ctx, policy, member, channel);
  if (!template || !destination || !preview) throw new Error('A message was allowed that cannot be sent.');

  const about = { accountId: account.id, callId, askedBy: by };
  const id = await askMessage(ctx, {
    ...about,
    organisationId: policy.id,
    memberId: member.id,
    channel,
    template,
    purpose: template === 'reset-link' ? 'recovery' : null,
    reason,
    decidedOn: decidedOn(prepared),
    language: languageOf(member),
    destination,
    tooLateAfterMinutes: tooLateAfterMinutes(policy, template, channel),
  });
  await tellMember(ctx, member, { ...about, template: 'notice-recovery', except: channel });

  const { masked, minutes } = preview;
  const say = (key: string) =>
    ctx.house.words.say(ctx.language, `accounts.messages.${template}.${channel}.${key}`, {
      masked,
      life: lifeInWords(ctx.language, minutes),
    });
  return {
    message: say('asked'),
    toSay: say('say'),
    letter: null,
    sending: { id, channel, masked, minutes },
  };
};
