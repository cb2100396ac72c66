import type { Ctx } from '../core/ctx.ts';
import type { SpaceType } from '../core/vocabulary.ts';
import { isSamePerson, type PivotIdentity } from './pivot-identity.ts';
import { listHoldersBornOn } from './pivot-identity.store.ts';

export type { PivotIdentity } from './pivot-identity.ts';

/** Every holder whom an identity provider's word may mean; the caller lets in one account or nobody. */
export const holdersOfIdentity = async (
  ctx: Pick<Ctx, 'db'>,
  organisationId: string,
  identity: PivotIdentity,
  spaceTypes: readonly SpaceType[],
): Promise<string[]> => {
  const born = await listHoldersBornOn(ctx.db, organisationId, identity.birthDate, spaceTypes);
  return born.filter((holder) => isSamePerson(identity, holder)).map(({ id }) => id);
};
