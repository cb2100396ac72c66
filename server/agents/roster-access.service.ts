import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import type { OwnProof } from './agents.schema.ts';
import { confirmIdentity } from './confirm.service.ts';
import { invite } from './invitations.service.ts';
import { withdrawInvitation as withdraw } from './invitations.store.ts';
import type { AgentPage, Invited } from './roster.schema.ts';
import { agentPage, findInReach } from './roster.service.ts';
import { assertAnother, updateAccount } from './roster-update.service.ts';
import * as store from './roster.store.ts';
import type { RosterRow } from './roster.store.ts';

type Proved<T> = T & OwnProof;

/** Open again, without the password of before. @throws AppError `conflict` when it is open, and for the proof. */
export const reopenAgent = async (
  visit: Visit,
  id: string,
  { version, ...proof }: Proved<{ version: number }>,
): Promise<Invited> => {
  await confirmIdentity(visit, proof, 'agent.role');
  return perform(visit, async (ctx) => {
    assertAnother(ctx, id);
    const row = await findInReach(ctx, id);
    if (!row.closed_at) throw new AppError('conflict', 'agents.isOpen');
    await updateAccount(
      ctx,
      row,
      { version },
      { closed_at: null, password_hash: '', password_due_since: null },
    );
    record(ctx, { type: 'agent.reopened', data: { agentId: id, role: row.role } });
    return invited(ctx, id);
  });
};

/**
 * A new link to a password, for whoever lost theirs: the former password and every session end at once, so that nobody
 * can use the link behind the agent's back.
 */
export const inviteAgain = async (
  visit: Visit,
  id: string,
  { version, ...proof }: Proved<{ version: number }>,
): Promise<Invited> => {
  await confirmIdentity(visit, proof, 'agent.role');
  return perform(visit, async (ctx) => {
    assertAnother(ctx, id);
    const row = await openInReach(ctx, id);
    await updateAccount(ctx, row, { version }, { password_hash: '', password_due_since: null });
    await store.deleteSessionsOf(ctx.db, id);
    return invited(ctx, id);
  });
};

/**
 * The link that waits works no more; nothing else changes, and another one may be made.
 *
 * @throws AppError `conflict` when none waits: it was used, is over, or was withdrawn.
 */
export const withdrawInvitation = async (
  ctx: Ctx,
  id: string,
  { version }: { version: number },
): Promise<AgentPage> => {
  const row = await openInReach(ctx, id);
  if (!(await withdraw(ctx.db, id, ctx.now.toISOString())))
    throw new AppError('conflict', 'agents.noInvitation');
  await updateAccount(ctx, row, { version }, {});
  record(ctx, { type: 'agent.invitation-withdrawn', data: { agentId: id } });
  return agentPage(ctx, id);
};

/** They choose a new password before anything else, from their next request on. */
export const requirePassword = async (
  ctx: Ctx,
  id: string,
  { version }: { version: number },
): Promise<AgentPage> => {
  const row = await openInReach(ctx, id);
  if (row.password_hash === '') throw new AppError('conflict', 'agents.noPassword');
  await updateAccount(ctx, row, { version }, { password_due_since: ctx.now.toISOString() });
  record(ctx, { type: 'agent.password-required', data: { agentId: id } });
  return agentPage(ctx, id);
};

/** Every session of an agent; their next request is signed out. */
export const endSessions = async (ctx: Ctx, id: string): Promise<{ ended: number }> => {
  await findInReach(ctx, id);
  const ended = await store.deleteSessionsOf(ctx.db, id);
  record(ctx, { type: 'agent.sessions-ended', data: { agentId: id, sessions: ended } });
  return { ended };
};

/** The link of an account, with its page. */
export const invited = async (ctx: Ctx, id: string): Promise<Invited> => {
  const { link, until } = await invite(ctx, id);
  return { agent: await agentPage(ctx, id), link, until };
};

const openInReach = async (ctx: Ctx, id: string): Promise<RosterRow> => {
  const row = await findInReach(ctx, id);
  if (row.closed_at) throw new AppError('conflict', 'agents.isClosed');
  return row;
};
