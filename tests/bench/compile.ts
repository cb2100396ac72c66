import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { say } from './measure.ts';
import { temporaryFolder } from './place.ts';

let compiled: string | undefined;

/** A child's file as the server is shipped: compiled, so that no loader takes part in what is measured. */
export const compiledFile = (file: string): string => join((compiled ??= compile()), 'tests', 'bench', file);

const compile = (): string => {
  const folder = temporaryFolder();
  say('compiling the server');
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const settings = { rootDir: resolve('.'), outDir: folder, noEmit: false, noCheck: true };
  const project = {
    extends: resolve('tsconfig.json'),
    compilerOptions: {
      ...settings,
      allowImportingTsExtensions: false,
      rewriteRelativeImportExtensions: true,
      typeRoots: [resolve('node_modules/@types')],
    },
    include: [resolve('server'), resolve('tests/bench')],
    exclude: [],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project));
  execFileSync(resolve('node_modules/.bin/tsc'), ['-p', folder], { stdio: ['ignore', 'inherit', 'inherit'] });
  return folder;
};
