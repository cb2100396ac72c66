import type { Ctx } from '../core/ctx.ts';
import type { ContactKind, MessageChannel } from '../core/vocabulary.ts';
import { wasUsedSince } from '../credentials/credentials.service.ts';
import { waitingContactsOf } from '../members/contact-trust.service.ts';
import { isWaiting } from '../members/contact-trust.ts';
import { languageOf, sharedKindsOf, type MemberFile } from '../members/members.service.ts';
import { isReachedBySms } from '../members/sms-reach.ts';
import { secretsLeaving } from '../messages/messages.service.ts';
import { letterLimits, noLimits, type LetterLimits } from '../letters/letter-limits.service.ts';
import { letterOutlook, type Addressee, type Outlook } from '../letters/outlook.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { callerStandingOf, type CallerStanding } from '../verifications/caller.service.ts';
import type { AccountRow } from './accounts.store.ts';
import { standingsOf } from './accounts.service.ts';
import type { Desk, Facts, Reach } from './decision-facts.ts';
import { deskOf } from './desk-facts.service.ts';
import type { Standing } from './standing.ts';
import { listUnblocks } from './unblocks.store.ts';

/** A second message of the same kind within this time would cross the first one on its way. */
const leavingMinutes = 2;

/** Everything read about a member's account at one moment. */
export type Situation = {
  account: AccountRow | null;
  standing: Standing;
  facts: Facts;
  outlook: Outlook;
  limits: LetterLimits;
  addressee: Addressee;
};

/** The same seen from the desk: with who calls and what they proved, for the page and for the acts alike. */
export type DeskSituation = Situation & { caller: CallerStanding; desk: Desk };

export const deskSituationOf = async (
  ctx: Ctx,
  policy: Policy,
  member: MemberFile,
): Promise<DeskSituation> => {
  const situation = await situationOf(ctx, policy, member);
  const caller = await callerStandingOf(ctx, policy, member, situation.account?.id ?? null);
  return { ...situation, caller, desk: await deskOf(ctx, policy, member, caller) };
};

export const situationOf = async (ctx: Ctx, policy: Policy, member: MemberFile): Promise<Situation> => {
  const standings = await standingsOf(ctx, [{ id: member.id, organisationId: member.organisationId }]);
  const found = standings.get(member.id);
  if (!found) throw new Error('A member without a standing.');
  const { account, ...standing } = found;

  const addressee = addresseeOf(member, account);
  const outlook = letterOutlook(policy, addressee, ctx.now);
  const limits = account ? await letterLimits(ctx, policy, account.id) : noLimits;
  const facts: Facts = {
    standing,
    unblocks: account ? await unblocksOf(ctx, account.id) : { last24Hours: 0, last30Days: 0 },
    letter: {
      refusedBy: outlook.ok ? null : outlook.rule,
      isOnItsWay: limits.onItsWay !== null,
      mayAskFrom: limits.mayAskFrom,
      isRecent: isWaiting(policy.contacts, { since: member.addressSince }, null, ctx.now),
    },
    contacts: await reachesOf(ctx, policy, member),
    leaving: account ? await secretsLeaving(ctx, account.id, leavingMinutes) : new Set(),
    shared: channelsOf(await sharedKindsOf(ctx, member)),
    isProtected: member.isProtected,
    usedRecently: account
      ? await wasUsedSince(ctx, account.id, daysAgo(ctx, policy.contacts.secondRecoveryDays))
      : false,
  };
  return { account, standing, facts, outlook, limits, addressee };
};

const channelsOf = (kinds: ReadonlySet<ContactKind>): Set<MessageChannel> =>
  new Set([
    ...(kinds.has('email') ? (['email'] as const) : []),
    ...(kinds.has('mobile') ? (['sms'] as const) : []),
  ]);

const reachesOf = async (ctx: Ctx, policy: Policy, member: MemberFile): Promise<Facts['contacts']> => {
  const waiting = await waitingContactsOf(ctx, member);
  const sms = policy.channels.find(({ kind }) => kind === 'sms-temporary');
  const reach = (contact: ContactKind): Reach => {
    const known = member.contacts.find(({ kind }) => kind === contact);
    if (!known) return 'unknown';
    const isOutOfReach =
      contact === 'mobile' && sms && 'scope' in sms && !isReachedBySms(sms.scope, known.value);
    if (isOutOfReach) return 'out-of-reach';
    return waiting.has(contact) ? 'recent' : 'usable';
  };
  return { email: reach('email'), sms: reach('mobile') };
};

const unblocksOf = async (ctx: Ctx, accountId: string): Promise<Facts['unblocks']> => {
  const [dayAgo, all] = [daysAgo(ctx, 1), await listUnblocks(ctx.db, accountId, daysAgo(ctx, 30))];
  return { last24Hours: all.filter((at) => at >= dayAgo).length, last30Days: all.length };
};

const daysAgo = ({ now }: Pick<Ctx, 'now'>, days: number): string =>
  new Date(now.getTime() - days * 86_400_000).toISOString();

const addresseeOf = (member: MemberFile, account: AccountRow | null): Addressee => ({
  memberId: member.id,
  accountId: account?.id ?? '',
  organisationId: member.organisationId,
  civility: member.civility,
  firstName: member.firstName,
  lastName: member.usualName,
  address: member.address,
  addressDoubtful: member.addressDoubtfulAt !== null,
  language: languageOf(member),
  largePrint: member.largePrint,
});
