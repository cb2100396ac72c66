import type { Visit } from '../core/ctx.ts';
import { calibrationSheet } from './specimens.service.ts';
import { targetOf } from './targets.service.ts';

/**
 * Sends an organisation's calibration sheet to the printer, as a bundle would go: nothing on it is secret. Answers
 * what it became there.
 *
 * @throws AppError as for a calibration sheet; `lots.problems.*` when the printer does not accept it.
 */
export const testPrinter = async (visit: Visit, organisation: string): Promise<string> => {
  const printer = targetOf(visit.house, 'printer');
  const document = {
    name: `calage-${organisation}`,
    bytes: await calibrationSheet(visit, organisation),
    leaves: () => undefined,
    halfway: () => undefined,
  };
  const { file } = await printer.deliver(document, visit.house.printRuns.signal);
  return file;
};
