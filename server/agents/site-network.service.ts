import { record } from '../audit/record.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { isWithin } from '../http/networks.ts';
import type { WebVisit } from '../http/routes.ts';
import type { Identified } from '../http/session.ts';
import { siteOf } from './sites.service.ts';

/**
 * Refuses to open a session from outside the networks of an agent's site. Later requests are refused where they come
 * in (http/mount.ts). The try that led here stays counted: who is told this knows the password.
 *
 * @throws AppError `forbidden`, recorded.
 */
export const assertInNetwork = async (visit: WebVisit, { id, siteId }: Identified): Promise<void> => {
  const networks = (await siteOf(visit.house.pool, siteId))?.networks;
  if (!networks || isWithin(networks, visit.web.address)) return;
  await perform(visit, async (ctx) =>
    record(ctx, { type: 'agent.elsewhere', result: 'refused', data: { agentId: id } }),
  );
  throw new AppError('forbidden', 'sites.elsewhere', { rule: 'site.network' });
};
