import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays, parisDay, type Day } from '../core/calendar.ts';
import type { House } from '../core/ctx.ts';
import { systemVisit } from '../core/perform.ts';
import { exportChanges, fileName, isDayOver, spanOf } from './change-files.service.ts';
import { listUnexported } from './change-files.store.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Where the daily files of changes are laid down for the management systems to fetch. */
    changeFiles: {
      directory: string;
      /** Up to which day this process has laid each organisation's down: a file that was fetched stays away. */
      laidDown: Map<string, Day>;
    };
  }
}

/**
 * Lays down yesterday's file of each organisation, once, and those of earlier days that a stopped server missed; a
 * day without changes has its titles only, so that whoever fetches it knows that nothing failed. Says how many.
 */
export const writeChangeFiles = async (house: House): Promise<number> => {
  const yesterday = addDays(parisDay(house.clock()), -1);
  if (!isDayOver(yesterday, house.clock())) return 0;
  const { laidDown } = house.changeFiles;
  let written = 0;
  for (const organisationId of house.everyOrganisation()) {
    if (laidDown.get(organisationId) === yesterday) continue;
    for (const day of await daysToWrite(house, organisationId, yesterday)) {
      await layDown(house, organisationId, day);
      written += 1;
    }
    laidDown.set(organisationId, yesterday);
  }
  return written;
};

const daysToWrite = async (house: House, organisationId: string, yesterday: Day): Promise<Day[]> => {
  const waiting = await listUnexported(house.pool, organisationId, spanOf(yesterday).until);
  const days = new Set(waiting.map((at) => parisDay(new Date(at))));
  if (!existsSync(pathOf(house, organisationId, yesterday))) days.add(yesterday);
  return [...days].sort();
};

const layDown = async (house: House, organisationId: string, day: Day): Promise<void> => {
  const { directory } = house.changeFiles;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  // Whoever fetches it never meets half a file, nor one that is not recorded.
  const path = pathOf(house, organisationId, day);
  const visit = systemVisit(house, 'change-files', [organisationId]);
  await exportChanges(visit, { organisationId, day }, ({ text }) =>
    writeFile(`${path}.part`, text, { mode: 0o600 }),
  );
  await rename(`${path}.part`, path);
};

const pathOf = ({ changeFiles }: House, organisationId: string, day: Day): string =>
  join(changeFiles.directory, fileName({ organisationId, day }));
