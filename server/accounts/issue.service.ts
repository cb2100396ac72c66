import type { Ctx } from '../core/ctx.ts';
import { languageOf } from '../members/members.service.ts';
import { dayInWords, lifeInWords } from '../core/days.ts';
import { requestLetter } from '../letters/letters.service.ts';
import { tooLateAfterMinutes } from '../messages/message-lives.ts';
import { askMessage } from '../messages/messages.service.ts';
import { tellMember } from '../messages/notices.service.ts';
import type { IssueTemporaryPassword, Outcome } from './accounts.schema.ts';
import { actorOf, callOf, prepare, reasonFrom, type Prepared } from './acting.service.ts';
import { deskMessageOf } from './desk-messages.ts';
import { tellOfLetter } from './letter-notice.service.ts';
import { contactOf, messagePreviewOf } from './message-preview.ts';

type Asked = Prepared & { callId: string; reason: string; version: number };
type MessageChannel = Exclude<IssueTemporaryPassword['channel'], 'letter'>;

/**
 * Asks for a way back in by the channel chosen: a letter, an SMS with a temporary password, an e-mail with a link (or
 * a temporary password). No secret exists yet: it is made when it leaves. The member is told on the other contacts.
 *
 * @throws AppError `policy-refused` with the rule; `conflict` when someone else acted first.
 */
export const issueTemporaryPassword = async (
  ctx: Ctx,
  memberId: string,
  input: IssueTemporaryPassword,
): Promise<Outcome> => {
  const { channel, version } = input;
  const prepared = await prepare(ctx, memberId, channel, version);
  const call = await callOf(ctx, prepared.member, input.reason, input.callId);
  const list = channel === 'letter' ? 'letter' : 'message';
  const reason = reasonFrom(prepared.policy.reasons[list], input.reason, call.reason);
  const asked = { ...prepared, callId: call.id, reason, version };
  return channel === 'letter' ? sendLetter(ctx, asked) : sendMessage(ctx, asked, channel);
};

const sendLetter = async (ctx: Ctx, asked: Asked): Promise<Outcome> => {
  const { member, situation, callId, reason } = asked;
  const { outlook, addressee } = situation;
  if (!outlook.ok) throw new Error('A letter was allowed that cannot be drawn.');
  const letter = await requestLetter(ctx, addressee, outlook, { by: actorOf(ctx), reason, callId });
  await tellOfLetter(ctx, member, letter);

  const say = (key: string) =>
    ctx.house.words.say(ctx.language, key, {
      posting: dayInWords(ctx.language, letter.planned_posting_on),
      announced: dayInWords(ctx.language, letter.announced_on),
      limit: dayInWords(ctx.language, letter.limit_on),
    });
  return {
    message: say('accounts.letterAsked'),
    toSay: say('accounts.letterSay'),
    letter: {
      id: letter.id,
      reference: letter.reference,
      to: outlook.lines,
      plannedPostingOn: letter.planned_posting_on,
      announcedOn: letter.announced_on,
      earliestArrivalOn: letter.earliest_arrival_on,
      limitOn: letter.limit_on,
    },
    sending: null,
    version: asked.version + 1,
  };
};

const sendMessage = async (ctx: Ctx, asked: Asked, channel: MessageChannel): Promise<Outcome> => {
  const { member, policy, account, callId, reason } = asked;
  const template = deskMessageOf(policy, channel);
  const destination = member.contacts.find(({ kind }) => kind === contactOf[channel])?.value;
  const preview = messagePreviewOf(ctx, policy, member, channel);
  if (!template || !destination || !preview) throw new Error('A message was allowed that cannot be sent.');

  const about = { accountId: account.id, callId, askedBy: actorOf(ctx) };
  const id = await askMessage(ctx, {
    ...about,
    organisationId: policy.id,
    memberId: member.id,
    channel,
    template,
    purpose: template === 'reset-link' ? 'recovery' : null,
    reason,
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
    version: asked.version + 1,
  };
};
