import type { Db } from '../core/ctx.ts';
import type { Tally } from './figures-memory.ts';

/** Adds to what is counted already, on each level. */
export const addTallies = async (db: Db, tallies: readonly Tally[]): Promise<void> => {
  const rows = summed(tallies.flatMap(onEachLevel));
  for (let from = 0; from < rows.length; from += 200) {
    await db('figure_days')
      .insert(rows.slice(from, from + 200))
      .onConflict(['organisation_id', 'level', 'site_id', 'team', 'day', 'measure'])
      .merge({
        n: db.raw('figure_days.n + excluded.n'),
        sum: db.raw('figure_days.sum + excluded.sum'),
      });
  }
};

type DayRow = {
  organisation_id: string;
  level: 'all' | 'site' | 'team';
  site_id: string;
  team: string;
  day: string;
  measure: string;
  n: number;
  sum: number;
};

const onEachLevel = ({ organisationId, siteId, team, ...rest }: Tally): DayRow[] => {
  const row = { organisation_id: organisationId, ...rest };
  return [
    { ...row, level: 'all', site_id: '', team: '' },
    { ...row, level: 'site', site_id: siteId, team: '' },
    { ...row, level: 'team', site_id: siteId, team },
  ];
};

// One statement cannot add twice to one row.
const summed = (rows: DayRow[]): DayRow[] => {
  const found = new Map<string, DayRow>();
  for (const { n, sum, ...key } of rows) {
    const name = JSON.stringify(Object.values(key));
    const known = found.get(name);
    found.set(name, { ...key, n: n + (known?.n ?? 0), sum: sum + (known?.sum ?? 0) });
  }
  return [...found.values()];
};

export type FiguresOf = {
  organisationIds: readonly string[];
  from: string;
  to: string;
  siteId?: string | undefined;
  team?: string | undefined;
};
export type DayFigure = { day: string; measure: string; n: number; sum: number };

/** What was counted on each day, of all, of a site or of a team. Walks the key, one stretch an organisation. */
export const tallyQuery = (db: Db, { organisationIds, from, to, siteId, team }: FiguresOf) =>
  db('figure_days')
    .whereIn('organisation_id', [...organisationIds])
    .where({ level: team !== undefined ? 'team' : siteId !== undefined ? 'site' : 'all' })
    .where({ site_id: siteId ?? '', team: team ?? '' })
    .whereBetween('day', [from, to])
    .groupBy('day', 'measure')
    .select('day', 'measure')
    .sum({ n: 'n', sum: 'sum' });

export const listTallies = async (db: Db, of: FiguresOf): Promise<DayFigure[]> =>
  ((await tallyQuery(db, of)) as Record<keyof DayFigure, string | number>[]).map((row) => ({
    day: String(row.day),
    measure: String(row.measure),
    n: Number(row.n),
    sum: Number(row.sum),
  }));

export type AccountsOn = { organisationId: string; day: string; accounts: number };

export const accountsQuery = (
  db: Db,
  organisationIds: readonly string[],
  { from, to }: { from: string; to: string },
) =>
  db('figure_accounts')
    .whereIn('organisation_id', [...organisationIds])
    .whereBetween('day', [from, to])
    .orderBy('day')
    .select('organisation_id', 'day', 'accounts');

/** How many accounts were open, as counted between these days, oldest first. */
export const listAccounts = async (
  db: Db,
  organisationIds: readonly string[],
  days: { from: string; to: string },
): Promise<AccountsOn[]> =>
  (
    (await accountsQuery(db, organisationIds, days)) as {
      organisation_id: string;
      day: string;
      accounts: string | number;
    }[]
  ).map((row) => ({
    organisationId: row.organisation_id,
    day: row.day,
    accounts: Number(row.accounts),
  }));
