import type { Verdict } from '../accounts/accounts.schema.ts';
import { deskSituationOf, type DeskSituation } from '../accounts/facts.service.ts';
import { messagePreviewOf } from '../accounts/message-preview.ts';
import { verdictOf } from '../accounts/verdicts.ts';
import { approvalsOfMember } from '../approvals/approvals-view.service.ts';
import { timelineOf } from '../audit/audit.service.ts';
import { countLook, mayUnmask } from '../agents/agents.service.ts';
import { record } from '../audit/record.ts';
import { callbacksOfMember } from '../calls/callbacks.service.ts';
import { openCallOf } from '../calls/calls.service.ts';
import { notesOfMember } from '../calls/notes.service.ts';
import { repeatCallsOf } from '../calls/repeat-calls.service.ts';
import { addDays, parisDay } from '../core/calendar.ts';
import type { Ctx } from '../core/ctx.ts';
import { read } from '../core/perform.ts';
import type { WebVisit } from '../http/routes.ts';
import { lettersOfMember, letterHistoryOf } from '../letters/letters.service.ts';
import { fasterProducts, missesPromise, type ByProduct, type Outlook } from '../letters/outlook.service.ts';
import { lookAt } from '../members/canaries.service.ts';
import { findMemberFile, householdOf, identityOf, maskedContactsOf } from '../members/members.service.ts';
import { messagesOfMember } from '../messages/messages.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Reason } from '../organisations/policy-parts.schema.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { verificationInWords } from '../verifications/verify.service.ts';
import type { MemberPage } from './desk.schema.ts';
import { headlineInWords } from './headline.ts';
import { sayingOf } from './saying.ts';
import { makeTimeline } from './timeline.ts';

/** The member's page, gathered from the rooms to the left; looking at it is recorded in the agent's call. */
export const memberPage = async (visit: WebVisit, id: string): Promise<MemberPage> => {
  const member = await read(visit, (ctx) => findMemberFile(ctx, id));
  const { organisationId } = member;
  await countLook(visit);
  const call = await openCallOf(visit, { organisationId, memberId: id });
  return lookAt(visit, [{ id, organisationId }], async (ctx) => {
    const policy = policyOf(ctx.house, organisationId);
    const situation = await deskSituationOf(ctx, policy, member);
    const { outlook, standing } = situation;
    const headline = headlineInWords(ctx, situation);
    const { language } = ctx;
    const household = await householdOf(ctx, member);

    record(ctx, {
      type: 'member.viewed',
      organisationId,
      memberId: id,
      callId: call.id,
      // Shown with their names and birth dates, without a row of their own.
      data: { headline: headline.state, alsoShown: household.map(({ id: shown }) => shown) },
    });
    const { suspectedAt: since, suspectedUntil: until } = standing;
    return {
      id,
      organisationId: policy.id,
      organisationName: policy.name,
      identity: await identityOf(ctx, member),
      headline,
      say: sayingOf(ctx, policy, situation),
      verification: verificationInWords(ctx, policy, situation.caller),
      approvals: await approvalsOfMember(ctx, id),
      callbacks: await callbacksOfMember(ctx, id),
      notes: await notesOfMember(ctx, id),
      repeatCalls: await repeatCallsOf(ctx, id),
      suspicion: since && until ? { since, until } : null,
      signsInWith: policy.signIn.identifiers.map(({ label }) => label[language]).join(' / '),
      contacts: await maskedContactsOf(ctx, member),
      letters: await lettersOfMember(ctx, id),
      messages: await messagesOfMember(ctx, id),
      household,
      timeline: makeTimeline(ctx, await timelineOf(ctx, id), await letterHistoryOf(ctx, id)),
      can: { ...verdictsOf(ctx, policy, situation), revealNir: await revealVerdict(ctx) },
      letterPreview: outlook.ok ? letterPreviewOf(ctx, policy, outlook) : null,
      messagePreview: {
        email: messagePreviewOf(ctx, policy, member, 'email'),
        sms: messagePreviewOf(ctx, policy, member, 'sms'),
      },
      correctionWaitsUntil: addDays(parisDay(ctx.now), policy.contacts.waitingDays),
      reasons: reasonsOf(ctx, policy),
      version: situation.account?.version ?? 0,
    };
  });
};

const letterPreviewOf = (
  { now }: Ctx,
  policy: Policy,
  outlook: Extract<Outlook, { ok: true }>,
): MemberPage['letterPreview'] => {
  const shown = ({ product, label, dates }: ByProduct) => ({
    product,
    label,
    earliestArrivalOn: dates.earliestArrival,
    announcedOn: dates.announcedDay,
    keepsPromise: dates.keepsPromise,
  });
  return {
    to: outlook.lines,
    ...shown(outlook),
    plannedPostingOn: outlook.dates.plannedPostingDay,
    limitOn: outlook.dates.limitDay,
    missesPromise: missesPromise(policy, outlook, now),
    faster: fasterProducts(outlook).map((one) => ({ ...shown(one), isProposed: one.isProposed })),
  };
};

const free: Verdict = { state: 'allowed', allowed: true, rule: null, why: null, instead: null, reasons: [] };

const revealVerdict = async (ctx: Ctx): Promise<Verdict> => {
  if (await mayUnmask(ctx)) return free;
  const why = ctx.house.words.say(ctx.language, 'sites.noUnmasking');
  return { ...free, state: 'refused', allowed: false, rule: 'site.no-unmasking', why };
};

/** What may be done now, act by act, with the reasons; the same decisions that the acts themselves take. */
export const verdictsOf = (
  ctx: Ctx,
  policy: Policy,
  situation: DeskSituation,
): Omit<MemberPage['can'], 'revealNir'> => ({
  unblock: verdictOf(ctx, 'unblock', policy, situation),
  unfreeze: verdictOf(ctx, 'unfreeze', policy, situation),
  letter: verdictOf(ctx, 'letter', policy, situation),
  email: verdictOf(ctx, 'email', policy, situation),
  sms: verdictOf(ctx, 'sms', policy, situation),
  contacts: verdictOf(ctx, 'contacts', policy, situation),
  reportSuspicion: verdictOf(ctx, 'suspicion', policy, situation),
  reportDeath: verdictOf(ctx, 'death', policy, situation),
  disputeClosure: verdictOf(ctx, 'disputed-closure', policy, situation),
});

const reasonsOf = ({ language }: Ctx, { reasons }: Policy): MemberPage['reasons'] => {
  const choices = (list: Reason[]) => list.map(({ id, label }) => ({ id, label: label[language] }));
  return {
    unblock: choices(reasons.unblock),
    letter: choices(reasons.letter),
    message: choices(reasons.message),
    cancel: choices(reasons.cancel),
    reveal: choices(reasons.reveal),
    correct: choices(reasons.correct),
  };
};
