/** One page of a list, as ra-data-simple-rest asks for it: inclusive range, one sort field, a flat filter. */
export type ListQuery<Filter = Record<string, unknown>, Field extends string = string> = {
  filter: Filter;
  sort: { field: Field; order: 'asc' | 'desc' };
  offset: number;
  limit: number;
};

/** `note` travels beside the rows (how a search was understood). `bounded` says that counting stopped at `total`: there are at least that many. */
export type Page<Row> = { rows: Row[]; total: number; bounded?: boolean; note?: unknown };
