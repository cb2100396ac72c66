import { createReadStream, existsSync } from 'node:fs';
import type { Job } from './cli.ts';
import { momentInWords } from './core/days.ts';
import { loadKeys } from './core/crypto.ts';
import { checkExport } from './supervision/signed-lines.ts';

/** `audit check-export <file>`: whether a JSON export is what this house signed. Needs the keys, no database. */
export const checkAnExport = async ({ env, terminal, say, words }: Job): Promise<number> => {
  const [path = ''] = words;
  if (!existsSync(path)) {
    terminal.err(say('noFile', { path }));
    return 1;
  }
  const found = await checkExport(loadKeys(env.keysFile, false), createReadStream(path));
  if (found.as === 'signed') {
    const { rows, madeAt } = found;
    terminal.out(say('exportSigned', { rows, moment: momentInWords('fr', madeAt) }));
    return 0;
  }
  terminal.out(say(`exportWrong.${found.as}`));
  return 1;
};
