import type { Db } from '../core/ctx.ts';
import type { SpaceType } from '../core/vocabulary.ts';

type Row = {
  id: string;
  usual_name: string;
  birth_name: string | null;
  first_name: string;
};

/** Holders of these space types who were born that day; at most so many as one day can have of them. */
export const listHoldersBornOn = async (
  db: Db,
  organisationId: string,
  birthDate: string,
  spaceTypes: readonly SpaceType[],
): Promise<{ id: string; usualName: string; birthName: string | null; firstName: string }[]> => {
  const rows = (await db('members')
    .where({ organisation_id: organisationId, birth_date: birthDate, kind: 'holder' })
    .whereIn('space_type', [...spaceTypes])
    .select('id', 'usual_name', 'birth_name', 'first_name')) as Row[];
  return rows.map((row) => ({
    id: row.id,
    usualName: row.usual_name,
    birthName: row.birth_name,
    firstName: row.first_name,
  }));
};
