import { constants, existsSync } from 'node:fs';
import { access, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { printStopped } from '../print-problem.ts';
import { readBundleFile, type Document, type Trouble } from './printer.ts';

/** What a directory receives: whoever runs it may read it, nobody else. */
const fileMode = 0o640;

/**
 * Puts a file into a directory that others watch: under a hidden name until it is whole and on the disk.
 *
 * @throws AppError `lots.problems.directory` when it cannot be written; what `halfway` throws, or the signal's reason.
 */
export const putWhole = async (
  directory: string,
  name: string,
  bytes: Uint8Array,
  { halfway, leaves, signal }: Partial<Pick<Document, 'halfway' | 'leaves'>> & { signal?: AbortSignal } = {},
): Promise<void> => {
  const part = join(directory, `.${name}.part`);
  const half = bytes.length >> 1;
  try {
    const file = await onDisk(open(part, 'w', fileMode));
    try {
      await onDisk(file.writeFile(bytes.subarray(0, half)));
      await halfway?.();
      signal?.throwIfAborted();
      await onDisk(file.writeFile(bytes.subarray(half)));
      await onDisk(file.sync());
    } finally {
      await file.close();
    }
    leaves?.();
    await onDisk(rename(part, join(directory, name)));
    await onDisk(syncDirectory(directory));
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
};

/** Takes away bundles of a lot that attempts up to this one left here and never delivered. */
export const tidySpool = async (
  directory: string,
  lot: { number: number; attempt: number },
  delivered: ReadonlySet<string>,
): Promise<void> => {
  // Where nothing is, nothing was left: the browser prints without the directory.
  if (!existsSync(directory)) return;
  for (const name of await onDisk(readdir(directory))) {
    const ours = readBundleFile(name);
    if (ours?.lot !== lot.number || ours.attempt > lot.attempt) continue;
    if (!delivered.has(name)) await onDisk(rm(join(directory, name), { force: true }));
  }
};

/** A directory must be there, writable by us, and closed to others. */
export const examineSpool = async (directory: string): Promise<Trouble[]> => {
  const found = await stat(directory).catch(() => null);
  if (!found?.isDirectory()) return [{ words: 'cli.doctor.noDirectory', params: { directory } }];
  const mayWrite = await access(directory, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  const isOpen = (found.mode & 0o007) !== 0;
  return [
    ...(mayWrite ? [] : [{ words: 'cli.doctor.notWritable', params: { directory } }]),
    ...(isOpen ? [{ words: 'cli.doctor.openToAll', params: { directory } }] : []),
  ];
};

// A rename is only there after a power cut when its directory has been written too.
const syncDirectory = async (directory: string): Promise<void> => {
  const handle = await open(directory, 'r');
  await handle.sync().finally(() => handle.close());
};

const onDisk = <T>(work: Promise<T>): Promise<T> =>
  work.catch((cause: unknown) => {
    throw printStopped('directory', cause);
  });
