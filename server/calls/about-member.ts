import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Whose member this is, within the scope; the members room hands it over. */
    organisationOfMember: (ctx: Pick<Ctx, 'db' | 'scope'>, memberId: string) => Promise<string | undefined>;
  }
}

/** @throws AppError `not-found`, the same for another organisation's member and for nobody. */
export const organisationOf = async (ctx: Ctx, memberId: string): Promise<string> => {
  const found = await ctx.house.organisationOfMember(ctx, memberId);
  if (!found) throw new AppError('not-found', 'common.notFound');
  return found;
};
