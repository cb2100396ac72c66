import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { House } from '../../server/core/ctx.ts';
import { readEnv } from '../../server/env.ts';
import { openHouse, type Choices } from '../../server/house.ts';
import type { TestDatabase } from './databases.ts';

/** What one test server has otherwise than the others. */
export type Wish = Choices & {
  env?: Record<string, string>;
  /** Whether organisations send a test letter each week; without, a lot holds what a test asked for and nothing else. */
  testLetters?: boolean;
};

/** Opens a house over this database, with files of its own that a test may change. */
export const houseIn = (
  { directory, url }: TestDatabase,
  { env: variables, testLetters = false, ...choices }: Wish,
): Promise<House> => {
  const env = readEnv({
    DATABASE_URL: url,
    DATA_DIR: directory,
    ORGANISATIONS_DIR: organisationsIn(directory, testLetters),
    TEMPLATES_DIR: templatesIn(directory),
    // Most tests are about what comes after; those of second factors say otherwise.
    SECOND_FACTOR_ROLES: 'none',
    ...variables,
  });
  // The anti-robot step and a password's hash cost a test next to nothing; tests/rules/hashing has the usual cost.
  const hashCost = { memoryCost: 64, timeCost: 1, parallelism: 1 };
  return openHouse(env, { hashCost, challengeWork: { cost: 1, least: 1, most: 4 }, ...choices });
};

const organisationsIn = (directory: string, testLetters: boolean): string => {
  const organisations = join(directory, 'organisations');
  for (const source of ['seeds/organisations', 'tests/support/organisations']) {
    for (const file of readdirSync(source)) {
      const to = join(organisations, file);
      cpSync(join(source, file), to);
      if (!testLetters) sendNoTestLetters(to);
    }
  }
  return organisations;
};

const sendNoTestLetters = (file: string): void => {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/^ {2}testAddress:.*\n(?: {4}.*\n)*/m, '  testAddress: null\n'));
};

/** The house's templates, with those of the invented organisation beside them. */
const templatesIn = (directory: string): string => {
  const templates = join(directory, 'templates');
  mkdirSync(templates);
  for (const name of readdirSync('templates')) {
    if (name === 'portal') cpSync(join('templates', name), join(templates, name), { recursive: true });
    else symlinkSync(resolve('templates', name), join(templates, name));
  }
  cpSync('tests/support/templates', templates, { recursive: true });
  return templates;
};
