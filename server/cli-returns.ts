import { createReadStream } from 'node:fs';
import { assertFile, rejectionsShown, tellRejection } from './cli-import.ts';
import type { Job } from './cli.ts';
import { systemVisit } from './core/perform.ts';
import { takeReturnFile } from './imports/return-files.service.ts';

/** `returns import <file>`: takes La Poste's file of returns for every organisation, and tells what became of it. */
export const importReturns = (job: Job): Promise<number> => {
  const [path = ''] = job.words;
  assertFile(job, path);
  return job.withHouse(async (house) => {
    const visit = systemVisit(house, 'cli', house.everyOrganisation());
    const file = await takeReturnFile(visit, createReadStream(path));
    const { out } = job.terminal;
    out(job.say('counts.linesRead', { count: file.lines }));
    out(job.say('returnsTaken', { count: file.taken }));
    out(job.say('counts.rejected', { count: file.rejected }));
    for (const problem of file.problems.slice(0, rejectionsShown)) tellRejection(job, problem);
    const more = file.problems.length - rejectionsShown;
    if (more > 0) out(job.say('moreReturns', { more }));
    return 0;
  });
};
