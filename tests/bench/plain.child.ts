import { answerJobs } from './child.ts';
import { benchLot, measured, sheetsOf, type Drawn } from './letters-content.ts';
import { writeMinimal } from './minimal-writer.ts';
import { drawPlain, openPlain, plainFonts, sizeOf } from './plain-letter.ts';

const lot = benchLot(1);

const each = ({ count }: { count: number }): Promise<Drawn> =>
  measured(count, async () => {
    let bytes = 0;
    const fonts = plainFonts();
    for (const sheet of sheetsOf(1, count)) {
      const document = openPlain(fonts);
      const size = sizeOf(document);
      drawPlain(document, lot, sheet);
      document.end();
      bytes += await size;
    }
    return bytes;
  });

const merged = ({ count }: { count: number }): Promise<Drawn> =>
  measured(count, async () => {
    const document = openPlain(plainFonts());
    const size = sizeOf(document);
    for (const sheet of sheetsOf(1, count)) drawPlain(document, lot, sheet);
    document.end();
    return size;
  });

const minimal = ({ count }: { count: number }): Promise<Drawn> =>
  measured(count, async () => writeMinimal(lot, sheetsOf(1, count)));

answerJobs({ each, merged, minimal });
