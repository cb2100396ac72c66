import { join } from 'node:path';
import type { House } from '../../server/core/ctx.ts';
import { readEnv } from '../../server/env.ts';
import { openHouse } from '../../server/house.ts';

/** The organisations as shipped, over one SQLite file in `folder` or the database of `url`; the keys lie in `folder`. */
export const openBenchHouse = async (folder: string, url?: string): Promise<House> =>
  openHouse(
    readEnv({
      SECOND_FACTOR_ROLES: 'none',
      DATA_DIR: folder,
      DATABASE_URL: url ?? `sqlite:${databaseFile(folder)}`,
    }),
  );

/** Budgets so wide that thousands of requests from one address, one member after the other, all do their work. */
export const loosen = ({ limits }: House): void => {
  for (const budget of Object.values(limits.budgets)) {
    budget.limits = budget.limits.map((limit) => ({ ...limit, most: 1_000_000 }));
  }
};

export const databaseFile = (folder: string): string => join(folder, 'guichet.sqlite');

export const everyOrganisation = (house: House): string[] => house.organisations.all().map(({ id }) => id);
