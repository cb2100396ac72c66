import type { Ctx } from '../core/ctx.ts';
import { listIdentityLines, type IdentityLine } from './identity-lines.store.ts';

export type { IdentityLine } from './identity-lines.store.ts';

/**
 * A member number for lists in which nobody is looked at: its end, enough to tell two members apart and no more
 * than half of it.
 */
export const maskNumber = (number: string): string =>
  `•••${number.slice(number.length - Math.min(3, Math.floor(number.length / 2)))}`;

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
