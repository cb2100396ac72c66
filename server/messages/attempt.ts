import { record } from '../audit/record.ts';
import type { Ctx, House, Visit } from '../core/ctx.ts';
import { read, systemVisit } from '../core/perform.ts';
import { lookForMemberFile } from '../members/members.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { SendOutcome } from './gateways.ts';
import { aboutMessage, destinationOf, isSecret } from './messages.service.ts';
import type { MessageRow } from './messages.store.ts';
import { change, fail, settle, unlessTaken } from './outcome.ts';
import { carriesNotMe, makeNotMe, makeSecretToSend, type SecretToSend } from './secret-to-send.ts';

/** The longest that anything with a gateway may take; well within the lease. */
export const gatewayDeadline = 45_000;

/**
 * Makes the secret of a message that this worker has claimed, commits its hash, sends, and writes what became of it.
 * Between the two transactions nothing is held. Answers what became of it; nothing when it ended before it was sent.
 */
export const attemptMessage = async (house: House, row: MessageRow): Promise<SendOutcome | undefined> => {
  const visit = outboxVisit(house, row.organisation_id);
  const problem = knownProblem(house, row);
  if (problem) return void (await unlessTaken(visit, (ctx) => fail(ctx, row, problem)));

  const params = await paramsOf(visit, row);
  if (!params) return undefined;
  const outcome = await send(house, row, params);
  await unlessTaken(visit, (ctx) => settle(ctx, row, outcome));
  return outcome;
};

export const outboxVisit = (house: House, organisationId: string): Visit =>
  systemVisit(house, 'outbox', [organisationId]);

/** Waits for a gateway, but not for ever. */
export const inTime = async <T>(work: Promise<T>, late: T): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), gatewayDeadline);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
};

// Known before any secret is made, so that a former one goes on working.
const knownProblem = (house: House, row: MessageRow): string | undefined => {
  if (!house.organisations.get(row.organisation_id)) return 'account-closed';
  const gateway = row.channel === 'email' ? house.emailGateway : house.smsGateway;
  const destination = readDestination(house, row);
  return destination === undefined ? 'unreadable' : gateway.cannotTake?.(destination);
};

// Sealed with a key that is gone, or moved from another row: no pass may stumble over it again and again.
const readDestination = (house: House, row: MessageRow): string | undefined => {
  try {
    return destinationOf({ house }, row);
  } catch {
    return undefined;
  }
};

/** Everything that the words need; nothing when the message may not go out any more, which is then written. */
const paramsOf = async (visit: Visit, row: MessageRow): Promise<Record<string, string> | undefined> => {
  const given = JSON.parse(row.params) as Record<string, string>;
  const { account_id: accountId } = row;
  const policy = policyOf(visit.house, row.organisation_id);
  if (isSecret(row.template)) {
    const made = await unlessTaken(visit, (ctx) => makeOrFail(ctx, policy, row));
    return made && { ...given, ...made.params };
  }
  if (!accountId || !(await read(visit, (ctx) => carriesNotMe(ctx, row)))) return given;
  const made = await unlessTaken(visit, async (ctx) => {
    await change(ctx, row, {});
    return noted(ctx, row, await makeNotMe(ctx, policy, row, accountId));
  });
  return made && { ...given, ...made.params };
};

/** The account is held first, as everywhere, then the message. */
const makeOrFail = async (ctx: Ctx, policy: Policy, row: MessageRow): Promise<SecretToSend | undefined> => {
  const { accountForCallerCode, accountForMessage } = ctx.house;
  const hold = row.template === 'caller-code' ? accountForCallerCode : accountForMessage;
  const account = row.account_id ? await hold(ctx, row.account_id) : undefined;
  await change(ctx, row, {});
  const problem = account ? await contactProblem(ctx, row) : 'account-closed';
  if (!account || problem) return void (await fail(ctx, row, problem ?? 'account-closed'));
  return noted(ctx, row, await makeSecretToSend(ctx, policy, row, account));
};

// Asked for one address, on file another by now: somebody looks again first (YARDSTICK F37). A change of contacts
// is confirmed through an address that need not be on file.
const contactProblem = async (ctx: Ctx, row: MessageRow): Promise<string | undefined> => {
  if (row.purpose === 'contact-change') return undefined;
  const member = await lookForMemberFile(ctx, row.member_id);
  const kind = row.channel === 'email' ? 'email' : 'mobile';
  const value = destinationOf(ctx, row);
  const isOnFile = member?.contacts.some((contact) => contact.kind === kind && contact.value === value);
  return isOnFile ? undefined : 'contact-changed';
};

const noted = (ctx: Ctx, row: MessageRow, made: SecretToSend): SecretToSend => {
  record(ctx, {
    type: 'message.secret-made',
    ...aboutMessage(row),
    data: { messageId: row.id, attempt: row.attempt, kind: made.kind, purpose: row.purpose ?? made.kind },
  });
  return made;
};

const send = async (house: House, row: MessageRow, params: Record<string, string>): Promise<SendOutcome> => {
  const { id, attempt, channel, template, language, organisation_id: organisationId } = row;
  const policy = policyOf(house, organisationId);
  const to = destinationOf({ house }, row);
  const common = { id, attempt, to, organisationId };
  let isHandedOver = false;
  try {
    const { subject, text, html } = house.messageWords.render(policy, {
      template,
      channel,
      language,
      params,
    });
    isHandedOver = true;
    const sending =
      channel === 'email'
        ? house.emailGateway.send({
            ...common,
            from: { name: policy.name, address: policy.email.sender },
            subject,
            text,
            html,
          })
        : house.smsGateway.send({
            ...common,
            from: policy.sms.sender,
            text,
            validMinutes: Number(params.minutes) || minutesLeft(house, row),
          });
    return await inTime(sending, { as: 'unknown', problem: 'no-answer' });
  } catch (error) {
    // A bug of ours, not of the gateway's: the message waits, and whoever reads the log mends it.
    const { name } = error as Error;
    house.log.error({ name, messageId: id, attempt }, 'a message could not be sent');
    return { as: isHandedOver ? 'unknown' : 'later', problem: 'unexpected' };
  }
};

const minutesLeft = (house: House, { too_late_at }: MessageRow): number =>
  Math.max(1, Math.ceil((Date.parse(too_late_at) - house.clock().getTime()) / 60_000));
