import type { Db, Scope } from '../core/ctx.ts';

/** Who a member is, for a list of people: nothing but what names them. */
export type IdentityLine = {
  id: string;
  organisationId: string;
  memberNumber: string;
  rank: string;
  lastName: string;
  firstName: string;
};

type Row = {
  id: string;
  organisation_id: string;
  member_number: string;
  rank: string;
  usual_name: string;
  first_name: string;
};

/** Those of the scope, in no order. */
export const listIdentityLines = async (db: Db, scope: Scope, ids: string[]): Promise<IdentityLine[]> => {
  const rows = await db<Row>('members')
    .whereIn('id', ids)
    .whereIn('organisation_id', [...scope.organisationIds])
    .select('id', 'organisation_id', 'member_number', 'rank', 'usual_name', 'first_name');
  return rows.map((row) => ({
    id: row.id,
    organisationId: row.organisation_id,
    memberNumber: row.member_number,
    rank: row.rank,
    lastName: row.usual_name,
    firstName: row.first_name,
  }));
};
