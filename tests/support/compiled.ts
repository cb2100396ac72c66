import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Compiles the server and these sources into an empty folder, as they are shipped: no loader takes part in what runs. */
export const compileInto = (folder: string, ...sources: string[]): void => {
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
    include: [resolve('server'), ...sources.map((source) => resolve(source))],
    exclude: [],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project));
  execFileSync(resolve('node_modules/.bin/tsc'), ['-p', folder], { stdio: ['ignore', 'inherit', 'inherit'] });
};
