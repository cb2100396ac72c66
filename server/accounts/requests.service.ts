import type { Approval } from '../approvals/approvals.schema.ts';
import { assertWord, requestApproval } from '../approvals/approvals.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { digest } from '../core/crypto.ts';
import { dayInWords } from '../core/days.ts';
import { AppError } from '../core/errors.ts';
import { addressText } from '../members/address-text.ts';
import type { MemberFile } from '../members/members.service.ts';
import { maskEmail, maskPhone } from '../members/phone.ts';
import type { AskApproval } from './accounts.schema.ts';
import { assertAllowed, decisionOf, reasonFrom, take } from './acting.service.ts';
import { correctionToAsk } from './corrections.service.ts';
import type { Rule } from './decision.ts';
import { frozenOf } from './desk-facts.service.ts';
import { contactOf } from './message-preview.ts';
import type { Situation } from './facts.service.ts';
import { letterBy } from './issue.service.ts';

/**
 * Asks a second person for an act that the decision leaves to one, and for no other. The level that the call proved
 * is kept with the request and holds for it alone; the caller need not wait.
 *
 * @throws AppError `policy-refused` when the act is refused, needs a proof first, or needs nobody; `conflict` when
 * someone acted first, or the same act waits already.
 */
export const askApproval = async (ctx: Ctx, memberId: string, input: AskApproval): Promise<Approval> => {
  const { act, note, version } = input;
  assertWord(note, 'note');
  const taken = await take(ctx, memberId, { version, reason: input.reason });
  const { policy, member, account, call, situation } = taken;
  const wished = act === 'contacts' ? situation : withProduct(input, situation);
  const isUnblockToo = act !== 'contacts' && input.unblock === true;
  const decisions = [decisionOf(act, taken), ...(isUnblockToo ? [decisionOf('unblock', taken)] : [])];
  const rules = decisions.flatMap((decision): Rule[] => (decision.as === 'approval' ? decision.rules : []));
  const isStopped = decisions.some(({ as }) => as === 'after' || as === 'refused');
  if (isStopped) {
    assertAllowed(
      ctx,
      decisions[0]?.as === 'approval' || decisions[0]?.as === 'allowed' ? 'unblock' : act,
      taken,
    );
  }
  if (rules.length === 0) {
    throw new AppError('policy-refused', 'accounts.noApprovalNeeded', { rule: 'approval.not-needed' });
  }

  const { reasons } = policy;
  const lists = {
    unblock: reasons.unblock,
    letter: reasons.letter,
    sms: reasons.message,
    email: reasons.message,
    contacts: reasons.correct,
  };
  const reason = reasonFrom(lists[act], input.reason, call.reason);
  return requestApproval(ctx, {
    organisationId: policy.id,
    memberId,
    accountId: account.id,
    callId: call.id,
    act,
    input: {
      reason,
      note: note ?? '',
      ...wishOf(ctx, member, input, wished),
      destination: destinationDigest(ctx, act, member, situation),
    },
    rules: [...new Set(rules)],
    frozen: frozenOf(situation.desk),
  });
};

type Sending = Exclude<AskApproval, { act: 'contacts' }>;

const withProduct = ({ act, product }: Sending, situation: Situation): Situation => ({
  ...situation,
  outlook: letterBy(act, product, situation.outlook),
});

/** What the act is asked with besides its reason. */
const wishOf = (
  ctx: Ctx,
  member: MemberFile,
  input: AskApproval,
  situation: Situation,
): Record<string, unknown> => {
  if (input.act === 'contacts') return correctionToAsk(ctx, member, input);
  const { unblock, cancelLetterId, product } = input;
  return {
    detail: whereTo(ctx, input, member, situation),
    ...(unblock && { unblock }),
    ...(cancelLetterId && { cancelLetterId }),
    ...(product && { product }),
  };
};

/** Where it would go, and since when that is on file: what a second person must see to judge it. */
const whereTo = (
  { house, language }: Ctx,
  { act, product }: Sending,
  member: MemberFile,
  { outlook }: Situation,
): string | null => {
  const say = (since: string, where: string) =>
    since === ''
      ? house.words.say(language, 'approvals.whereLong', { where })
      : house.words.say(language, 'approvals.where', { where, day: dayInWords(language, since) });
  if (act === 'unblock') return null;
  if (act === 'letter') {
    if (!outlook.ok) return null;
    const where = say(member.addressSince, outlook.lines.join(', '));
    const by = () => house.words.say(language, 'approvals.by', { product: outlook.label });
    return product ? `${where} ${by()}` : where;
  }
  const contact = member.contacts.find(({ kind }) => kind === contactOf[act]);
  if (!contact) return null;
  return say(contact.since, act === 'email' ? maskEmail(contact.value) : maskPhone(contact.value));
};

/**
 * Where the act goes, so that a destination changed between request and approval is seen: for a correction all that
 * is on file, for an unblock nothing.
 */
export const destinationDigest = (
  { house }: Pick<Ctx, 'house'>,
  act: string,
  member: MemberFile,
  { outlook }: Pick<Situation, 'outlook'>,
): string => {
  if (act === 'unblock') return '';
  return digest(house.keys, 'approval', member.id, act, destinationOf(act, member, outlook));
};

const destinationOf = (act: string, member: MemberFile, outlook: Situation['outlook']): string => {
  if (act === 'letter') return outlook.ok ? outlook.lines.join('\n') : '';
  if (act === 'contacts') {
    const contacts = member.contacts.map(({ kind, value }) => `${kind}:${value}`).sort();
    return JSON.stringify([contacts, addressText(member.address)]);
  }
  const kind = act === 'sms' ? 'mobile' : 'email';
  return member.contacts.find((contact) => contact.kind === kind)?.value ?? '';
};
