import type { Db } from '../core/ctx.ts';

/** Accounts whose member is neither deceased nor without a contract or a company's rights on this day. */
export const countOpen = async (db: Db, organisationId: string, day: string): Promise<number> => {
  const row = (await db('accounts as a')
    .join('members as m', 'm.id', 'a.member_id')
    .leftJoin('client_companies as c', (on) =>
      on.on('c.organisation_id', 'm.organisation_id').andOn('c.code', 'm.company_code'),
    )
    .where('a.organisation_id', organisationId)
    .where((open) => open.whereNull('m.deceased_on').orWhere('m.deceased_on', '>', day))
    .where((open) => open.whereNull('m.contract_end_on').orWhere('m.contract_end_on', '>=', day))
    .where((open) => open.whereNull('c.rights_end_on').orWhere('c.rights_end_on', '>=', day))
    .first(db.raw('count(*) as n'))) as { n: number | string } | undefined;
  return Number(row?.n ?? 0);
};
