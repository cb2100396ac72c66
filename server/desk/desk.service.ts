import { situationOf } from '../accounts/facts.service.ts';
import { messagePreviewOf } from '../accounts/message-preview.ts';
import { verdictOf } from '../accounts/verdicts.ts';
import { timelineOf } from '../audit/audit.service.ts';
import { record } from '../audit/record.ts';
import { openCallOf } from '../calls/calls.service.ts';
import { look, read } from '../core/perform.ts';
import type { WebVisit } from '../http/routes.ts';
import { lettersOfMember, letterHistoryOf } from '../letters/letters.service.ts';
import { findMemberFile, householdOf, identityOf, maskedContactsOf } from '../members/members.service.ts';
import { messagesOfMember } from '../messages/messages.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Reason } from '../organisations/policy-parts.schema.ts';
import type { MemberPage } from './desk.schema.ts';
import { headlineInWords } from './headline.ts';
import { makeTimeline } from './timeline.ts';

/** The member's page, gathered from the rooms to the left; looking at it is recorded in the agent's call. */
export const memberPage = async (visit: WebVisit, id: string): Promise<MemberPage> => {
  const { organisationId } = await read(visit, (ctx) => findMemberFile(ctx, id));
  const call = await openCallOf(visit, { organisationId, memberId: id });
  return look(visit, async (ctx) => {
    const member = await findMemberFile(ctx, id);
    const policy = policyOf(ctx.house, member.organisationId);
    const situation = await situationOf(ctx, policy, member);
    const { outlook } = situation;
    const headline = headlineInWords(ctx, policy, situation);
    const { language } = ctx;
    const choices = (list: Reason[]) => list.map((one) => ({ id: one.id, label: one.label[language] }));

    const household = await householdOf(ctx, member);

    record(ctx, {
      type: 'member.viewed',
      organisationId: member.organisationId,
      memberId: id,
      callId: call.id,
      // Shown with their names and birth dates, without a row of their own.
      data: { headline: headline.state, alsoShown: household.map(({ id: shown }) => shown) },
    });
    return {
      id,
      organisationId: policy.id,
      organisationName: policy.name,
      identity: await identityOf(ctx, member),
      headline,
      toSay: ctx.house.words.say(language, 'desk.toSayBefore'),
      signsInWith: policy.signIn.identifiers.map(({ label }) => label[language]).join(' / '),
      contacts: await maskedContactsOf(ctx, member),
      letters: await lettersOfMember(ctx, id),
      messages: await messagesOfMember(ctx, id),
      household,
      timeline: makeTimeline(ctx, await timelineOf(ctx, id), await letterHistoryOf(ctx, id)),
      can: {
        unblock: verdictOf(ctx, 'unblock', policy, situation),
        unfreeze: verdictOf(ctx, 'unfreeze', policy, situation),
        letter: verdictOf(ctx, 'letter', policy, situation),
        email: verdictOf(ctx, 'email', policy, situation),
        sms: verdictOf(ctx, 'sms', policy, situation),
        revealNir: { allowed: true, rule: null, why: null, instead: null },
      },
      letterPreview: outlook.ok
        ? {
            to: outlook.lines,
            plannedPostingOn: outlook.dates.plannedPostingDay,
            earliestArrivalOn: outlook.dates.earliestArrival,
            announcedOn: outlook.dates.announcedDay,
            limitOn: outlook.dates.limitDay,
            keepsPromise: outlook.dates.keepsPromise,
          }
        : null,
      messagePreview: {
        email: messagePreviewOf(ctx, policy, member, 'email'),
        sms: messagePreviewOf(ctx, policy, member, 'sms'),
      },
      reasons: {
        unblock: choices(policy.reasons.unblock),
        letter: choices(policy.reasons.letter),
        message: choices(policy.reasons.message),
        cancel: choices(policy.reasons.cancel),
        reveal: choices(policy.reasons.reveal),
      },
      version: situation.account?.version ?? 0,
    };
  });
};
