import type { Knex } from 'knex';

/** One page of a list, as ra-data-simple-rest asks for it: inclusive range, one sort field, a flat filter. */
export type ListQuery<Filter = Record<string, unknown>, Field extends string = string> = {
  filter: Filter;
  sort: { field: Field; order: 'asc' | 'desc' };
  offset: number;
  limit: number;
};

/** `note` travels beside the rows (how a search was understood). `bounded` says that counting stopped at `total`: there are at least that many. */
export type Page<Row> = { rows: Row[]; total: number; bounded?: boolean; note?: unknown };

type Order = { column: string; order?: 'asc' | 'desc' };

/**
 * One page of what `found` finds, in this order, and how many rows there are in all. The order must end with what
 * tells rows apart, or a row may stand on two pages.
 */
export const readPage = async <Row>(
  found: Knex.QueryBuilder,
  { offset, limit }: Pick<ListQuery, 'offset' | 'limit'>,
  order: Order[],
  columns: readonly string[] = ['*'],
): Promise<{ rows: Row[]; total: number }> => {
  const [counted] = (await found.clone().count({ n: '*' })) as { n: number | string }[];
  const rows = (await found
    .clone()
    .orderBy(order)
    .offset(offset)
    .limit(limit)
    .select(...columns)) as Row[];
  return { rows, total: Number(counted?.n ?? 0) };
};
