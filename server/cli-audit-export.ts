import { createPublicKey } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { UsageError, type Job } from './cli.ts';
import { momentInWords } from './core/days.ts';
import { loadKeys } from './core/crypto.ts';
import { checkExport, exportKey, exportKeys } from './supervision/signed-lines.ts';

/**
 * `audit check-export <file> [--key file]`: whether a JSON export is what this house signed, under its present key or an
 * earlier one; with `--key`, what was signed with that public key. Needs the keys or the key, no database.
 */
export const checkAnExport = async ({ env, terminal, say, words, options }: Job): Promise<number> => {
  const [path = ''] = words;
  const kept = typeof options.key === 'string' ? options.key : undefined;
  for (const one of [path, ...(kept === undefined ? [] : [kept])]) {
    if (existsSync(one)) continue;
    terminal.err(say('noFile', { path: one }));
    return 1;
  }
  const trusted = kept === undefined ? exportKeys(loadKeys(env.keysFile, false)) : [publicKeyIn(kept, say)];
  const found = await checkExport(trusted, createReadStream(path));
  if (found.as === 'signed') {
    const { rows, madeAt } = found;
    terminal.out(say('exportSigned', { rows, moment: momentInWords('fr', madeAt) }));
    return 0;
  }
  terminal.out(say(`exportWrong.${found.as}`));
  return 1;
};

/** `audit key`: the public key that checks today's exports, to be kept beside them. */
export const printExportKey = async ({ env, terminal }: Job): Promise<number> => {
  terminal.out(exportKey(loadKeys(env.keysFile, false)).trimEnd());
  return 0;
};

/** As this house writes it. @throws UsageError when the file holds no Ed25519 public key. */
const publicKeyIn = (path: string, say: Job['say']): string => {
  try {
    const key = createPublicKey(readFileSync(path));
    if (key.asymmetricKeyType === 'ed25519') return key.export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    // Told below, like a key of another kind.
  }
  throw new UsageError(say('badExportKey', { path }));
};
