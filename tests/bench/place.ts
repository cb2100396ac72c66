import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made = new Set<string>();

/** A folder of this run's own; `removeTemporaryFolders` takes it away at the end. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-bench-run-'));
  made.add(folder);
  return folder;
};

export const removeTemporaryFolders = (): void => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
  made.clear();
};
