import { valuesOf, type IppGroup } from './ipp-codec.ts';
import type { Trouble } from './printer.ts';

/** A printer that keeps jobs unless it is told not to, and cannot be told (PWG 5100.7-2023, 6.9). */
export const keepsCopies = (printer: IppGroup): boolean => {
  const [usual = 'none'] = valuesOf(printer, 'job-retain-until-default');
  return usual !== 'none' && !valuesOf(printer, 'job-retain-until-supported').includes('none');
};

/**
 * What keeps a printer from being given passwords. CUPS keeps every document for a day unless its administrator says
 * otherwise, and says so only of jobs that have been printed.
 */
export const troublesOf = async (
  printer: IppGroup,
  format: string,
  completedJobs: () => Promise<IppGroup[]>,
): Promise<Trouble[]> => {
  const troubles: Trouble[] = [];
  if (printer['printer-is-accepting-jobs'] === false) troubles.push({ words: 'lots.problems.notAccepting' });
  if (!valuesOf(printer, 'document-format-supported').includes(format))
    troubles.push({ words: 'lots.problems.noPdf' });
  if (keepsCopies(printer)) troubles.push({ words: 'lots.problems.keepsCopies' });
  if (printer['cups-version'] === undefined) return troubles;

  const [policy] = valuesOf(printer, 'printer-error-policy');
  if (policy !== undefined && policy !== 'abort-job') troubles.push({ words: 'cli.doctor.cupsErrorPolicy' });
  const jobs = await completedJobs();
  if (jobs.length === 0) troubles.push({ words: 'cli.doctor.cupsUnknown' });
  if (jobs.some((job) => job['job-preserved'] === true)) troubles.push({ words: 'cli.doctor.cupsPreserves' });
  return troubles;
};
