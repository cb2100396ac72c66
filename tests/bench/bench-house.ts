import { join } from 'node:path';
import type { House } from '../../server/core/ctx.ts';
import { readEnv } from '../../server/env.ts';
import { openHouse } from '../../server/house.ts';

/** The organisations as shipped, over one SQLite file in `folder`; the keys lie beside it. */
export const openBenchHouse = (folder: string): Promise<House> =>
  openHouse(readEnv({ DATA_DIR: folder, DATABASE_URL: `sqlite:${databaseFile(folder)}` }));

export const databaseFile = (folder: string): string => join(folder, 'guichet.sqlite');

export const everyOrganisation = (house: House): string[] => house.organisations.all().map(({ id }) => id);
