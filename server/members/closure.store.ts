import type { Db } from '../core/ctx.ts';

export type ClosingDates = {
  deceased_on: string | null;
  contract_end_on: string | null;
  rights_end_on: string | null;
};
type ClosingRow = ClosingDates & { id: string };

/** The dates that may close a member's account, with those of the client company. */
export const listClosing = (db: Db, memberIds: string[]): Promise<ClosingRow[]> =>
  db('members as m')
    .leftJoin('client_companies as c', (on) =>
      on.on('c.organisation_id', 'm.organisation_id').andOn('c.code', 'm.company_code'),
    )
    .whereIn('m.id', memberIds)
    .select('m.id', 'm.deceased_on', 'm.contract_end_on', 'c.rights_end_on') as unknown as Promise<
    ClosingRow[]
  >;
