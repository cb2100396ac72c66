import type { Job } from './cli.ts';
import { recountFigures } from './supervision/figures-follow.service.ts';

/** `figures recount`: throws the tallies away and counts everything that the chain still says. */
export const recount = ({ terminal, say, withHouse }: Job): Promise<number> =>
  withHouse(async (house) => {
    const { events, frozenUntil } = await recountFigures(house);
    terminal.out(say('figuresCounted', { events }));
    if (frozenUntil !== null) terminal.out(say('figuresFrozen', { day: frozenUntil }));
    return 0;
  });
