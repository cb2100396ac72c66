import { currentCall } from '../calls/calls.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { findBehind } from './refused-member.store.ts';

/**
 * Whom a refused request was about: the one member within the actor's organisations who stands behind the ids it came
 * with, and the agent's open call, as for a look. Nobody, as for an id that nobody has, behind another
 * organisation's; the same queries either way.
 */
export const memberRefused = async (
  ctx: Ctx,
  ids: string[],
): Promise<{ memberId: string; organisationId: string; callId: string | null } | null> => {
  const { actor, db, scope, house } = ctx;
  const tried = actor.kind === 'member' ? [actor.memberId] : ids;
  if (tried.length === 0) return null;
  const [first = '', ...others] = tried;
  const behind = (id: string) => findBehind(db, scope, id, house.membersBehind(db, [id]));
  let found = await behind(first);
  for (const id of others) found ??= await behind(id);
  const { call } = actor.kind === 'agent' ? await currentCall(ctx) : { call: null };
  if (!found) return null;
  return { memberId: found.id, organisationId: found.organisationId, callId: call?.id ?? null };
};
