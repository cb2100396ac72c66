import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import type { Channel } from '../core/vocabulary.ts';
import { spend } from '../credentials/budgets.service.ts';
import type { Web, WebVisit } from '../http/routes.ts';
import { lookForMemberFile } from '../members/members.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { RecoveryPath } from './portal.schema.ts';
import { askWants, endsAt, recoveryId, sendWants, stepsOf } from './recoveries.service.ts';
import * as store from './recoveries.store.ts';
import type { RecoveryRow } from './recoveries.store.ts';
import { channelsThat, reachOf } from './recovery-contacts.ts';
import { stepInWords, type Standing, type Step } from './recovery-steps.ts';
import { paramsOf } from './recovery-words.ts';
import { offeredWays } from './recovery-ways.ts';

export type Choice = { channel: Channel; cancelLetter?: boolean };

/**
 * Chooses by which channel, or another one because nothing arrived: the same recovery, not a second one. What is
 * to be sent is noted; past the member's budget, or that of who asks, nothing is, and the answer is the same.
 *
 * @throws AppError `conflict` when this browser has no recovery open at such a step, `invalid-input` for a channel
 * that was not offered.
 */
export const chooseRecoveryChannel = async (
  visit: WebVisit,
  organisationId: string,
  choice: Choice,
): Promise<Step> => {
  const policy = policyOf(visit.house, organisationId);
  const id = recoveryIdOf(visit, policy);
  const step = await perform(visit, async (ctx) => {
    const which = { id, organisationId: policy.id, now: ctx.now.toISOString() };
    const row = await store.findOpen(ctx.db, which);
    if (!row) return refuse(ctx, policy, choice);
    const seen = await seenBy(ctx, policy, row);
    const way = seen.offered.find(({ channel }) => channel === choice.channel);
    if (!way || (seen.usable && !seen.usable.has(way.channel))) {
      throw new AppError('invalid-input', 'common.invalidInput', {
        fields: { channel: 'recovery.noSuchChannel' },
      });
    }

    const wants = [...askWants(visit.web.address), ...sendWants(row.owner, row.path)];
    const within = await spend(ctx, policy.id, wants, row.member_id);
    const next = stepsOf(way);
    const isCancelled = choice.cancelLetter === true && way.channel !== 'letter';
    const letterAsked = way.channel === 'letter' || (row.letter_asked === 1 && !isCancelled);
    const changed = await store.chooseChannel(
      ctx.db,
      which,
      {
        step: next.step,
        channel: way.channel,
        letter_asked: letterAsked ? 1 : 0,
        ends_at: endsAt(ctx.now),
        ...(isCancelled && { cancel_letter: row.letter_asked }),
        ...(within && { to_send: way.first, to_send_at: which.now, lease_until: null }),
      },
      within && way.first === 'code',
    );
    if (!changed) return refuse(ctx, policy, choice);
    record(ctx, {
      type: 'recovery.channel-chosen',
      organisationId: policy.id,
      memberId: row.member_id,
      data: { channel: way.channel, within },
    });
    return stepInWords(ctx, policy, { ...seen, ...next, codeDone: false, letterAsked });
  });
  if (step) return step;
  throw ended(visit, policy);
};

/**
 * Where this browser's recovery stands, as it was last answered. Telephones load a page again when one comes back
 * from reading the SMS; the steps that end in words alone are not shown twice.
 */
export const openRecovery = async (ctx: Ctx & { web: Web }, organisationId: string): Promise<Open | null> => {
  const policy = policyOf(ctx.house, organisationId);
  const id = recoveryIdOf(ctx, policy);
  const row = await store.findOpen(ctx.db, { id, organisationId: policy.id, now: ctx.now.toISOString() });
  if (!row || !['choose-channel', 'enter-code', 'sent'].includes(row.step)) return null;
  const seen = await seenBy(ctx, policy, row);
  const way = seen.offered.find(({ channel }) => channel === row.channel) ?? null;
  // On the way of the forgotten password only a right code proves anything.
  const codeDone = row.path === 'forgotten' && row.proved === 1;
  const letterAsked = row.letter_asked === 1;
  const standing = { ...seen, step: row.step, way, codeDone, letterAsked };
  return { path: row.path, step: stepInWords(ctx, policy, standing) };
};

type Open = { path: RecoveryPath; step: Step };

/** The row of this browser's recovery; of nobody's where it has none. */
export const recoveryIdOf = (visit: Pick<WebVisit, 'web'>, policy: Policy): string => {
  const token = visit.web.recoveryToken(policy.id);
  return token ? recoveryId(token) : '';
};

/** Another browser, another organisation, too late, or a step where this cannot be done: one answer. */
export const ended = (visit: WebVisit, policy: Policy): AppError =>
  new AppError('conflict', 'recovery.ended', { params: paramsOf(visit, policy) });

type Seen = Pick<Standing, 'proved' | 'offered' | 'usable' | 'outOfReach'>;

/** What a recovery may choose from. Only after a proof does it follow from the member's file. */
export const seenBy = async (ctx: Ctx, policy: Policy, row: RecoveryRow): Promise<Seen> => {
  // A right code proves the channel and nothing else: the others stay as they were.
  const proved = row.proved === 1 && row.path !== 'forgotten';
  const offered = offeredWays(policy, { path: row.path, proved });
  if (!proved || !row.member_id) return { proved, offered, usable: null, outOfReach: new Set() };

  const scoped = { db: ctx.db, scope: { organisationIds: [policy.id] } };
  const member = await lookForMemberFile(scoped, row.member_id);
  if (!member) return { proved, offered, usable: new Set(), outOfReach: new Set() };
  const own = offeredWays(policy, { path: row.path, proved }, member.spaceType);
  const reach = await reachOf(ctx, member, own);
  return {
    proved,
    offered: own,
    usable: channelsThat(reach, 'usable'),
    outOfReach: channelsThat(reach, 'out-of-reach'),
  };
};

const refuse = (ctx: Ctx, policy: Policy, { channel }: Choice): undefined => {
  record(ctx, {
    type: 'recovery.channel-chosen',
    organisationId: policy.id,
    result: 'refused',
    data: { channel, within: false },
  });
  return undefined;
};
