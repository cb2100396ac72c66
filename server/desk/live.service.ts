import { agentOf } from '../calls/calls.service.ts';
import { read } from '../core/perform.ts';
import type { Feed, WebVisit } from '../http/routes.ts';
import { sessionNow } from '../http/session.ts';
import { isInCall, memberInCall } from './in-call.service.ts';

const mostMinutes = 30;

/**
 * Tells a member's open page what happens to them, by its type only, while the agent's open call is about them.
 * Session and call are looked at anew before anything is said, and whenever nothing was for a while; neither is kept
 * alive by it. Ends after half an hour at most: the page then asks again.
 *
 * @throws AppError `not-found` or `forbidden` as `memberInCall` does, `too-many` when the session has enough of them.
 */
export const followMember = async (visit: WebVisit, id: string, feed: Feed): Promise<void> => {
  const { house } = visit;
  const { sessionId } = agentOf(visit);
  await read(visit, (ctx) => memberInCall(ctx, id));
  const until = house.clock().getTime() + mostMinutes * 60_000;
  const page = await house.live.follow({ memberId: id, sessionId, after: feed.after, gone: feed.gone });
  try {
    feed.begin();
    for (;;) {
      const events = await page.next();
      if (!events || house.clock().getTime() >= until) return;
      if (!(await mayGoOn(visit, id))) return feed.over();
      for (const event of events) feed.send(event.seq, event);
      if (events.length === 0) feed.rest();
    }
  } finally {
    page.leave();
    feed.end();
  }
};

const mayGoOn = async (visit: WebVisit, id: string): Promise<boolean> => {
  const { id: agentId, sessionId } = agentOf(visit);
  const session = await sessionNow(visit.house, { agentId, sessionId });
  if (!session?.actor.permissions.has('member.view')) return false;
  return read({ ...visit, actor: session.actor, scope: session.scope }, (ctx) => isInCall(ctx, id));
};
