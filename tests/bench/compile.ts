import { join } from 'node:path';
import { compileInto } from '../support/compiled.ts';
import { say } from './measure.ts';
import { temporaryFolder } from './place.ts';

let compiled: string | undefined;

/** A child's file as the server is shipped. */
export const compiledFile = (file: string): string => join((compiled ??= compile()), 'tests', 'bench', file);

const compile = (): string => {
  const folder = temporaryFolder();
  say('compiling the server');
  compileInto(folder, 'tests/bench');
  return folder;
};
