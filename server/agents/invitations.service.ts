import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { digest } from '../core/crypto.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { Secret } from '../core/secret.ts';
import { passwordProblem } from './agent-password.ts';
import { findOpenAgent } from './agents.store.ts';
import * as store from './invitations.store.ts';
import { deleteSessionsOf, setPassword } from './roster.store.ts';

const lifeHours = 72;

/**
 * A link by which an agent chooses their first password, or a new one in place of what they lost: whoever makes
 * accounts hands it over and never knows a password. Its token stands behind the #, which no browser sends.
 */
export const invite = async (ctx: Ctx, agentId: string): Promise<{ link: string; until: string }> => {
  const token = Buffer.from(ctx.house.random.bytes(32)).toString('base64url');
  const until = new Date(ctx.now.getTime() + lifeHours * 3_600_000).toISOString();
  await store.putInvitation(ctx.db, {
    agent_id: agentId,
    token_digest: digestOf(ctx, token),
    made_at: ctx.now.toISOString(),
    expires_at: until,
  });
  record(ctx, { type: 'agent.invited', data: { agentId } });
  return { link: `${ctx.house.publicUrl.replace(/\/$/, '')}/#/invitation/${token}`, until };
};

/**
 * The agent chooses their password. The link is taken by one statement, once; it signs nobody in.
 *
 * @throws AppError `not-found` for a link that does not work, `invalid-input` for a password that is none.
 */
export const acceptInvitation = async (
  visit: Visit,
  { token, password }: { token: string; password: string },
): Promise<{ username: string }> => {
  const { house } = visit;
  const tokenDigest = digestOf(visit, token);
  const found = await store.findInvitation(house.pool, tokenDigest, house.clock().toISOString());
  const agent = found && (await findOpenAgent(house.pool, found.agentId));
  if (!agent) throw new AppError('not-found', 'agents.invitationGone');
  assertPassword(password, agent);

  const passwordHash = await house.hashing.enter(() => house.hashing.hash(new Secret(password)));
  return perform(visit, async (ctx) => {
    const taken = await store.takeInvitation(ctx.db, tokenDigest, ctx.now.toISOString());
    if (!taken || !(await setPassword(ctx.db, taken.agentId, passwordHash)))
      throw new AppError('not-found', 'agents.invitationGone');
    await deleteSessionsOf(ctx.db, taken.agentId);
    record(ctx, { type: 'agent.password-chosen', data: { agentId: taken.agentId } });
    return { username: agent.username };
  });
};

/** @throws AppError `invalid-input` at this field when a password is none. */
export const assertPassword = (
  password: string,
  agent: { username: string; name: string },
  field = 'password',
): void => {
  const problem = passwordProblem(password, agent);
  if (problem) throw new AppError('invalid-input', problem, { fields: { [field]: problem } });
};

const digestOf = ({ house }: Pick<Visit, 'house'>, token: string): string =>
  digest(house.keys, 'agent-invitation', token);
