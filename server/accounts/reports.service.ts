import { siteOf } from '../agents/agents.service.ts';
import { raiseAlert } from '../audit/alerts.service.ts';
import { record } from '../audit/record.ts';
import { nextNoon } from '../calls/half-day.ts';
import { oweCallback } from '../calls/owing.service.ts';
import { addDeskTime } from '../core/desk-time.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { endWaysIn } from '../credentials/credentials.service.ts';
import { noteOutgoing } from '../members/outgoing-changes.service.ts';
import { endMessagesOfAccount } from '../messages/messages.service.ts';
import type { Outcome } from './accounts.schema.ts';
import { deleteChangeSessionsOf } from './portal-sessions.store.ts';
import { actorOf, prepare, type Prepared } from './acting.service.ts';
import { said } from './acts.service.ts';
import { freezeAccount } from './freeze.service.ts';
import * as store from './freeze.store.ts';

type Asked = { version: number };

/**
 * « Signaler une suspicion d'usurpation »: for so many hours of desk time (the organisation's file) recoveries and
 * unblocks stop for every agent and on the portal; what was on its way to a contact dies, a supervisor is told. The
 * chosen password goes on working: whoever only knows how to sound like a member cannot shut them out. An alarm is
 * never stale: whatever was done meanwhile.
 */
export const reportSuspicion = async (ctx: Ctx, memberId: string): Promise<Outcome> => {
  const taken = await prepare(ctx, memberId, 'suspicion', { version: 'any' });
  const { policy, account } = taken;
  const siteId = ctx.actor.kind === 'agent' ? ctx.actor.siteId : null;
  const site = siteId === null ? undefined : await siteOf(ctx.db, siteId);
  const end = addDeskTime(ctx.now, policy.verification.suspicionHours, site?.hours ?? []);
  const at = ctx.now.toISOString();
  const until = await store.suspect(ctx.db, account.id, { at, until: end.toISOString() });
  await endMessagesOfAccount(ctx, account.id);
  // A code that was typed already has opened one: whoever typed it must not choose the password now.
  await deleteChangeSessionsOf(ctx.db, account.id);
  const secretsEnded = await endWaysIn(ctx, account.id);

  record(ctx, { type: 'account.suspected', ...aboutTaken(taken), data: { until, secretsEnded } });
  const subject = `account:${account.id}`;
  await raiseAlert(ctx, { organisationId: policy.id, kind: 'suspicion', memberId, subject });
  return { ...said(ctx, 'suspicion', 0), version: account.version };
};

/**
 * « Décès signalé »: the account is frozen, letters not yet released are called back, the management system learns
 * of it with the daily file, and the family is owed an answer. Only a supervisor lifts it.
 *
 * @throws AppError `conflict` when the account is frozen already.
 */
export const reportDeath = async (ctx: Ctx, memberId: string, asked: Asked): Promise<Outcome> => {
  const taken = await prepare(ctx, memberId, 'death', asked);
  if (!(await freezeAccount(ctx, taken.account.id, 'death-reported'))) {
    throw new AppError('conflict', 'common.conflict');
  }
  await tellBackOffice(ctx, taken, 'death-reported');
  record(ctx, { type: 'member.death-reported', ...aboutTaken(taken), data: {} });
  return said(ctx, 'deathReported', asked.version);
};

/**
 * A closure that the caller disputes: nothing on the desk lifts it, the back office is asked.
 *
 * @throws AppError `policy-refused` when nothing closes the account, or it is the agent's own.
 */
export const disputeClosure = async (ctx: Ctx, memberId: string, asked: Asked): Promise<Outcome> => {
  const taken = await prepare(ctx, memberId, 'disputed-closure', asked);
  await tellBackOffice(ctx, taken, 'closure-disputed');
  record(ctx, { type: 'member.closure-disputed', ...aboutTaken(taken), data: {} });
  return said(ctx, 'closureDisputed', asked.version);
};

const tellBackOffice = async (
  ctx: Ctx,
  taken: Prepared,
  kind: 'death-reported' | 'closure-disputed',
): Promise<void> => {
  const about = aboutTaken(taken);
  await noteOutgoing(ctx, { ...about, kind, reason: kind, changedBy: actorOf(ctx) });
  await oweCallback(ctx, {
    ...about,
    kind: 'back-office',
    subject: `${kind}:${taken.callId}`,
    dueAt: nextNoon(ctx.now),
    ownerId: null,
    team: ctx.actor.kind === 'agent' ? ctx.actor.team : null,
  });
};

const aboutTaken = ({ policy, member, callId }: Prepared) => ({
  organisationId: policy.id,
  memberId: member.id,
  callId,
});
