import { writeFile } from 'node:fs/promises';
import { UsageError, type Job } from './cli.ts';
import { addDays, parisDay } from './core/calendar.ts';
import { numericDay } from './core/days.ts';
import { systemVisit } from './core/perform.ts';
import { exportChanges } from './members/change-files.service.ts';

/** `changes export <organisation>`: what changed on a day, for the management system; the same day as often as asked. */
export const exportChangeFile = ({ terminal, say, options, words, withHouse }: Job): Promise<number> => {
  const [organisationId = ''] = words;
  const { day: typed, out: path } = options;
  if (typed !== undefined && !isDay(typed)) throw new UsageError(say('badDay'));
  return withHouse(async (house) => {
    const known = house.everyOrganisation();
    if (!known.includes(organisationId)) {
      throw new UsageError(say('unknownOrganisation', { known: known.join(', ') }));
    }
    const day = isDay(typed) ? typed : addDays(parisDay(house.clock()), -1);
    const visit = systemVisit(house, 'cli', [organisationId]);
    const keep = typeof path === 'string' ? ({ text }: { text: string }) => keepAt(path, text) : undefined;
    const { text, lines } = await exportChanges(visit, { organisationId, day }, keep);
    if (typeof path === 'string') {
      terminal.out(say('changesWritten', { lines, day: numericDay('fr', day), path }));
    } else {
      // The terminal ends each line itself.
      terminal.out(text.replace(/\n$/, ''));
    }
    return 0;
  });
};

// Personal data: nobody else on the machine reads it.
const keepAt = (path: string, text: string): Promise<void> => writeFile(path, text, { mode: 0o600 });

const isDay = (typed: unknown): typed is string =>
  typeof typed === 'string' &&
  /^\d{4}-\d{2}-\d{2}$/.test(typed) &&
  !Number.isNaN(Date.parse(typed)) &&
  addDays(typed, 0) === typed;
