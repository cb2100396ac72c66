import { createReadStream } from 'node:fs';
import { assertFile, rejectionsShown, tellRejection } from './cli-import.ts';
import type { Job } from './cli.ts';
import { systemVisit } from './core/perform.ts';
import { takeReportFile } from './imports/report-files.service.ts';

/** `mail-house import <file>`: takes a mail house's report for every organisation, and tells what became of it. */
export const importReport = (job: Job): Promise<number> => {
  const [path = ''] = job.words;
  assertFile(job, path);
  return job.withHouse(async (house) => {
    const visit = systemVisit(house, 'cli', house.everyOrganisation());
    const file = await takeReportFile(visit, createReadStream(path));
    const { out } = job.terminal;
    out(job.say('counts.linesRead', { count: file.lines }));
    out(job.say('reportTaken', { count: file.taken }));
    out(job.say('counts.rejected', { count: file.rejected }));
    for (const problem of file.problems.slice(0, rejectionsShown)) tellRejection(job, problem);
    const more = file.problems.length - rejectionsShown;
    if (more > 0) out(job.say('moreReturns', { more }));
    return file.rejected === 0 ? 0 : 1;
  });
};
