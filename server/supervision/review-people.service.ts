import type { Ctx } from '../core/ctx.ts';
import { identityLines, maskNumber } from '../members/identity-lines.service.ts';
import type { Who } from './reviews.schema.ts';
import * as store from './reviews.store.ts';
import type { ReviewRow } from './reviews.store.ts';

/**
 * Members as the reader may see them here, by id. A list looks at nobody, so that it shows the end of a number; a
 * page is a look that is recorded with whom it showed, and names them to whoever may open their file. Whose file is
 * gone, or beyond the reader's organisations, is not there.
 */
export const whoIs = async (
  ctx: Ctx,
  memberIds: (string | null)[],
  where: 'list' | 'page',
): Promise<Map<string, Who>> => {
  const { actor } = ctx;
  const isNamed = where === 'page' && actor.kind === 'agent' && actor.permissions.has('member.view');
  const ids = [...new Set(memberIds.filter((id) => id !== null))];
  const found = new Map<string, Who>();
  for (const { id, memberNumber, rank, lastName, firstName } of (await identityLines(ctx, ids)).values()) {
    const number = isNamed ? [memberNumber, rank].filter(Boolean).join(' / ') : maskNumber(memberNumber);
    found.set(id, { memberId: id, name: isNamed ? `${lastName} ${firstName}`.trim() : null, number });
  }
  return found;
};

/** What was done in each item, and to whom, as a list may say it. */
export const whatAndWho = async (ctx: Ctx, rows: ReviewRow[]) => ({
  members: await whoIs(
    ctx,
    rows.map(({ member_id: id }) => id),
    'list',
  ),
  whatOf: await store.kindsOfActs(
    ctx.db,
    rows.map(({ id }) => id),
  ),
});
