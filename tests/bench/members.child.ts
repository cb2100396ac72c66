import { loadDemo } from '../../server/imports/demo.service.ts';
import { openBenchHouse } from './bench-house.ts';
import { answerJobs, tell } from './child.ts';

/** Fills a new database with invented members, the way `npm run guichet -- demo` does. */
const load = async ({ folder, members }: { folder: string; members: number }): Promise<void> => {
  const house = await openBenchHouse(folder);
  await loadDemo(house, { members, seed: 'bench', print: tell });
  await house.pool.destroy();
};

answerJobs({ load });
