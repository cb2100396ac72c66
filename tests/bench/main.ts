import { benchAnswers } from './answers.ts';
import { benchAudit } from './audit.ts';
import { endChildren } from './child.ts';
import { benchFigures } from './figures.ts';
import { benchEighty } from './eighty.ts';
import { benchLetters } from './letters.ts';
import { benchLooks } from './looks.ts';
import { removeTemporaryFolders } from './place.ts';
import { benchBeside } from './search-beside.ts';
import { benchPrinting } from './printing.ts';
import { benchSearch } from './search.ts';
import { benchSignIns } from './sign-ins.ts';
import { printTable, type Result } from './table.ts';

/**
 * `npm run bench`: our figures beside what they are compared with, in one run. BENCH_ONLY=letters,looks picks
 * sections, BENCH_SIZES=100000 the numbers of members, BENCH_CACHE the folder where loaded databases are kept.
 */
const sections: Record<string, () => Promise<Result[]>> = {
  search: benchSearch,
  letters: benchLetters,
  printing: benchPrinting,
  'sign-ins': benchSignIns,
  beside: benchBeside,
  looks: benchLooks,
  answers: benchAnswers,
  audit: benchAudit,
  eighty: benchEighty,
  figures: benchFigures,
};

const chosen = (): string[] => {
  const only = (process.env.BENCH_ONLY ?? '').split(',').filter(Boolean);
  const unknown = only.filter((name) => !(name in sections));
  if (unknown.length > 0) {
    throw new Error(
      `BENCH_ONLY: no section ${unknown.join(', ')}. There are ${Object.keys(sections).join(', ')}.`,
    );
  }
  return only.length > 0 ? only : Object.keys(sections);
};

const stop = (): void => {
  endChildren();
  removeTemporaryFolders();
};

process.on('SIGINT', () => {
  stop();
  process.exit(130);
});
try {
  const results: Result[] = [];
  for (const name of chosen()) {
    console.log(`${name} …`);
    results.push(...((await sections[name]?.()) ?? []));
  }
  printTable(results);
} finally {
  stop();
}
