import type { z } from 'zod';
import { holdOpen } from '../accounts/gate.ts';
import { ownerOf } from '../accounts/own-account.service.ts';
import { record } from '../audit/record.ts';
import { digest } from '../core/crypto.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { Secret } from '../core/secret.ts';
import { giveBackTo, spend } from '../credentials/budgets.service.ts';
import { useUp } from '../credentials/credentials.service.ts';
import { recogniseCode } from '../credentials/one-time.service.ts';
import type { WebVisit } from '../http/routes.ts';
import {
  confirmableChangesOf,
  confirmContactChange,
  countCodeTry,
  forgetCodeTries,
  type Confirmable,
} from '../members/contact-changes.service.ts';
import { findMemberFile, languageOf, type MemberFile } from '../members/members.service.ts';
import { isReachedBySms } from '../members/sms-reach.ts';
import { askMessage } from '../messages/messages.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { guessWants } from './codes.service.ts';
import type { ConfirmContactChange, ContactConfirmation } from './portal.schema.ts';

type Confirmed = z.input<typeof ContactConfirmation>;

/** What the code is for: no code of a way back in confirms a contact, and the reverse. */
const purpose = 'contact-change';

/** The member's changes that the former contact can still confirm, where the organisation's messages reach it. */
export const confirmableOf = async (ctx: Ctx, member: MemberFile): Promise<Confirmable[]> => {
  const scopes = policyOf(ctx.house, member.organisationId).channels.flatMap((channel) =>
    'scope' in channel ? [channel.scope] : [],
  );
  const changes = await confirmableChangesOf(ctx, member);
  return changes.filter(
    ({ kind, old }) => kind === 'email' || scopes.some((scope) => isReachedBySms(scope, old)),
  );
};

/**
 * Without a code one goes to the former contact; with it the change is confirmed, and waits 72 hours in place of 30
 * days. A try is counted before it is compared.
 *
 * @throws AppError `policy-refused` when there is no such change, `invalid-input` on `code`, `too-many` past a budget.
 */
export const confirmOwnContact = async (
  visit: WebVisit,
  organisationId: string,
  { kind, code }: z.output<typeof ConfirmContactChange>,
): Promise<Confirmed> => {
  const policy = policyOf(visit.house, organisationId);
  const outcome = await perform(visit, async (ctx): Promise<Confirmed | AppError> => {
    const { accountId, memberId } = ownerOf(ctx);
    if (!(await holdOpen(ctx, { id: accountId }))) throw new AppError('signed-out', 'common.signedOut');
    const member = await findMemberFile(ctx, memberId);
    const change = (await confirmableOf(ctx, member)).find((one) => one.kind === kind);
    if (!change) {
      throw new AppError('policy-refused', 'space.contactNotConfirmable', {
        rule: 'contact.not-confirmable',
      });
    }
    const asked = { policy, accountId, member, change, address: visit.web.address };
    return code === undefined ? sendCode(ctx, asked) : tryCode(ctx, asked, new Secret(code));
  });
  // What was counted must stand: the refusal is thrown only now.
  if (outcome instanceof AppError) throw outcome;
  return outcome;
};

type Asked = { policy: Policy; accountId: string; member: MemberFile; change: Confirmable; address: string };

const sendCode = async (
  ctx: Ctx,
  { policy, accountId, member, change }: Asked,
): Promise<Confirmed | AppError> => {
  const within = await spend(
    ctx,
    policy.id,
    [
      { budget: 'recoveries-per-member', key: `account:${accountId}:${purpose}` },
      { budget: 'secrets-per-recipient', key: digest(ctx.house.keys, 'message', 'recipient', change.old) },
      { budget: 'messages-per-organisation', key: policy.id },
      { budget: 'messages-everywhere', key: 'everywhere' },
    ],
    member.id,
  );
  note(ctx, policy, member, { kind: change.kind, outcome: within ? 'code-asked' : 'over-budget' });
  if (!within) return new AppError('too-many', 'space.contactsBusy');

  await forgetCodeTries(ctx, change.id);
  await askMessage(ctx, {
    organisationId: policy.id,
    memberId: member.id,
    accountId,
    recoveryId: change.id,
    askedBy: 'member',
    channel: change.kind === 'email' ? 'email' : 'sms',
    template: 'code',
    purpose,
    language: languageOf(member),
    destination: change.old,
    params: { what: ctx.house.words.say(languageOf(member), `space.codeFor.${change.kind}`) },
    tooLateAfterMinutes: policy.code.lifetimeMinutes,
  });
  const { digits, lifetimeMinutes: minutes } = policy.code;
  return { status: 'code-sent', message: say(ctx, 'contactCodeSent'), code: { digits, minutes } };
};

const tryCode = async (
  ctx: Ctx,
  { policy, accountId, member, change, address }: Asked,
  typed: Secret,
): Promise<Confirmed | AppError> => {
  const wants = guessWants(policy, address);
  const mayCompare =
    (await countCodeTry(ctx, change.id, policy.code.tries)) &&
    (await spend(ctx, policy.id, wants, member.id));
  const recognised = mayCompare
    ? await recogniseCode(ctx, { recoveryId: change.id, accountId, purpose }, typed)
    : ({ as: 'unknown' } as const);
  // A former one is no guess.
  if (recognised.as !== 'unknown') await giveBackTo(ctx, wants);
  const isRight = recognised.as === 'live' && (await useUp(ctx, recognised.credential.id)) !== undefined;
  if (!isRight || !(await confirmContactChange(ctx, change.id))) {
    note(ctx, policy, member, { kind: change.kind, outcome: mayCompare ? 'wrong' : 'not-compared' });
    return new AppError('invalid-input', 'space.contactCodeWrong', {
      fields: { code: 'space.contactCodeWrong' },
    });
  }
  note(ctx, policy, member, { kind: change.kind, outcome: 'confirmed' });
  return { status: 'confirmed', message: say(ctx, 'contactConfirmed'), code: null };
};

const note = (ctx: Ctx, policy: Policy, member: MemberFile, data: { kind: string; outcome: string }): void =>
  record(ctx, {
    type: 'account.contact-confirmation',
    organisationId: policy.id,
    memberId: member.id,
    result: ['confirmed', 'code-asked'].includes(data.outcome) ? 'done' : 'failed',
    data,
  });

const say = (ctx: Ctx, key: string): string => ctx.house.words.say(ctx.language, `space.${key}`);
