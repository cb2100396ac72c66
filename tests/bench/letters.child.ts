import { randomBytes } from 'node:crypto';
import { keysFrom } from '../../server/core/crypto.ts';
import { systemRandom } from '../../server/core/random.ts';
import { makePrinted } from '../../server/credentials/credentials.service.ts';
import { bundleSize, makeDrawingDesk } from '../../server/letters/drawing-desk.ts';
import type { SheetToDraw } from '../../server/letters/sheet-to-draw.ts';
import { answerJobs } from './child.ts';
import { benchLot, fontsDirectory, measured, sheetsOf, type Drawn } from './letters-content.ts';

/** Letters in one file at most: memory grows by a kilobyte for each (PERFORMANCE, "Letters"). */
const fileSize = 10_000;

const lot = benchLot(0);
const keys = keysFrom({ current: 'k1', keys: { k1: randomBytes(32).toString('base64') } });

/** As a lot is printed: bundle after bundle on the drawing thread, with or without making the passwords. */
const ours = async ({ count, withPasswords }: { count: number; withPasswords: boolean }): Promise<Drawn> => {
  const desk = makeDrawingDesk(fontsDirectory);
  // Starts the thread; the fonts are parsed again for each document.
  await (await desk.open(lot)).abort();
  return measured(count, async () => {
    let bytes = 0;
    for (let first = 1; first <= count; first += fileSize) {
      const drawing = await desk.open({ ...lot, number: first });
      const last = Math.min(count, first + fileSize - 1);
      for (let from = first; from <= last; from += bundleSize) {
        const sheets = sheetsOf(from, Math.min(last, from + bundleSize - 1));
        if (withPasswords) givePasswords(sheets);
        const bundle = await drawing.draw(sheets);
        if (bundle.refused.length > 0) throw new Error(`Refused: ${JSON.stringify(bundle.refused[0])}`);
        bytes += bundle.bytes.length;
      }
      bytes += (await drawing.finish()).length;
    }
    return bytes;
  });
};

const givePasswords = (sheets: SheetToDraw[]): void => {
  const toPrint = sheets.map(({ sheet }) => ({
    accountId: `account-${sheet}`,
    organisationId: 'tilleuls',
    salt: `salt-${sheet}`,
    letterId: String(sheet),
    lotId: 'lot',
    attempt: 1,
    validUntil: '2027-03-18T22:59:59.999Z',
  }));
  const { secrets } = makePrinted({ keys, random: systemRandom }, new Date('2027-03-03T17:00:00Z'), toPrint);
  for (const sheet of sheets) sheet.secret = secrets.get(String(sheet.sheet))?.expose() ?? '';
};

answerJobs({ ours });
