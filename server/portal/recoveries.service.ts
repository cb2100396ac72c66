import { createHash } from 'node:crypto';
import { blockOf } from '../accounts/address-block.ts';
import { claimOf, type Claim, type Claimant } from '../accounts/claim.service.ts';
import { record } from '../audit/record.ts';
import type { Ctx, Db } from '../core/ctx.ts';
import { perform } from '../core/perform.ts';
import type { Channel } from '../core/vocabulary.ts';
import { spend, type Want } from '../credentials/budgets.service.ts';
import type { WebVisit } from '../http/routes.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { AskRecovery, RecoveryPath } from './portal.schema.ts';
import * as store from './recoveries.store.ts';
import type { ToSend } from './recoveries.store.ts';
import { channelsThat, reachOf } from './recovery-contacts.ts';
import { assertIdentifier, groupOf, readProof, weighProof, type Proof } from './recovery-proofs.ts';
import { stepInWords, type Standing, type Step } from './recovery-steps.ts';
import { isAutomatic, messageWays, offeredWays, waysOf, type Way } from './recovery-ways.ts';

/** A recovery ends 60 minutes after what was last asked in it. */
const lifeMinutes = 60;

/** Where a recovery begins, and what the worker is to send for it. */
type Opening = Pick<Standing, 'step' | 'proved' | 'offered' | 'usable' | 'outOfReach' | 'way'> & {
  toSend: ToSend | null;
};

/**
 * Begins a way back in, bound to this browser by a cookie. Every identifier gets the same steps and the same
 * statements; what it leads to is looked at by the worker, after this answer has gone. What a procedure tells
 * after its proof follows from the proof alone.
 */
export const askRecovery = async (
  visit: WebVisit,
  organisationId: string,
  asked: AskRecovery,
): Promise<Step> => {
  const policy = policyOf(visit.house, organisationId);
  assertIdentifier(policy, asked.identifier);
  const proof = readProof(policy, asked, visit.house.clock());
  const token = Buffer.from(visit.house.random.bytes(32)).toString('base64url');
  const step = await perform(visit, async (ctx) => {
    const claim = await claimOf(ctx, policy, asked.identifier);
    const within = await spend(
      ctx,
      policy.id,
      wantsOf(visit.web.address, policy, claim, asked.path, proof),
      claim.account?.member_id,
    );
    const { opening, kept } = await begin(ctx, policy, claim, { path: asked.path, proof, within });
    await keep(ctx, policy, recoveryId(token), asked.path, { claim, kept, opening });
    record(ctx, {
      type: 'recovery.asked',
      organisationId: policy.id,
      memberId: claim.account?.member_id ?? null,
      data: { path: asked.path, known: claim.account !== undefined, within },
    });
    return stepInWords(ctx, policy, { ...opening, codeDone: false, letterAsked: false });
  });
  visit.web.setRecoveryCookie(policy.id, token);
  return step;
};

/** What stands in the database in the place of the cookie's value. */
export const recoveryId = (token: string): string => createHash('sha256').update(token).digest('base64url');

export const endsAt = (now: Date): string => new Date(now.getTime() + lifeMinutes * 60_000).toISOString();

/** One use of what a member's path may set off: a link, a code, a temporary password, a letter. */
export const sendWants = (owner: string, path: RecoveryPath): Want[] => [
  { budget: 'recoveries-per-member', key: `${owner}:${path}` },
];

/** One request, on who asks it. */
export const askWants = (address: string): Want[] => [
  { budget: 'recoveries-per-address-block', key: blockOf(address) },
];

export const sweepRecoveries = (db: Db, now: Date): Promise<number> =>
  store.sweepRecoveries(db, now.toISOString());

const wantsOf = (
  address: string,
  policy: Policy,
  { owner }: Claim,
  path: RecoveryPath,
  proof: Proof,
): Want[] => [
  ...askWants(address),
  ...(proof.kind === 'none' ? [] : [{ budget: 'proofs-per-member' as const, key: `${owner}:${path}` }]),
  ...(path === 'forgotten' && isAutomatic(policy) ? sendWants(owner, path) : []),
];

type Asked = { path: RecoveryPath; proof: Proof; within: boolean };
/** `kept`: whether the row leads to the account; else it is like one of an identifier that nobody has. */
type Begun = { opening: Opening; kept: boolean };

const begin = async (ctx: Ctx, policy: Policy, claim: Claim, asked: Asked): Promise<Begun> => {
  const { proof, within, path } = asked;
  if (proof.kind === 'none') return { opening: beforeProof(policy), kept: within };
  const weighed = await weighProof(ctx, policy, claim, proof, within);
  // Told nobody: a wrong birth date on the way of the forgotten password leads nowhere, and looks the same.
  if (path === 'forgotten') return { opening: beforeProof(policy), kept: weighed.isRight };
  return path === 'unblock'
    ? unblock(ctx, policy, claim, weighed)
    : first(ctx, policy, claim, { ...weighed, proof, within });
};

const nothing = {
  proved: false,
  offered: [],
  usable: null,
  outOfReach: new Set<Channel>(),
  way: null,
  toSend: null,
};

const beforeProof = (policy: Policy): Opening =>
  isAutomatic(policy)
    ? { ...nothing, step: 'sent', toSend: 'automatic' }
    : {
        ...nothing,
        step: 'choose-channel',
        offered: offeredWays(policy, { path: 'forgotten', proved: false }),
      };

/** The member's own page: the one answer to a wrong proof and to whoever cannot be helped here is `refused`. */
const unblock = async (
  ctx: Ctx,
  policy: Policy,
  claim: Claim,
  weighed: Claimant & { isRight: boolean },
): Promise<Begun> => {
  const refused: Begun = { opening: { ...nothing, step: 'refused' }, kept: false };
  const { member, isOpen, isRight } = weighed;
  if (!isRight || !isOpen || !member) return refused;
  const ways = offeredWays(policy, { path: 'unblock', proved: true });
  const reach = await reachOf(ctx, member, ways);
  const usable = channelsThat(reach, 'usable');
  if (usable.size === 0) return refused;
  if (!weighed.isLocked && policy.memberUnblock.notLocked) {
    return { opening: { ...nothing, proved: true, step: 'not-locked' }, kept: false };
  }

  const proved = {
    ...nothing,
    proved: true,
    offered: ways,
    usable,
    outOfReach: channelsThat(reach, 'out-of-reach'),
  };
  const only = usable.size === 1 ? ways.find(({ channel }) => usable.has(channel)) : undefined;
  if (!only || !policy.recovery.singleChannelIsAutomatic) {
    return { opening: { ...proved, step: 'choose-channel' }, kept: true };
  }
  const within = await spend(ctx, policy.id, sendWants(claim.owner, 'unblock'), member.id);
  return { opening: { ...proved, ...stepsOf(only), toSend: within ? only.first : null }, kept: within };
};

/** Never connected: right leads to a message, everything else to one answer, in which an unknown one is not told. */
const first = async (
  ctx: Ctx,
  policy: Policy,
  claim: Claim,
  weighed: Claimant & { isRight: boolean; proof: Proof; within: boolean },
): Promise<Begun> => {
  const { member, isOpen, isRight, hasConnected, proof } = weighed;
  if (isRight && isOpen && !hasConnected && member) {
    const ways = messageWays(offeredWays(policy, { path: 'first', proved: true }, member.spaceType));
    const reach = await reachOf(ctx, member, ways);
    const usable = channelsThat(reach, 'usable');
    const outOfReach = channelsThat(reach, 'out-of-reach');
    if (usable.size > 0) {
      const proved = { ...nothing, proved: true, offered: ways, usable, outOfReach };
      return { opening: { ...proved, step: 'choose-channel' }, kept: true };
    }
  }

  const leadsTo = proof.kind === 'fact' ? groupOf(policy, proof)?.wrong : undefined;
  const letter = waysOf(policy).find(({ channel }) => channel === 'letter');
  if (leadsTo !== 'letter' || !letter) return { opening: { ...nothing, step: 'refused' }, kept: false };
  const maySend = await spend(ctx, policy.id, sendWants(claim.owner, 'first'), claim.account?.member_id);
  const kept = weighed.within && maySend;
  return { opening: { ...nothing, step: 'sent', way: letter, toSend: kept ? 'letter' : null }, kept };
};

/** The step that follows when a way is taken. */
export const stepsOf = (way: Way): { step: 'enter-code' | 'sent'; way: Way } => ({
  step: way.first === 'code' ? 'enter-code' : 'sent',
  way,
});

const keep = async (
  ctx: Ctx,
  policy: Policy,
  id: string,
  path: RecoveryPath,
  { claim, kept, opening }: { claim: Claim; kept: boolean; opening: Opening },
): Promise<void> => {
  const now = ctx.now.toISOString();
  await store.insertRecovery(ctx.db, {
    id,
    organisation_id: policy.id,
    owner: claim.owner,
    account_id: kept ? (claim.account?.id ?? null) : null,
    member_id: kept ? (claim.account?.member_id ?? null) : null,
    path,
    proved: opening.proved ? 1 : 0,
    step: opening.step,
    channel: opening.way?.channel ?? null,
    to_send: opening.toSend,
    to_send_at: opening.toSend && now,
    lease_until: null,
    letter_id: null,
    letter_asked: 0,
    cancel_letter: 0,
    code_tries: 0,
    language: ctx.language,
    opened_at: now,
    ends_at: endsAt(ctx.now),
  });
};
