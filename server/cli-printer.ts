import type { Job } from './cli.ts';
import { systemVisit } from './core/perform.ts';
import { testPrinter } from './letters/printer-test.service.ts';

/** `printer test <organisation>`: prints a calibration sheet, and says what it became. */
export const printTest = ({ terminal, say, words, withHouse }: Job): Promise<number> =>
  withHouse(async (house) => {
    const [organisation = ''] = words;
    const visit = systemVisit(house, 'cli', house.everyOrganisation());
    terminal.out(say('printerTested', { file: await testPrinter(visit, organisation) }));
    return 0;
  });
