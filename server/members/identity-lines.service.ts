import type { Ctx } from '../core/ctx.ts';
import { listIdentityLines, type IdentityLine } from './identity-lines.store.ts';

export type { IdentityLine } from './identity-lines.store.ts';

/** Who these members are, by id; nobody outside the scope. */
export const identityLines = async (
  ctx: Pick<Ctx, 'db' | 'scope'>,
  ids: string[],
): Promise<Map<string, IdentityLine>> => {
  const found = new Map<string, IdentityLine>();
  for (let from = 0; from < ids.length; from += 500) {
    for (const line of await listIdentityLines(ctx.db, ctx.scope, ids.slice(from, from + 500)))
      found.set(line.id, line);
  }
  return found;
};
